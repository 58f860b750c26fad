/* Limits the memory that malloc retains. Thread-safe. */
#ifndef GARDENER_MEMORY_H
#define GARDENER_MEMORY_H

#include <stddef.h>

/* Makes malloc release free memory early. Call once, before the JVM starts. */
void memory_tune_malloc(void);

/*
 * Tells of a chunk that Fluent Bit flushes. Above which size malloc maps a block by itself depends on whether
 * the large ones are those of one file or of many. The same chunk may come once for each output, one call after the
 * other. Does nothing if the environment sets malloc's thresholds.
 */
void memory_adapt_to_chunk(const char *tag, const void *chunk, size_t bytes);

/*
 * Releases the free pages of all arenas; takes a few milliseconds. The JVM's compilers free 10 to 20 MiB in small
 * pieces after a burst of work; a trim finds the free pages among them. The JVM has an option for that, but not in all
 * supported versions.
 */
void memory_trim(void);

#endif
