/**
 * Puts a chunk from Fluent Bit into the queues of its targets.
 *
 * <pre>
 *   ChunkIntake.flush(chunk, tag) -> OK | RETRY
 *     ChunkEncoder    event -> route -> otlp: each record is decoded, routed and encoded once
 *       ChunkParts    the chunk's records for each target, cut into queue entries (EntrySize)
 *       RecordEncoder   one record, truncated if it must be
 *     Target          accepts the entries: all of them or none
 *       QueueIntake   ... into a queue on disk, by DQueFullPolicy
 *     DropCounter     counts the records that are in no queue
 *     PartialChunk    a chunk that some of its targets have and others do not
 *     StartHold       chunks of shoots that are not known yet, just after a start
 *     FailedChunks    chunks on which the plugin itself fails
 *   TargetEncoder     events of an import, which have their target
 * </pre>
 *
 * <p>The result is {@code OK} when all records are in their queues, or dropped on purpose and counted. The package
 * does not know backends and never waits for one.
 */
package cloud.gardener.logging.intake;
