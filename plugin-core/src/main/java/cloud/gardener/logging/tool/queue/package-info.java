/**
 * The command {@code queue}: what waits on disk, and what is kept there for a person.
 *
 * <pre>
 *   QueueCommand     its commands: list, show, export, send, drop
 *     StoredFiles     the files below folders: waiting, quarantined, dead letters, leftovers of the plugin in Go
 *       SegmentReader  the entries of a file, damaged or not
 *         StoredEntry  the content of one
 *     RequestSender  sends a request to an OTLP/HTTP endpoint
 * </pre>
 *
 * <p>Reading needs no lock: it is safe while the plugin writes. What waits is sent or dropped only under the lock of the
 * output's folder, that is, while no plugin uses it. Quarantined files and dead letters are never read by the plugin.
 */
package cloud.gardener.logging.tool.queue;
