/*
 * Brings chunks to the outputs that match them, and again those that shall come again. Belongs to the
 * engine's thread; workers hand deliveries back to it.
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
    bool stopping;            /* retries do not wait for long any more */
    struct delivery *waiting; /* for their retry */
    int busy;                 /* deliveries at workers */
    pthread_mutex_t lock;
    struct delivery *finished; /* by workers; guarded by lock */
};

/* False when there is no file descriptor left. */
bool courier_init(struct courier *courier, const struct settings *settings, struct output *outputs);

/* Starts the workers that the output asks for; false when that fails. */
bool courier_start_workers(struct courier *courier, struct output *output);

/* Gives the chunk to every output that matches; flushes at once where there are no workers. */
void courier_take(struct courier *courier, struct chunk *chunk);

/* Deals with what workers have finished and with the retries that are due. */
void courier_work(struct courier *courier);

/* Makes all retries due. */
void courier_hurry(struct courier *courier);

/* When the next retry is due; INT64_MAX for none. */
int64_t courier_next_ns(const struct courier *courier);

/* Deliveries that are not over. */
int courier_pending(const struct courier *courier);

/* Something for courier_work, from any thread. */
void courier_wake(struct courier *courier);

/* Drops what is pending. The workers must have ended. */
void courier_free(struct courier *courier);

#endif
