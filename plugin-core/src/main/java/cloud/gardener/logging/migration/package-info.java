/**
 * Imports the disk queues that the plugin in Go left. docs/migration.md describes it for users.
 *
 * <pre>
 *   Importer          which folders go to which target, and when; one thread that ends with its work
 *     GoFolders       where the plugin in Go has its queues
 *     FolderImport    one folder: lock, files in order, entries to the target, files moved aside
 *       GoFolder      the names of its files
 *       GoSegment     one file: lengths, removals            )
 *         GoGob       one item's gob: a BinaryMarshaler       )  nothing in them is trusted
 *         GoItem      its JSON: a log record                  )
 *       GoEvent       the record as a log event of Fluent Bit, which is mapped like any other
 * </pre>
 *
 * <h2>What a crash costs</h2>
 *
 * <p>A file is renamed when all its records are in the queue. A crash before that imports it again: at most one file's
 * records a folder are doubled, none is lost. The records are as durable as those of a flush ({@code DQueSync}). The
 * renamed files stay for a week, so that what a power loss takes can be imported again.
 */
package cloud.gardener.logging.migration;
