#include "memory.h"

#include <malloc.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/*
 * glibc raises both thresholds to the size of the largest block that was ever freed, up to 32 and 64 MiB.
 * After the first block of 2 MiB (Fluent Bit's chunks and netty's) blocks of that size come out of the arenas,
 * and each arena keeps up to 4 MiB that it does not use: with an arena for each thread, and threads that
 * a reload makes anew, tens of MiB. Once set, the thresholds stay as they are.
 */
enum { MMAP_THRESHOLD_BYTES = 256 * 1024, TRIM_THRESHOLD_BYTES = 256 * 1024 };

/* Somebody has chosen malloc's settings for the process: leave them. */
static bool is_tuned(void)
{
    const char *tunables = getenv("GLIBC_TUNABLES");

    return getenv("MALLOC_MMAP_THRESHOLD_") != NULL || getenv("MALLOC_TRIM_THRESHOLD_") != NULL
        || (tunables != NULL && strstr(tunables, "glibc.malloc.") != NULL);
}

void memory_bound(void)
{
    if (!is_tuned()) {
        mallopt(M_MMAP_THRESHOLD, MMAP_THRESHOLD_BYTES);
        mallopt(M_TRIM_THRESHOLD, TRIM_THRESHOLD_BYTES);
    }
}

void memory_trim(void)
{
    malloc_trim(0);
}
