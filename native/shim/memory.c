#include "memory.h"

#include <limits.h>
#include <malloc.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "pages.h"
#include "thread.h"

/*
 * By default, glibc raises its thresholds to the size of the largest freed block (up to 32 MiB) and to twice that
 * size. Each arena then keeps that much unused memory. There is an arena for almost each thread, and the new threads
 * of a reload use other arenas. Blocks of 2 MiB, Fluent Bit's chunks, stay in the arenas: mapping and unmapping each
 * of them costs 0.2 CPU seconds per million lines.
 */
enum { MMAP_THRESHOLD_BYTES = 4 * 1024 * 1024, TRIM_THRESHOLD_BYTES = 1024 * 1024 };

/*
 * The JVM's compilers free 10 to 20 MiB in small pieces after a burst of work; a trim finds the free pages among
 * them. The JVM has an option for that, but not in all supported versions.
 */
enum { TRIM_INTERVAL_S = 10, TRIM_STACK_BYTES = 32 * 1024 };

/* Whether somebody chose these settings for the process. */
static bool is_tuned(void)
{
    const char *tunables = getenv("GLIBC_TUNABLES");

    return getenv("MALLOC_MMAP_THRESHOLD_") != NULL || getenv("MALLOC_TRIM_THRESHOLD_") != NULL
        || (tunables != NULL
            && (strstr(tunables, "glibc.malloc.mmap_threshold") != NULL
                || strstr(tunables, "glibc.malloc.trim_threshold") != NULL));
}

void memory_tune_malloc(void)
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

/*
 * The JVM's start uses nearly all of the AOT cache and most of the JVM's library. Of the part that is only read, 7 MB
 * are not used again. Once is enough: most of what comes back is needed. It takes 8 ms.
 */
enum { TRIMS_OF_START = 3 };

static void *trim_main(void *runtime)
{
    const struct timespec interval = {.tv_sec = TRIM_INTERVAL_S};

    for (int trims = 1;; trims++) {
        nanosleep(&interval, NULL);
        memory_trim();
        if (trims == TRIMS_OF_START) {
            pages_release(runtime);
        }
    }
    return NULL;
}

void memory_trim_periodically(const char *jvm_folder)
{
    static char runtime[PATH_MAX];
    pthread_t thread;

    snprintf(runtime, sizeof(runtime), "%s", jvm_folder);
    if (thread_start(&thread, PTHREAD_STACK_MIN + TRIM_STACK_BYTES, trim_main, runtime) == 0) {
        pthread_setname_np(thread, "gardener-trim");
        pthread_detach(thread);
    }
}
