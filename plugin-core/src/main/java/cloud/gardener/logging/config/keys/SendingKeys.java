package cloud.gardener.logging.config.keys;

import static cloud.gardener.logging.config.keys.ValueTypes.BOOLEAN;
import static cloud.gardener.logging.config.keys.ValueTypes.POSITIVE_DURATION;
import static cloud.gardener.logging.config.keys.ValueTypes.atLeast;

import cloud.gardener.logging.config.value.RefusedPolicy;
import java.time.Duration;
import java.util.List;

/** Settings of retries, of throttling, and of the mode without a disk queue. */
final class SendingKeys {
  static final Key<Boolean> RETRY_ENABLED =
      Key.of(
          "RetryEnabled",
          BOOLEAN,
          "true",
          "true: the pauses between attempts grow. false: each pause is `RetryMaxInterval`. With"
              + " neither value does the plugin drop records after some time.");

  static final Key<Duration> RETRY_INITIAL_INTERVAL =
      Key.of("RetryInitialInterval", POSITIVE_DURATION, "5s", "The first pause; above 0.");

  static final Key<Duration> RETRY_MAX_INTERVAL =
      Key.of(
          "RetryMaxInterval",
          POSITIVE_DURATION,
          "30s",
          "The longest pause; at least `RetryInitialInterval`.");

  static final Key<Duration> RETRY_MAX_ELAPSED_TIME =
      Key.of(
          "RetryMaxElapsedTime",
          ValueTypes.DURATION,
          "1m",
          "After this time each pause is `RetryMaxInterval`. The batch stays first in its queue.");

  static final Key<RefusedPolicy> REFUSED_POLICY =
      Key.of(
          "RefusedPolicy",
          Choices.REFUSED_POLICY,
          "keep",
          "What happens to records that the backend permanently refuses. keep: they wait on"
              + " disk, as in an outage; the plugin drops only a record that the backend refuses while"
              + " it accepts others. drop: as OTLP specifies, the plugin drops and counts the whole"
              + " request. See [reliability](reliability.md#what-a-refusal-is-about).");

  static final Key<Boolean> THROTTLE_ENABLED =
      Key.of(
              "ThrottleEnabled",
              BOOLEAN,
              "false",
              "Limit the rate of each target. This delays records, and never drops them.");

  static final Key<Integer> THROTTLE_REQUESTS_PER_SEC =
      Key.of(
              "ThrottleRequestsPerSec",
              atLeast(0),
              "0",
              "Records a second for each target, twice as many in a burst; 0: no limit.");

  static final Key<Boolean> USE_SDK_BATCH_PROCESSOR =
      Key.of(
              "UseSDKBatchProcessor",
              BOOLEAN,
              "false",
              "Batch in memory, without a disk queue. A crash loses the records that are not"
                  + " sent.");

  static final Key<Integer> SDK_MAX_QUEUE_SIZE =
      Key.of("SDKBatchMaxQueueSize", atLeast(1), "2048", "Records in memory, at least 1.");

  static final Key<Duration> SDK_EXPORT_TIMEOUT =
      Key.of(
              "SDKBatchExportTimeout",
              POSITIVE_DURATION,
              "30s",
              "Limit of one export; above 0.");

  static final Key<Duration> SDK_EXPORT_INTERVAL =
      Key.of(
              "SDKBatchExportInterval",
              POSITIVE_DURATION,
              "1s",
              "The pause between exports; above 0.");

  static final Key<Integer> SDK_MAX_BATCH_SIZE =
      Key.of("SDKBatchExportMaxBatchSize", atLeast(1), "512", "Records in one request, at least 1.");

  static final List<KeyGroup> GROUPS =
      List.of(
          new KeyGroup(
              "Retry and throttling",
              List.of(
                  RETRY_ENABLED,
                  RETRY_INITIAL_INTERVAL,
                  RETRY_MAX_INTERVAL,
                  RETRY_MAX_ELAPSED_TIME,
                  REFUSED_POLICY,
                  THROTTLE_ENABLED,
                  THROTTLE_REQUESTS_PER_SEC)),
          new KeyGroup(
              "Batching in memory",
              List.of(
                  USE_SDK_BATCH_PROCESSOR,
                  SDK_MAX_QUEUE_SIZE,
                  SDK_EXPORT_TIMEOUT,
                  SDK_EXPORT_INTERVAL,
                  SDK_MAX_BATCH_SIZE)));

  private SendingKeys() {}
}
