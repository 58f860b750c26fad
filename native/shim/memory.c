#include "memory.h"

#include <malloc.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * By default, glibc raises its thresholds to the size of the largest freed block (up to 32 MiB) and to twice that
 * size. Each arena then keeps that much unused memory. There is an arena for almost each thread, and the new threads
 * of a reload use other arenas.
 *
 * Above which size a block should be mapped by itself depends on Fluent Bit's chunks. A file that grows fast has chunks
 * of up to 2 MiB, one at a time: these stay in the arena, because to map and unmap each of them costs 0.2 CPU seconds
 * per million lines. The chunks of many files grow side by side, and leave gaps in the arena that nothing fits in.
 */
enum {
    MMAP_BYTES_FOR_ONE_FILE = 4 * 1024 * 1024,
    MMAP_BYTES_FOR_MANY_FILES = 64 * 1024,
    TRIM_THRESHOLD_BYTES = 1024 * 1024,
    LARGE_CHUNK_BYTES = MMAP_BYTES_FOR_MANY_FILES, /* smaller ones stay in the arena with both */
};

/*
 * So many more large chunks must repeat the tag of the one before than do not, or the other way round, before the
 * threshold changes.
 */
enum { CERTAIN = 4 };

static bool is_tuned;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of what follows */
static const void *last_chunk;
static size_t last_bytes;
static uint64_t last_tag;
static int repeated;
static bool has_one_file;

/* Whether somebody chose these settings for the process. */
static bool is_chosen_by_user(void)
{
    const char *tunables = getenv("GLIBC_TUNABLES");

    return getenv("MALLOC_MMAP_THRESHOLD_") != NULL || getenv("MALLOC_TRIM_THRESHOLD_") != NULL
        || (tunables != NULL
            && (strstr(tunables, "glibc.malloc.mmap_threshold") != NULL
                || strstr(tunables, "glibc.malloc.trim_threshold") != NULL));
}

void memory_tune_malloc(void)
{
    is_tuned = !is_chosen_by_user();
    if (is_tuned) {
        has_one_file = false;
        repeated = 0;
        last_chunk = NULL;
        last_tag = 0;
        mallopt(M_MMAP_THRESHOLD, MMAP_BYTES_FOR_MANY_FILES);
        mallopt(M_TRIM_THRESHOLD, TRIM_THRESHOLD_BYTES);
    }
}

/* FNV-1a. */
static uint64_t hash(const char *text)
{
    uint64_t result = 0xcbf29ce484222325;

    for (; *text != '\0'; text++) {
        result = (result ^ (unsigned char) *text) * 0x100000001b3;
    }
    return result;
}

/* Counts a large chunk of the file with that tag. */
static void count(uint64_t tag)
{
    if (tag == last_tag) {
        repeated += repeated < CERTAIN;
    } else {
        repeated -= repeated > 0;
    }
    last_tag = tag;
}

void memory_adapt_to_chunk(const char *tag, const void *chunk, size_t bytes)
{
    /* No flush waits for another: which of the two is counted makes no difference. */
    if (bytes < LARGE_CHUNK_BYTES || !is_tuned || pthread_mutex_trylock(&lock) != 0) {
        return;
    }
    if (chunk != last_chunk || bytes != last_bytes) { /* else it is the same, for another output */
        count(hash(tag));
        last_chunk = chunk;
        last_bytes = bytes;
    }
    if (repeated == CERTAIN && !has_one_file) {
        has_one_file = true;
        mallopt(M_MMAP_THRESHOLD, MMAP_BYTES_FOR_ONE_FILE);
    } else if (repeated == 0 && has_one_file) {
        has_one_file = false;
        mallopt(M_MMAP_THRESHOLD, MMAP_BYTES_FOR_MANY_FILES);
    }
    pthread_mutex_unlock(&lock);
}

void memory_trim(void)
{
    malloc_trim(0);
}
