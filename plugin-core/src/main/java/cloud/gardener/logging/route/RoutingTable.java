package cloud.gardener.logging.route;

import static java.util.stream.Collectors.toUnmodifiableMap;

import cloud.gardener.logging.config.DynamicHostConfig;
import cloud.gardener.logging.config.StateTables;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A snapshot of the known shoots and the routes that follow from it: a pure look-up from a namespace to its route.
 * Immutable.
 *
 * <p>A shoot counts only if its namespace is a DNS label that DynamicHostRegex matches in any part.
 */
public final class RoutingTable {
  /** RFC 1123 label, which the API server requires for names of namespaces. */
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  static final int MAX_LABEL = 63;

  private final DynamicHostConfig hosts;
  private final Map<String, Shoot> shoots;
  private final Map<String, Route> routes;
  private final Coverage coverage;
  private final Predicate<String> absent;

  /**
   * Creates a table.
   *
   * @param shoots by namespace
   * @param coverage how complete the shoots are
   * @param absent whether a namespace that is not among the shoots certainly has none; must always return the same for
   *     the same namespace
   */
  public RoutingTable(
      DynamicHostConfig hosts,
      StateTables states,
      Map<String, Shoot> shoots,
      Coverage coverage,
      Predicate<String> absent) {
    this.hosts = hosts;
    this.coverage = coverage;
    this.absent = absent;
    this.shoots =
        shoots.entrySet().stream()
            .filter(entry -> isShootNamespace(entry.getKey()))
            .collect(toUnmodifiableMap(Entry::getKey, Entry::getValue));
    Map<String, Route> decided = new HashMap<>();
    this.shoots.forEach((name, shoot) -> decided.put(name, newRoute(name, shoot, states)));
    this.routes = Map.copyOf(decided);
  }

  private boolean isShootNamespace(String namespace) {
    return DNS_LABEL.matcher(namespace).matches() && hosts.regex().matcher(namespace).find();
  }

  private static Route newRoute(String namespace, Shoot shoot, StateTables states) {
    if (shoot.testing()) {
      return new Route(Decision.TESTING, namespace, "its shoot's purpose is testing");
    }
    boolean toShoot = states.toShoot().contains(shoot.state());
    boolean toSeed = states.toSeed().contains(shoot.state());
    String reason = "its shoot's state is " + shoot.state().name().toLowerCase(Locale.ROOT);
    return new Route(Decision.of(toShoot, toSeed), namespace, reason);
  }

  /** Returns the route of a namespace that a record names. */
  public Route route(String namespace) {
    Route known = routes.get(namespace);
    if (known != null) {
      return known;
    }
    if (namespace.isEmpty()) {
      return Route.NO_HOST;
    }
    if (!DNS_LABEL.matcher(namespace).matches()) {
      return Route.NO_LABEL;
    }
    if (!hosts.regex().matcher(namespace).find()) {
      return Route.NO_MATCH;
    }
    return absent.test(namespace) ? Route.NO_CLIENT.withClaimedNamespace(namespace) : Route.NOT_KNOWN_YET;
  }

  /** The shoots that count, by namespace. Each needs a target, except those of purpose testing. */
  public Map<String, Shoot> shoots() {
    return shoots;
  }

  /** How complete the knowledge of the shoots is. */
  public Coverage coverage() {
    return coverage;
  }
}
