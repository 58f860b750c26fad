/*
 * A delivery: one chunk on its way to one output, with its retries. Belongs to the engine's thread, except while a
 * worker flushes it.
 */
#ifndef HOST_DELIVERY_H
#define HOST_DELIVERY_H

#include <stdbool.h>
#include <stdint.h>

#include "chunk.h"
#include "output.h"

/* scheduler.base and scheduler.cap of the configuration. */
struct retry_policy {
    long base_s;
    long cap_s;
};

struct delivery {
    struct delivery *next; /* for its owner's lists */
    struct chunk *chunk;
    struct output *output;
    int id;
    int retries; /* so far */
    int result;  /* of the last flush */
    int64_t due_ns;
};

/* Adds a use of the chunk. NULL when there is no memory. */
struct delivery *delivery_new(struct chunk *chunk, struct output *output);

void delivery_free(struct delivery *delivery);

/*
 * Acts on the result of a flush. True when the delivery must be repeated, at due_ns. Otherwise it is finished
 * (delivered, or dropped with a line in the log), and the caller frees it. Once the host is stopping, a retry comes
 * after a second.
 */
bool delivery_must_repeat(struct delivery *delivery, const struct retry_policy *policy, bool stopping);

#endif
