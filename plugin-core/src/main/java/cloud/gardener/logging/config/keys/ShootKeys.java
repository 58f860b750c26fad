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
          "Where a record names its shoot, such as `{\"kubernetes\": {\"namespace_name\":"
              + " \"namespace\"}}`. Setting it enables routing to shoots.");

  static final Key<String> DYNAMIC_HOST_PREFIX =
      Key.of("DynamicHostPrefix", TEXT, "", "The part of a shoot's endpoint before that name.")
          .withPrivacy(Key.Privacy.URL);

  static final Key<String> DYNAMIC_HOST_SUFFIX =
      Key.of("DynamicHostSuffix", TEXT, "", "The part of a shoot's endpoint after that name.")
          .withPrivacy(Key.Privacy.URL);

  static final Key<Pattern> DYNAMIC_HOST_REGEX =
      Key.of(
          "DynamicHostRegex",
          ValueTypes.REGEX,
          ".*",
          "A name belongs to a shoot if this expression is found in it; `*` means `.*`.");

  static final Key<ShootHeaders> SHOOT_HEADERS =
      Key.of(
              "ShootHeaders",
              ValueTypes.SHOOT_HEADERS,
              "{}",
              "Headers of each request to a shoot's backend, in the formats of `Headers`. They"
                  + " take precedence over all others of the same name. `{namespace}` in a value is the"
                  + " shoot's namespace. Secret: never logged.")
          .withPrivacy(Key.Privacy.SECRET);

  static final Key<Duration> CONTROLLER_SYNC_TIMEOUT =
      Key.of(
          "ControllerSyncTimeout",
          ValueTypes.POSITIVE_DURATION,
          "60s",
          "If the watch has not synchronized after this time, one log line says so; above 0.");

  static final Key<Duration> DELETED_CLIENT_TIME_EXPIRATION =
      Key.of(
          "DeletedClientTimeExpiration",
          ValueTypes.DURATION,
          "1h",
          "How long a target exists after its Cluster is gone.");

  static final Key<Duration> HOLD_UNTIL_SYNCED =
      Key.of(
          "HoldUntilSynced",
          ValueTypes.DURATION,
          "15s",
          "How long after a start the plugin asks Fluent Bit to keep chunks with records of"
              + " unknown shoots, or for targets that import records of the plugin in Go. Each chunk is"
              + " held once. 0: the plugin holds none; such records go to the seed, or arrive before"
              + " the imported ones.");

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
          "Selects collectors: `k=v,k in (a,b)`, or a JSON LabelSelector.");

  static final Key<String> COLLECTOR_NAMESPACE_SELECTOR =
      Key.of(
          "OpenTelemetryCollectorNamespaceLabelSelector",
          ValueTypes.LABEL_SELECTOR,
          "",
          "Selects the namespaces of collectors, in the same formats. Without the permission to"
              + " list namespaces it has no effect, and a log line says so.");

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
