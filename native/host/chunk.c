#include "chunk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_CAPACITY = 64 * 1024 };

struct chunk *chunk_new(const char *tag, atomic_size_t *held)
{
    struct chunk *chunk = calloc(1, sizeof(*chunk));
    struct timespec now;

    if (chunk == NULL) {
        return NULL;
    }
    chunk->tag = strdup(tag);
    if (chunk->tag == NULL) {
        free(chunk);
        return NULL;
    }
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(chunk->name, sizeof(chunk->name), "%i-%lu.%09lu.flb", (int) getpid(), (unsigned long) now.tv_sec,
             (unsigned long) now.tv_nsec);
    chunk->held = held;
    atomic_init(&chunk->users, 1);
    return chunk;
}

bool chunk_reserve(struct chunk *chunk, size_t bytes)
{
    size_t capacity = chunk->capacity == 0 ? FIRST_CAPACITY : chunk->capacity;

    while (capacity - chunk->size < bytes) {
        capacity *= 2;
    }
    if (capacity == chunk->capacity) {
        return true;
    }
    unsigned char *data = realloc(chunk->data, capacity);
    if (data == NULL) {
        return false;
    }
    chunk->data = data;
    chunk->capacity = capacity;
    return true;
}

void chunk_commit(struct chunk *chunk, size_t bytes)
{
    chunk->size += bytes;
    atomic_fetch_add(chunk->held, bytes);
}

void chunk_retain(struct chunk *chunk)
{
    atomic_fetch_add(&chunk->users, 1);
}

void chunk_release(struct chunk *chunk)
{
    if (atomic_fetch_sub(&chunk->users, 1) == 1) {
        atomic_fetch_sub(chunk->held, chunk->size);
        free(chunk->data);
        free(chunk->tag);
        free(chunk);
    }
}
