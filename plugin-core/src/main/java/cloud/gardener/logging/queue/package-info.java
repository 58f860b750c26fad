/**
 * The disk queue of a target: what a flush has handed over stays here until the backend has said yes.
 * Knows opaque bytes and counts only.
 *
 * <h2>On disk</h2>
 *
 * <pre>
 *  DQueDir/DQueName/                         {@link cloud.gardener.logging.queue.QueueFolder}: one output
 *    lock                                    locked while the output runs; names its holder
 *    seed/                                   {@link cloud.gardener.logging.queue.DiskQueue}: one target
 *      0000000000000041.segment              oldest: read and removed from here
 *      0000000000000042.damaged              the same, kept when it is drained
 *      0000000000000043.segment              newest: appended to here
 *      0000000000000017.quarantine           read by nobody any more; count against the bound, may be deleted
 *    dead_letters/                           {@link cloud.gardener.logging.queue.DeadLetterQueue}
 * </pre>
 *
 * <p>A segment is a QueueFile of Tape ({@link cloud.gardener.logging.queue.segment.SegmentLayout}): a header, and
 * elements in a row. An element is one queue entry ({@link cloud.gardener.logging.queue.segment.EntryLayout}), with
 * one checksum for its header and one for its payload. A segment has a fixed length, at most 8 MiB or one
 * entry, but is sparse; it never wraps or grows. A drained one is deleted, but for the newest: where the
 * queue does not wait for the device that one is emptied and used again, because making a file and deleting
 * it costs more than what a small append writes to it.
 *
 * <h2>Invariants</h2>
 *
 * <ul>
 *   <li>An append is in the queue with all its entries or with none.
 *   <li>Entries are read in the order of their append, and removed in the order of their reading. What was
 *       read stays good in memory whatever becomes of its file.
 *   <li>Blocks on disk, quarantined files included, stay within {@code DQueMaxBytes} and {@code
 *       DQueTotalMaxBytes}; only a queue that holds nothing takes an append larger than its bound.
 *   <li>Memory stays within {@code DQueBatchProcessorMaxQueueSize} records a queue, and an eighth of the
 *       heap an output, shared fairly ({@code MemoryBudget}); one entry a queue
 *       is always allowed.
 *   <li>An empty queue that rests has no file, open or on disk; until it rests it may hold one that is
 *       empty, which does not count against any bound. Another has at most three files open: its ends, and
 *       where it is read.
 *   <li>The entries of an append lie in one segment, and its header is written once, after all of them, in
 *       one write within one sector.
 * </ul>
 *
 * <h2>What each crash costs</h2>
 *
 * <ul>
 *   <li>The process dies: nothing. What was removed just before comes again at most as far as the last
 *       header was not written. An append under way is there as a whole or not at all; where it is there and
 *       was not answered, Fluent Bit brings its chunk again.
 *   <li>The power fails, {@code FULL}: nothing that was answered with {@code APPENDED}. Removals since the
 *       last append to the same segment may come again.
 *   <li>The power fails, {@code NORMAL}: what the operating system had not written. A file that was being
 *       emptied may be found damaged then, though all that was in it had been sent.
 *   <li>An append fails (no space, no file descriptor, an fsync that fails): the segment is rolled back and
 *       sealed, for after a failed fsync nobody knows what the device holds; the next append makes a new one.
 *   <li>The folder vanishes: entries in memory and in open files are still sent, the rest is counted as lost;
 *       the next append makes the folder again.
 *   <li>A bit flips: in a payload it costs the entry; in any header it costs nothing, because each says what
 *       another says too.
 *   <li>A file is cut or overwritten: what cannot be read is lost. Its records are counted where the entry's
 *       header is still there; where it is not, nobody knows how many it had, and the log says only how
 *       many entries are missing.
 * </ul>
 *
 * {@link cloud.gardener.logging.queue.segment.Recovery} says what is done about each at a start, {@code
 * Losses} at run time. {@link cloud.gardener.logging.queue.SegmentDump} reads any file of these, damaged or not.
 *
 * <h2>How it works</h2>
 *
 * {@code DiskQueue} is the lock and the counts. {@code Appender} is the writing end, {@code ReadAhead} the
 * reading one, {@code Remover} takes out what was sent or dropped. The files are the room below, {@code
 * queue.segment}.
 */
package cloud.gardener.logging.queue;
