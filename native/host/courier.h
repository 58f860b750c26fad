/*
 * Sends chunks to the outputs that match them, and repeats those that asked for a retry. Belongs to the engine's
 * thread; workers return deliveries to it.
 */
#ifndef HOST_COURIER_H
#define HOST_COURIER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "delivery.h"
#include "output.h"
#include "settings.h"

struct courier {
    const struct settings *settings;
    struct output *outputs;
    int wake_fd;              /* readable when courier_work has something to do */
    bool stopping;            /* retries no longer wait long */
    struct delivery *waiting; /* for their retry */
    int busy;                 /* deliveries at workers */
    pthread_mutex_t lock;
    struct delivery *finished; /* returned by workers; guarded by lock */
};

/* False when there is no file descriptor left. */
bool courier_init(struct courier *courier, const struct settings *settings, struct output *outputs);

/* Starts the workers that the output is configured with; false on failure. */
bool courier_start_workers(struct courier *courier, struct output *output);

/* Passes the chunk to every output that matches; flushes at once when there are no workers. */
void courier_add(struct courier *courier, struct chunk *chunk);

/* Processes the deliveries that workers finished, and the retries that are due. */
void courier_work(struct courier *courier);

/* Makes all retries due now. */
void courier_retry_now(struct courier *courier);

/* Time of the next retry; INT64_MAX for none. */
int64_t courier_next_ns(const struct courier *courier);

/* Number of unfinished deliveries. */
int courier_pending(const struct courier *courier);

/* Reports work for courier_work; may be called from any thread. */
void courier_wake(struct courier *courier);

/* Drops pending deliveries. The workers must have ended. */
void courier_free(struct courier *courier);

#endif
