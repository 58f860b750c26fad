/* Limits the memory that malloc retains. Thread-safe. */
#ifndef GARDENER_MEMORY_H
#define GARDENER_MEMORY_H

/* Makes malloc release free memory early. Call once, before the JVM starts. */
void memory_tune_malloc(void);

/* Releases the free pages of all arenas; takes a few milliseconds. */
void memory_trim(void);

/*
 * Calls memory_trim every few seconds, on a separate thread, until the process ends. Half a minute after the start it
 * also takes the unused pages of the files below the JVM's folder out of the process. Call once.
 */
void memory_trim_periodically(const char *jvm_folder);

#endif
