#include "courier.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"
#include "tag.h"
#include "workers.h"

bool courier_init(struct courier *courier, const struct settings *settings, struct output *outputs)
{
    *courier = (struct courier){.settings = settings, .outputs = outputs};
    courier->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    pthread_mutex_init(&courier->lock, NULL);
    return courier->wake_fd >= 0;
}

void courier_wake(struct courier *courier)
{
    uint64_t one = 1;

    if (write(courier->wake_fd, &one, sizeof(one)) < 0) {
        return; /* the counter is full, so the descriptor is readable anyway */
    }
}

/* Called on a worker's thread. */
static void return_delivery(void *owner, struct delivery *delivery)
{
    struct courier *courier = owner;

    pthread_mutex_lock(&courier->lock);
    delivery->next = courier->finished;
    courier->finished = delivery;
    pthread_mutex_unlock(&courier->lock);
    courier_wake(courier);
}

bool courier_start_workers(struct courier *courier, struct output *output)
{
    output->workers = workers_start(output->name, (int) output->worker_count, courier->settings->stack_bytes,
                                    return_delivery, courier);
    return output->workers != NULL;
}

static void finish(struct courier *courier, struct delivery *delivery)
{
    if (delivery_must_repeat(delivery, &courier->settings->retry, courier->stopping)) {
        delivery->next = courier->waiting;
        courier->waiting = delivery;
    }
    else {
        delivery_free(delivery);
    }
}

static void deliver(struct courier *courier, struct delivery *delivery)
{
    if (delivery->output->workers != NULL) {
        courier->busy++;
        workers_submit(delivery->output->workers, delivery);
        return;
    }
    delivery->result = output_flush(delivery->output, delivery->chunk, courier->settings->stack_bytes);
    finish(courier, delivery);
}

void courier_add(struct courier *courier, struct chunk *chunk)
{
    for (struct output *output = courier->outputs; output != NULL; output = output->next) {
        if (output->match == NULL || !tag_matches(output->match, chunk->tag)) {
            continue;
        }
        struct delivery *delivery = delivery_new(chunk, output);
        if (delivery == NULL) {
            host_log(HOST_ERROR, "[engine] no memory, chunk '%s' is lost", chunk->name);
            continue;
        }
        deliver(courier, delivery);
    }
}

static void take_finished(struct courier *courier)
{
    pthread_mutex_lock(&courier->lock);
    struct delivery *finished = courier->finished;
    courier->finished = NULL;
    pthread_mutex_unlock(&courier->lock);

    while (finished != NULL) {
        struct delivery *delivery = finished;
        finished = delivery->next;
        courier->busy--;
        finish(courier, delivery);
    }
}

static void deliver_due(struct courier *courier)
{
    int64_t now_ns = clock_now_ns();
    struct delivery *list = courier->waiting;

    courier->waiting = NULL;
    while (list != NULL) {
        struct delivery *delivery = list;
        list = delivery->next;
        if (delivery->due_ns - now_ns <= 0) {
            deliver(courier, delivery);
        }
        else {
            delivery->next = courier->waiting;
            courier->waiting = delivery;
        }
    }
}

void courier_work(struct courier *courier)
{
    uint64_t wakes;

    if (read(courier->wake_fd, &wakes, sizeof(wakes)) > 0) {
        take_finished(courier);
    }
    deliver_due(courier);
}

void courier_retry_now(struct courier *courier)
{
    courier->stopping = true;
    for (struct delivery *delivery = courier->waiting; delivery != NULL; delivery = delivery->next) {
        delivery->due_ns = clock_now_ns();
    }
}

int64_t courier_next_ns(const struct courier *courier)
{
    int64_t next_ns = INT64_MAX;

    for (const struct delivery *delivery = courier->waiting; delivery != NULL; delivery = delivery->next) {
        next_ns = delivery->due_ns < next_ns ? delivery->due_ns : next_ns;
    }
    return next_ns;
}

int courier_pending(const struct courier *courier)
{
    int pending = courier->busy;

    for (const struct delivery *delivery = courier->waiting; delivery != NULL; delivery = delivery->next) {
        pending++;
    }
    return pending;
}

void courier_free(struct courier *courier)
{
    take_finished(courier);
    while (courier->waiting != NULL) {
        struct delivery *delivery = courier->waiting;
        courier->waiting = delivery->next;
        delivery_free(delivery);
    }
    close(courier->wake_fd);
    pthread_mutex_destroy(&courier->lock);
}
