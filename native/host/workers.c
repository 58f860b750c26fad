#include "workers.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "log.h"

struct worker {
    struct workers *pool;
    int number;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct delivery *first; /* guarded by lock, as are all fields below */
    struct delivery **end;
    bool stopping;
};

struct workers {
    const char *output_name;
    size_t stack_bytes;
    worker_done done;
    void *owner;
    int count;
    int next; /* the one that gets the next delivery */
    struct worker list[];
};

/* The next delivery; NULL when there is none left and the worker must end. */
static struct delivery *take(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    while (worker->first == NULL && !worker->stopping) {
        pthread_cond_wait(&worker->changed, &worker->lock);
    }
    struct delivery *delivery = worker->first;
    if (delivery != NULL) {
        worker->first = delivery->next;
        if (worker->first == NULL) {
            worker->end = &worker->first;
        }
        delivery->next = NULL;
    }
    pthread_mutex_unlock(&worker->lock);
    return delivery;
}

static void *worker_main(void *argument)
{
    struct worker *worker = argument;
    struct workers *pool = worker->pool;
    char name[16];

    snprintf(name, sizeof(name), "flb-out-w%d", worker->number % 1000);
    pthread_setname_np(pthread_self(), name);
    host_log(HOST_INFO, "[output:%s] worker #%d started", pool->output_name, worker->number);
    for (struct delivery *delivery = take(worker); delivery != NULL; delivery = take(worker)) {
        delivery->result = output_flush(delivery->output, delivery->chunk, pool->stack_bytes);
        pool->done(pool->owner, delivery);
    }
    host_log(HOST_INFO, "[output:%s] thread worker #%d stopped", pool->output_name, worker->number);
    return NULL;
}

struct workers *workers_start(const char *output_name, int count, size_t stack_bytes, worker_done done,
                              void *owner)
{
    struct workers *pool = calloc(1, sizeof(*pool) + (size_t) count * sizeof(pool->list[0]));

    if (pool == NULL) {
        return NULL;
    }
    *pool = (struct workers){
        .output_name = output_name, .stack_bytes = stack_bytes, .done = done, .owner = owner};
    for (; pool->count < count; pool->count++) {
        struct worker *worker = &pool->list[pool->count];
        worker->pool = pool;
        worker->number = pool->count;
        worker->end = &worker->first;
        pthread_mutex_init(&worker->lock, NULL);
        pthread_cond_init(&worker->changed, NULL);
        if (pthread_create(&worker->thread, NULL, worker_main, worker) != 0) {
            host_log(HOST_ERROR, "[output] could not start thread pool for '%s' plugin", output_name);
            workers_stop(pool);
            return NULL;
        }
    }
    return pool;
}

void workers_submit(struct workers *workers, struct delivery *delivery)
{
    struct worker *worker = &workers->list[workers->next];

    workers->next = (workers->next + 1) % workers->count;
    delivery->next = NULL;
    pthread_mutex_lock(&worker->lock);
    *worker->end = delivery;
    worker->end = &delivery->next;
    pthread_cond_signal(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
}

void workers_stop(struct workers *workers)
{
    for (int i = 0; i < workers->count; i++) {
        struct worker *worker = &workers->list[i];
        pthread_mutex_lock(&worker->lock);
        worker->stopping = true;
        pthread_cond_signal(&worker->changed);
        pthread_mutex_unlock(&worker->lock);
    }
    for (int i = 0; i < workers->count; i++) {
        pthread_join(workers->list[i].thread, NULL);
        pthread_cond_destroy(&workers->list[i].changed);
        pthread_mutex_destroy(&workers->list[i].lock);
    }
    free(workers);
}
