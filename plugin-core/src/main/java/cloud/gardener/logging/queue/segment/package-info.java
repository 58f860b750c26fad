/**
 * The files of a queue: their bytes, and their recovery after a crash. Knows nothing about the users of the entries.
 *
 * <pre>
 *   Segment          entries of one file, from their append to their removal
 *     SegmentFile    its bytes on disk, and its place
 *       OpenSegment  while it is open: Tape adds and removes elements
 *   SegmentFolder    creates, renames and deletes the files of one queue
 *   FileAccess       the disk; tests replace it to simulate failures
 *
 *   SegmentLayout, EntryLayout   the bytes: offsets, checksums
 *   SegmentNames                 the names
 *
 *   Recovery         handles each file that a start finds
 *     SegmentCheck   whether a file is sound
 *     SegmentRepair  what can still be read of a damaged file (EntryScan)
 * </pre>
 *
 * <p>The package documentation of {@code queue} lists a file's guarantees and the cost of each crash.
 */
package cloud.gardener.logging.queue.segment;
