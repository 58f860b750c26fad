/** The disk queue of a target. Knows opaque bytes and counts only. */
package cloud.gardener.logging.queue;
