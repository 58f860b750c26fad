package cloud.gardener.logging.config.keys;

import static cloud.gardener.logging.config.keys.ValueTypes.BOOLEAN;
import static cloud.gardener.logging.config.keys.ValueTypes.TEXT;

import cloud.gardener.logging.config.value.ShootHeaders;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.List;

/** Settings of how shoots and their targets are found. */
final class ShootKeys {
  static final Key<List<String>> DYNAMIC_HOST_PATH =
      Key.of(
          "DynamicHostPath",
          ValueTypes.HOST_PATH,
          "",
          "Where a record names its shoot, such as"
              + " `{\"kubernetes\": {\"namespace_name\": \"namespace\"}}`; setting it turns the"
              + " controller on.");

  static final Key<String> DYNAMIC_HOST_PREFIX =
      Key.of("DynamicHostPrefix", TEXT, "", "Before that name, in a shoot's endpoint.");

  static final Key<String> DYNAMIC_HOST_SUFFIX =
      Key.of("DynamicHostSuffix", TEXT, "", "After that name, in a shoot's endpoint.");

  static final Key<Pattern> DYNAMIC_HOST_REGEX =
      Key.of(
          "DynamicHostRegex",
          ValueTypes.REGEX,
          ".*",
          "Names in which it is found are shoots'; `*` means `.*`.");

  static final Key<ShootHeaders> SHOOT_HEADERS =
      Key.of(
              "ShootHeaders",
              ValueTypes.SHOOT_HEADERS,
              "{}",
              "Sent with each request to a shoot's backend, in the forms of `Headers` and before those"
                  + " of the same names; `{namespace}` in a value is the shoot's namespace. Secret:"
                  + " never logged.")
          .withPrivacy(Key.Privacy.SECRET);

  static final Key<Duration> CONTROLLER_SYNC_TIMEOUT =
      Key.of(
          "ControllerSyncTimeout",
          ValueTypes.POSITIVE_DURATION,
          "60s",
          "After it a log line says that the watch has not synchronised; above 0.");

  static final Key<Duration> DELETED_CLIENT_TIME_EXPIRATION =
      Key.of(
          "DeletedClientTimeExpiration",
          ValueTypes.DURATION,
          "1h",
          "How long a target outlives its cluster.");

  static final Key<Duration> HOLD_UNTIL_SYNCED =
      Key.of(
          "HoldUntilSynced",
          ValueTypes.DURATION,
          "15s",
          "After a start, how long at most Fluent Bit is asked to keep chunks with records of shoots"
              + " that are not known yet, or for targets that import records of the plugin in Go, each chunk"
              + " once; 0: never, they go to the seed, or before those.");

  static final Key<Boolean> WATCH_COLLECTOR =
      Key.of(
          "WatchOpenTelemetryCollector",
          BOOLEAN,
          "false",
          "Watch OpenTelemetryCollector objects instead of Cluster objects.");

  static final Key<String> COLLECTOR_SELECTOR =
      Key.of(
          "OpenTelemetryCollectorLabelSelector",
          ValueTypes.LABEL_SELECTOR,
          "",
          "Which collectors: `k=v,k in (a,b)`, or a JSON LabelSelector.");

  static final Key<String> COLLECTOR_NAMESPACE_SELECTOR =
      Key.of(
          "OpenTelemetryCollectorNamespaceLabelSelector",
          ValueTypes.LABEL_SELECTOR,
          "",
          "Collectors of which namespaces, in the same form. Without the permission to list"
              + " namespaces it has no effect, and a log line says so.");

  static final List<KeyGroup> GROUPS =
      List.of(
          new KeyGroup(
              "Shoots",
              List.of(
                  DYNAMIC_HOST_PATH,
                  DYNAMIC_HOST_PREFIX,
                  DYNAMIC_HOST_SUFFIX,
                  DYNAMIC_HOST_REGEX,
                  SHOOT_HEADERS,
                  CONTROLLER_SYNC_TIMEOUT,
                  HOLD_UNTIL_SYNCED,
                  DELETED_CLIENT_TIME_EXPIRATION,
                  WATCH_COLLECTOR,
                  COLLECTOR_SELECTOR,
                  COLLECTOR_NAMESPACE_SELECTOR)));

  private ShootKeys() {}
}
