/** The way of a chunk: decode, route, encode, append; and of a queue entry: peek, export, remove. */
package cloud.gardener.logging.pipeline;
