/**
 * The disk queue of a target: what a flush hands over stays here until the outcome of its export is final. The queue
 * knows only opaque bytes and their counts.
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
 *      0000000000000017.quarantine           never read again; counts against the bound, may be deleted
 *    dead_letters/                           {@link cloud.gardener.logging.queue.DeadLetterQueue}
 * </pre>
 *
 * <p>A segment is a QueueFile of Tape ({@link cloud.gardener.logging.queue.segment.SegmentLayout}): a header and
 * consecutive elements. An element is one queue entry ({@link cloud.gardener.logging.queue.segment.EntryLayout}),
 * with one checksum for its header and one for its payload. A segment is a sparse file with a fixed length, at most
 * 8 MiB or one entry; it never wraps or grows. A drained segment is deleted, except for the newest one. Unless the
 * queue waits for the device, the newest is emptied and reused, because creating and deleting a file costs more than
 * a small append.
 *
 * <h2>Invariants</h2>
 *
 * <ul>
 *   <li>An append adds all its entries or none.
 *   <li>Entries are read in the order of their append, and removed in the order in which they were read. An entry
 *       that was read stays valid in memory whatever happens to its file.
 *   <li>Blocks on disk, quarantined files included, stay within {@code DQueMaxBytes} and {@code DQueTotalMaxBytes};
 *       only a queue that holds nothing accepts an append larger than its bound.
 *   <li>Memory stays within {@code DQueBatchProcessorMaxQueueSize} records per queue, and an eighth of the heap per
 *       output, shared fairly ({@code MemoryBudget}). One entry per queue is always allowed. What was just appended
 *       may be more records, up to 1 MiB per queue.
 *   <li>An empty queue that is idle has no file, neither open nor on disk. Until then it may hold an empty file,
 *       which does not count against any bound. Any other queue has at most three files open: the oldest, the
 *       newest, and the one that is read.
 *   <li>The entries of an append lie in one segment. Its header is written once, after all of them, in one write
 *       within one sector.
 * </ul>
 *
 * <h2>What each crash costs</h2>
 *
 * <ul>
 *   <li>The process dies: nothing. Entries that were removed just before are read again at most when the last header
 *       was not written. An unfinished append is in the queue as a whole or not at all. When it is in the queue but
 *       the flush was not answered, Fluent Bit flushes the chunk again.
 *   <li>The power fails, {@code FULL}: nothing that was answered with {@code APPENDED}. Entries that were removed
 *       since the last append to the same segment may be read again.
 *   <li>The power fails, {@code NORMAL}: what the operating system had not written. A file that was being emptied
 *       may then be found damaged, although all its entries had been sent.
 *   <li>An append fails (no space, no file descriptor, an fsync that fails): the segment is rolled back and sealed,
 *       because after a failed fsync the content of the device is unknown. The next append creates a new segment.
 *   <li>The folder vanishes: entries in memory and in open files are still sent, and the rest is counted as lost.
 *       The next append creates the folder again.
 *   <li>A bit flips: in a payload it costs the entry. In any header it costs nothing, because the headers are
 *       redundant.
 *   <li>A file is cut or overwritten: what cannot be read is lost. Its records are counted when the entry's header
 *       is still there. Otherwise their number is unknown, and the log says only how many entries are missing.
 * </ul>
 *
 * <p>{@link cloud.gardener.logging.queue.segment.Recovery} handles each case at a start, {@code Losses} at run time.
 * The command-line tool reads any of these files, damaged or not ({@code tool.queue}).
 *
 * <h2>How it works</h2>
 *
 * <p>{@code DiskQueue} holds the lock and the counts. {@code Appender} is the write end, {@code ReadAhead} the read
 * end, and {@code Remover} removes what was sent or dropped. The files are in the package {@code queue.segment}. The
 * arrays of entries that nobody reads any more serve later ones ({@code EntryArrays}).
 */
package cloud.gardener.logging.queue;
