#include "delivery.h"

#include <stdlib.h>

#include "clock.h"
#include "log.h"

struct delivery *delivery_new(struct chunk *chunk, struct output *output)
{
    static int last_id = -1; /* the engine's thread only */
    struct delivery *delivery = calloc(1, sizeof(*delivery));

    if (delivery != NULL) {
        chunk_retain(chunk);
        delivery->chunk = chunk;
        delivery->output = output;
        delivery->id = ++last_id;
    }
    return delivery;
}

void delivery_free(struct delivery *delivery)
{
    chunk_release(delivery->chunk);
    free(delivery);
}

/* A random time between the base and its doubling with each retry, plus one second, as in Fluent Bit. */
static long wait_seconds(const struct retry_policy *policy, int retries)
{
    long most = policy->base_s;

    for (int i = 0; i < retries && most < policy->cap_s; i++) {
        most *= 2;
    }
    most = most < policy->cap_s ? most : policy->cap_s;
    long spread = most > policy->base_s ? most - policy->base_s : 0;
    return policy->base_s + random() % (spread + 1) + 1;
}

static bool schedule_retry(struct delivery *delivery, const struct retry_policy *policy, bool stopping)
{
    const struct output *output = delivery->output;

    if (output->retry_limit == 0) {
        host_log(HOST_INFO, "[engine] chunk '%s' is not retried (no retry config): task_id=%d, output=%s",
                 delivery->chunk->name, delivery->id, output->name);
        return false;
    }
    if (output->retry_limit != RETRY_NO_LIMITS && delivery->retries >= output->retry_limit) {
        host_log(HOST_ERROR, "[engine] chunk '%s' cannot be retried: task_id=%d, output=%s",
                 delivery->chunk->name, delivery->id, output->name);
        return false;
    }
    delivery->retries++;
    long seconds = stopping ? 1 : wait_seconds(policy, delivery->retries);
    delivery->due_ns = clock_now_ns() + seconds * NS_PER_SECOND;
    host_log(HOST_WARN, "[engine] failed to flush chunk '%s', retry in %ld seconds: task_id=%d, output=%s",
             delivery->chunk->name, seconds, delivery->id, output->name);
    return true;
}

bool delivery_must_repeat(struct delivery *delivery, const struct retry_policy *policy, bool stopping)
{
    if (delivery->result == HOST_RESULT_RETRY) {
        return schedule_retry(delivery, policy, stopping);
    }
    if (delivery->result == HOST_RESULT_ERROR) {
        host_log(HOST_ERROR, "[engine] chunk '%s' is dropped, the output refused it: task_id=%d, output=%s",
                 delivery->chunk->name, delivery->id, delivery->output->name);
    }
    else if (delivery->retries > 0) {
        host_log(HOST_INFO, "[engine] flush chunk '%s' succeeded at retry %d: task_id=%d, output=%s",
                 delivery->chunk->name, delivery->retries, delivery->id, delivery->output->name);
    }
    return false;
}
