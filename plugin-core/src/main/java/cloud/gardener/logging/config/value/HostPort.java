package cloud.gardener.logging.config.value;

/**
 * A peer to connect to.
 *
 * @param host a name or an IP address; IPv6 without brackets, with its zone if it has one
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
  /** Returns {@code host:port} as it is sent to the peer: without a zone, which has a meaning on this machine only. */
  public String authority() {
    return withPort(hostWithoutZone());
  }

  /** The host as the peer knows itself, for example in its certificate. */
  public String hostWithoutZone() {
    return isZoned() ? host.substring(0, host.indexOf('%')) : host;
  }

  /** Whether the host is an IPv6 address with a zone. */
  public boolean isZoned() {
    return host.indexOf('%') >= 0;
  }

  /**
   * Written out, here and in other records that each start compares: the JVM makes the method of a record at run time,
   * and the AOT cache cannot keep it.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof HostPort that && port == that.port && host.equals(that.host);
  }

  @Override
  public int hashCode() {
    return 31 * host.hashCode() + port;
  }

  /** Returns {@code host:port}; an IPv6 address is in brackets and with its zone. */
  @Override
  public String toString() {
    return withPort(host);
  }

  private String withPort(String name) {
    return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
  }
}
