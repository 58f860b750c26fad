package cloud.gardener.logging.export.clients;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of the variable {@code NO_PROXY}, with Go's rules: a comma-separated list of
 *
 * <pre>
 *   *                    everything
 *   10.0.0.0/8           the IP addresses of a network
 *   10.1.2.3  [::1]:80   an IP address, with one port or with any
 *   example.com          the name and all names below it
 *   .example.com         the names below it; the same as *.example.com
 *   example.com:4317     with this port only
 * </pre>
 *
 * <p>{@code localhost} and loopback addresses always match. Names are not resolved.
 */
final class NoProxy {
  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[(?<ipv6>[^\\]]*)]|(?<host>[^:\\[\\]]*)):(?<port>[^:]*)");

  /** Matches backends. */
  @FunctionalInterface
  private interface Entry {
    /**
     * Whether the entry matches a backend.
     *
     * @param host in lower case
     * @param ip the host as an address; null for a name
     */
    boolean matches(String host, InetAddress ip, int port);
  }

  private final List<Entry> entries = new ArrayList<>();

  private NoProxy() {}

  static NoProxy of(String list) {
    NoProxy noProxy = new NoProxy();
    for (String entry : list.split(",")) {
      noProxy.addEntry(entry.strip().toLowerCase(Locale.ROOT));
    }
    return noProxy;
  }

  /** Whether to reach a backend without a proxy. */
  boolean matches(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    InetAddress ip = parseIp(name);
    if (name.equals("localhost") || ip != null && ip.isLoopbackAddress()) {
      return true;
    }
    return entries.stream().anyMatch(entry -> entry.matches(name, ip, port));
  }

  private void addEntry(String text) {
    if (text.equals("*")) {
      entries.add((host, ip, port) -> true);
      return;
    }
    if (text.indexOf('/') >= 0) {
      addNetwork(text);
      return;
    }
    Matcher withPort = WITH_PORT.matcher(text);
    boolean hasPort = withPort.matches();
    String ipv6 = hasPort ? withPort.group("ipv6") : null;
    String host = !hasPort ? text : ipv6 != null ? ipv6 : withPort.group("host");
    String requiredPort = hasPort ? withPort.group("port") : "";
    InetAddress address = parseIp(host);
    if (address != null) {
      entries.add((name, ip, port) -> address.equals(ip) && matchesPort(requiredPort, port));
    } else if (!host.isEmpty()) {
      addName(host, requiredPort);
    }
  }

  private void addName(String host, String requiredPort) {
    String domain = host.startsWith("*.") ? host.substring(1) : host;
    boolean matchesName = !domain.startsWith(".");
    String suffix = matchesName ? "." + domain : domain;
    entries.add(
        (name, ip, port) ->
            (name.endsWith(suffix) || matchesName && name.equals(domain)) && matchesPort(requiredPort, port));
  }

  private void addNetwork(String text) {
    int slash = text.indexOf('/');
    InetAddress network = parseIp(text.substring(0, slash));
    try {
      IpSubnetFilterRule rule =
          new IpSubnetFilterRule(
              network, Integer.parseInt(text.substring(slash + 1)), IpFilterRuleType.ACCEPT);
      entries.add(
          (name, ip, port) ->
              ip != null
                  && ip.getClass() == network.getClass()
                  && rule.matches(new InetSocketAddress(ip, port)));
    } catch (IllegalArgumentException | NullPointerException e) {
      // Not a network: it matches nothing, as in Go.
    }
  }

  private static boolean matchesPort(String requiredPort, int port) {
    return requiredPort.isEmpty() || requiredPort.equals(Integer.toString(port));
  }

  /** The address; null for a name. */
  private static InetAddress parseIp(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    try {
      return bytes == null ? null : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
