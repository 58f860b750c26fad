package cloud.gardener.logging.config.keys;

import static cloud.gardener.logging.config.keys.ValueTypes.POSITIVE_DURATION;
import static cloud.gardener.logging.config.keys.ValueTypes.SIZE;
import static cloud.gardener.logging.config.keys.ValueTypes.atLeast;

import cloud.gardener.logging.config.value.FullPolicy;
import cloud.gardener.logging.config.value.QueueSync;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Settings of the disk queues, and of the exports from them. */
final class QueueKeys {
  static final Key<Path> DIR =
      Key.of(
          "DQueDir",
          ValueTypes.FOLDER,
          "/tmp/flb-storage",
          "The folder of all disk queues. Records survive a pod only if this folder does.");

  static final Key<String> NAME =
      Key.of(
          "DQueName",
          ValueTypes.FOLDER_NAME,
          "dque",
          "The folder of this output's queues below `DQueDir`. Each output needs its own.");

  static final Key<QueueSync> SYNC =
      Key.of(
          "DQueSync",
          Choices.SYNC,
          "normal",
          "normal (or false): accepted records survive the end of the process, but a power"
              + " failure can lose the last ones. full (or true): accepted records survive both, and"
              + " each append waits for the disk.");

  static final Key<Long> MAX_BYTES =
      Key.of(
          "DQueMaxBytes",
          SIZE,
          "1G",
          "Limit of the bytes of one target on disk, quarantined files included; above 0."
              + " `DQueFullPolicy` applies to a chunk that does not fit.");

  static final Key<Long> TOTAL_MAX_BYTES =
      Key.of(
          "DQueTotalMaxBytes",
          SIZE,
          "8G",
          "Limit of the bytes of all targets of this output on disk; at least `DQueMaxBytes`. If"
              + " it is not set, it is raised to `DQueMaxBytes`.");

  static final Key<FullPolicy> FULL_POLICY =
      Key.of(
          "DQueFullPolicy",
          Choices.FULL_POLICY,
          "retry",
          "What happens at these limits. retry: Fluent Bit keeps the chunk and tries again, also"
              + " for the other targets of its records. drop_newest: the new records for this target"
              + " are dropped and counted. drop_oldest: the oldest records of its queue are dropped and"
              + " counted, in whole segments; if that makes no room, the new ones are.");

  static final Key<Integer> SEGMENT_SIZE =
      Key.of(
          "DQueSegmentSize",
          atLeast(1),
          "500",
          "Entries in one segment file, at least 1. Entries of one chunk stay in one file. An"
              + " entry holds the records of one chunk, at most a batch of them.");

  static final Key<Integer> MAX_QUEUE_SIZE =
      Key.of(
          "DQueBatchProcessorMaxQueueSize",
          atLeast(1),
          "512",
          "Records of one target in memory for export, at least 1. What has just been written"
              + " may be more, up to 1 MiB. It does not limit the disk.");

  static final Key<Integer> MAX_BATCH_SIZE =
      Key.of(
          "DQueBatchProcessorMaxBatchSize",
          atLeast(1),
          "256",
          "Records in one request, at least 1. A request also stays below 4 MiB.");

  static final Key<Duration> EXPORT_INTERVAL =
      Key.of(
          "DQueBatchProcessorExportInterval",
          POSITIVE_DURATION,
          "1s",
          "How long a record waits at most until its batch is full; above 0. The first after a pause this long waits"
              + " 0.1 s.");

  static final Key<Duration> EXPORT_TIMEOUT =
      Key.of(
          "DQueBatchProcessorExportTimeout",
          POSITIVE_DURATION,
          "30s",
          "Limit of one request; above 0. The shorter of this and `Timeout` applies.");

  static final Key<Integer> EXPORT_BUFFER_SIZE =
      Key.of(
          "DQueBatchProcessorExportBufferSize",
          atLeast(1),
          "10",
          "Limit of the requests in flight for one target, at least 1. The plugin writes one"
              + " request after the other. With 1, records arrive in order, whatever fails. See"
              + " [reliability](reliability.md#promises).");

  static final List<KeyGroup> GROUPS =
      List.of(
          new KeyGroup(
              "Disk queue",
              List.of(
                  DIR,
                  NAME,
                  SYNC,
                  MAX_BYTES,
                  TOTAL_MAX_BYTES,
                  FULL_POLICY,
                  SEGMENT_SIZE,
                  MAX_QUEUE_SIZE)),
          new KeyGroup(
              "Export",
              List.of(MAX_BATCH_SIZE, EXPORT_INTERVAL, EXPORT_TIMEOUT, EXPORT_BUFFER_SIZE)));

  private QueueKeys() {}
}
