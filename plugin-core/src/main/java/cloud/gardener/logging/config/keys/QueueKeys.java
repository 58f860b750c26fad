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
          "The folder of all disk queues. Records survive a pod only where this folder does.");

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
          "normal (or false): accepted records survive the death of the process, a power loss may"
              + " take the last ones. full (or true): they survive both, and each append waits for"
              + " the device.");

  static final Key<Long> MAX_BYTES =
      Key.of(
          "DQueMaxBytes",
          SIZE,
          "1G",
          "What one target may hold on disk, quarantined files included; above 0. A chunk is taken"
              + " while it fits; then `DQueFullPolicy` holds.");

  static final Key<Long> TOTAL_MAX_BYTES =
      Key.of(
          "DQueTotalMaxBytes",
          SIZE,
          "8G",
          "What all targets of this output together may hold on disk; at least `DQueMaxBytes`, to"
              + " which it is raised where it is not set.");

  static final Key<FullPolicy> FULL_POLICY =
      Key.of(
          "DQueFullPolicy",
          Choices.FULL_POLICY,
          "retry",
          "What a target does at these bounds. retry: Fluent Bit keeps the chunk and tries again, also"
              + " for the other targets of its records. drop_newest: the new records for this target"
              + " are lost, and counted. drop_oldest: the oldest of its own queue are, in whole"
              + " segments; the new ones where that makes no room.");

  static final Key<Integer> SEGMENT_SIZE =
      Key.of(
          "DQueSegmentSize",
          atLeast(1),
          "500",
          "Entries in one segment file, at least 1; those of one chunk stay together. An entry"
              + " holds the records of one chunk, at most a batch of them.");

  static final Key<Integer> MAX_QUEUE_SIZE =
      Key.of(
          "DQueBatchProcessorMaxQueueSize",
          atLeast(1),
          "512",
          "Records of one target held in memory for export, at least 1. It does not bound the"
              + " disk.");

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
          "The longest a record waits for its batch to fill; above 0.");

  static final Key<Duration> EXPORT_TIMEOUT =
      Key.of(
          "DQueBatchProcessorExportTimeout",
          POSITIVE_DURATION,
          "30s",
          "How long one request may take; above 0. Of this and `Timeout` the shorter counts.");

  static final Key<Integer> EXPORT_BUFFER_SIZE =
      Key.of(
          "DQueBatchProcessorExportBufferSize",
          atLeast(1),
          "10",
          "Exports under way at once for one target at the most, at least 1. They are written one behind the"
              + " other; with 1 they arrive in order whatever fails."
              + " See [reliability](reliability.md#promises).");

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
