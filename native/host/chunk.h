/*
 * A chunk: the events of one tag on their way to the outputs, in memory only. One thread fills it, then many read
 * it. The last release frees it.
 */
#ifndef HOST_CHUNK_H
#define HOST_CHUNK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* From this size on, a chunk accepts no further event, as in Fluent Bit. */
enum { CHUNK_FULL_BYTES = 2048000 };

struct chunk {
    struct chunk *next; /* for its owner's lists */
    char name[64];
    char *tag;
    unsigned char *data;
    size_t size;
    size_t capacity;
    atomic_size_t *held; /* bytes of all existing chunks; includes this one's */
    atomic_int users;
};

/* A chunk with one user; `held` counts its bytes until it is freed. NULL when there is no memory. */
struct chunk *chunk_new(const char *tag, atomic_size_t *held);

/* Makes room for more bytes; false when there is no memory. */
bool chunk_reserve(struct chunk *chunk, size_t bytes);

/* Reports that so many of the reserved bytes were written. */
void chunk_commit(struct chunk *chunk, size_t bytes);

void chunk_retain(struct chunk *chunk);

void chunk_release(struct chunk *chunk);

#endif
