/*
 * The threads of an output with Workers: each takes the deliveries assigned to it, in turn, and flushes them one
 * after the other.
 */
#ifndef HOST_WORKERS_H
#define HOST_WORKERS_H

#include <stddef.h>

#include "delivery.h"

/* Called on a worker's thread when a flush has ended. */
typedef void (*worker_done)(void *owner, struct delivery *delivery);

/* Starts `count` threads; NULL, with a line in the log, on failure. */
struct workers *workers_start(const char *output_name, int count, size_t stack_bytes, worker_done done,
                              void *owner);

/* Assigns a delivery to the next thread. */
void workers_submit(struct workers *workers, struct delivery *delivery);

/* Waits for the assigned flushes, then for the threads to end. */
void workers_stop(struct workers *workers);

#endif
