/**
 * The way of a chunk: from Fluent Bit into the queues of its targets.
 *
 * <pre>
 *   ChunkIntake.flush(chunk, tag) -> OK | RETRY
 *     ChunkEncoder    event -> route -> otlp: each record is decoded, routed and encoded once
 *       Slots, Slot   what the chunk holds for each target, cut into queue entries (EntrySize)
 *     Target          takes the entries: all of them or none
 *       QueueIntake   ... into a queue on disk, by DQueFullPolicy
 *     DropCount       counts what no queue has
 *     Partial         a chunk that some of its targets have and others have not
 *     StartHold       chunks of shoots that are not known yet, just after a start
 *     FailedChunks    chunks on which the plugin itself fails
 * </pre>
 *
 * <p>A chunk is answered {@code OK} when all its records are in their queues, or dropped on purpose and counted.
 * Nothing here waits for a backend, and nothing knows one.
 */
package cloud.gardener.logging.intake;
