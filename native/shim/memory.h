/*
 * What malloc keeps for itself. Thread-safe.
 */
#ifndef GARDENER_MEMORY_H
#define GARDENER_MEMORY_H

/* Makes malloc give free memory back early. Call once, before the JVM starts. */
void memory_bound(void);

/* Gives back the free pages of all arenas; takes a few milliseconds. */
void memory_trim(void);

/* Does that every few seconds, on a thread of ours, until the process ends. Call once. */
void memory_trim_often(void);

#endif
