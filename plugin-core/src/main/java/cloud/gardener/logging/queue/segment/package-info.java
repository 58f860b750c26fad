/**
 * The files of a queue: their bytes, and what becomes of them after a crash. Knows nothing of who waits for what.
 *
 * <pre>
 *   Segment          entries of one file, from their append to their removal
 *     SegmentFile    its bytes on disk, and where it lies
 *       OpenSegment  while it is open: Tape adds and removes elements
 *   SegmentFolder    makes, renames and deletes the files of one queue
 *   FileAccess       the disk; tests make one that fails
 *
 *   SegmentLayout, EntryLayout   the bytes: offsets, checksums
 *   SegmentNames                 the names
 *
 *   Recovery         what a start does with each file it finds
 *     SegmentCheck   whether a file is sound
 *     Salvage        what can still be read of one that is not (EntryScan)
 * </pre>
 *
 * <p>What a file promises, and what each crash costs, stands in the documentation of the package {@code queue}.
 */
package cloud.gardener.logging.queue.segment;
