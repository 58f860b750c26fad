#include "engine.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "clock.h"
#include "log.h"

enum { MAX_WAIT_MS = 1000, MAX_POLLED = 16 };

enum engine_state { ENGINE_STARTING, ENGINE_RUNNING, ENGINE_FAILED };

struct engine {
    struct parts parts;
    engine_ended ended;
    pthread_t thread;

    pthread_mutex_t lock;
    pthread_cond_t started;
    enum engine_state state; /* guarded by lock */

    long grace_s; /* set before stop, as for_reload */
    bool for_reload;
    atomic_bool stop;
    atomic_bool has_ended;

    /* The engine's thread only. */
    struct courier courier;
    int64_t next_flush_ns;
    int64_t deadline_ns; /* when a stop ends its wait */
};

static void deliver_ready(struct engine *engine, struct input *input)
{
    struct chunk *chunk;

    while ((chunk = streams_take(&input->streams)) != NULL) {
        courier_add(&engine->courier, chunk);
        chunk_release(chunk);
    }
}

static void flush_all(struct engine *engine)
{
    for (struct input *input = engine->parts.inputs; input != NULL; input = input->next) {
        streams_seal(&input->streams);
        deliver_ready(engine, input);
        input->kind->flushed(input);
    }
    engine->next_flush_ns = clock_now_ns() + (int64_t) (engine->parts.settings->flush_s * NS_PER_SECOND);
}

static void begin_stop(struct engine *engine, long grace_s)
{
    if (grace_s < 0) {
        host_log(HOST_WARN, "[engine] service will shutdown when all remaining tasks are flushed");
        engine->deadline_ns = INT64_MAX;
    }
    else {
        host_log(HOST_WARN, "[engine] service will shutdown in max %ld seconds", grace_s);
        engine->deadline_ns = clock_now_ns() + grace_s * NS_PER_SECOND;
    }
    courier_retry_now(&engine->courier);
    flush_all(engine);
}

/* Reads a piece of each input. Returns when the next read is due; 0 when an input has ended. */
static int64_t read_inputs(struct engine *engine)
{
    int64_t next_ns = INT64_MAX;
    bool ended = false;

    for (struct input *input = engine->parts.inputs; input != NULL; input = input->next) {
        enum input_state state = input_read(input);
        deliver_ready(engine, input);
        int64_t due_ns = state == INPUT_MORE ? clock_now_ns() : input->next_ns;
        next_ns = due_ns < next_ns ? due_ns : next_ns;
        ended |= state == INPUT_ENDED;
    }
    return ended ? 0 : next_ns;
}

/* Waits for the time, for the courier, or (while reading) for an input. */
static void wait_until(struct engine *engine, int64_t next_ns, bool reading)
{
    struct pollfd polled[MAX_POLLED] = {{.fd = engine->courier.wake_fd, .events = POLLIN}};
    nfds_t count = 1;

    for (struct input *input = engine->parts.inputs; reading && input != NULL; input = input->next) {
        if (input->fd >= 0 && !input->paused && count < MAX_POLLED) {
            polled[count++] = (struct pollfd){.fd = input->fd, .events = POLLIN};
        }
    }
    int64_t retry_ns = courier_next_ns(&engine->courier);
    next_ns = retry_ns < next_ns ? retry_ns : next_ns;
    int64_t wait_ms = (next_ns - clock_now_ns() + NS_PER_MS - 1) / NS_PER_MS;
    if (wait_ms > 0) {
        poll(polled, count, wait_ms > MAX_WAIT_MS ? MAX_WAIT_MS : (int) wait_ms);
    }
}

/* Runs until a stop is requested or an input ends. Returns the grace for pending deliveries. Reads at least once. */
static long read_and_deliver(struct engine *engine)
{
    do {
        courier_work(&engine->courier);
        int64_t next_ns = read_inputs(engine);
        if (next_ns == 0) {
            return engine->parts.settings->grace_s;
        }
        if (engine->next_flush_ns - clock_now_ns() <= 0) {
            flush_all(engine);
        }
        next_ns = next_ns < engine->next_flush_ns ? next_ns : engine->next_flush_ns;
        wait_until(engine, next_ns, true);
    } while (!atomic_load(&engine->stop));
    return engine->grace_s;
}

static void drain(struct engine *engine, long grace_s)
{
    begin_stop(engine, grace_s);
    while (courier_pending(&engine->courier) > 0 && engine->deadline_ns - clock_now_ns() > 0) {
        wait_until(engine, engine->deadline_ns, false);
        courier_work(&engine->courier);
    }
    host_log(HOST_INFO, "[engine] service has stopped (%d pending tasks)", courier_pending(&engine->courier));
}

static void set_state(struct engine *engine, enum engine_state state)
{
    pthread_mutex_lock(&engine->lock);
    engine->state = state;
    pthread_cond_signal(&engine->started);
    pthread_mutex_unlock(&engine->lock);
}

static void *engine_main(void *argument)
{
    struct engine *engine = argument;

    pthread_setname_np(pthread_self(), "flb-pipeline");
    if (!parts_open(&engine->parts, &engine->courier)) {
        parts_close(&engine->parts, false);
        set_state(engine, ENGINE_FAILED);
        return NULL;
    }
    set_state(engine, ENGINE_RUNNING);
    engine->next_flush_ns = clock_now_ns() + (int64_t) (engine->parts.settings->flush_s * NS_PER_SECOND);
    drain(engine, read_and_deliver(engine));
    parts_close(&engine->parts, engine->for_reload);
    atomic_store(&engine->has_ended, true);
    engine->ended();
    return NULL;
}

static void free_engine(struct engine *engine)
{
    courier_free(&engine->courier);
    pthread_cond_destroy(&engine->started);
    pthread_mutex_destroy(&engine->lock);
    free(engine);
}

/* Waits until the thread is ready; false when its parts could not be opened, and it has ended. */
static bool await_start(struct engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    while (engine->state == ENGINE_STARTING) {
        pthread_cond_wait(&engine->started, &engine->lock);
    }
    bool ok = engine->state == ENGINE_RUNNING;
    pthread_mutex_unlock(&engine->lock);
    if (!ok) {
        pthread_join(engine->thread, NULL);
    }
    return ok;
}

struct engine *engine_start(const struct parts *parts, engine_ended ended)
{
    struct engine *engine = calloc(1, sizeof(*engine));

    if (engine == NULL) {
        return NULL;
    }
    engine->parts = *parts;
    engine->ended = ended;
    pthread_mutex_init(&engine->lock, NULL);
    pthread_cond_init(&engine->started, NULL);
    if (!courier_init(&engine->courier, parts->settings, parts->outputs)
        || pthread_create(&engine->thread, NULL, engine_main, engine) != 0) {
        host_log(HOST_ERROR, "[engine] cannot start: no file descriptor or thread left");
        free_engine(engine);
        return NULL;
    }
    if (!await_start(engine)) {
        free_engine(engine);
        return NULL;
    }
    return engine;
}

bool engine_has_ended(const struct engine *engine)
{
    return atomic_load(&engine->has_ended);
}

void engine_stop(struct engine *engine, long grace_s, bool for_reload)
{
    engine->grace_s = grace_s;
    engine->for_reload = for_reload;
    atomic_store(&engine->stop, true);
    courier_wake(&engine->courier);
    pthread_join(engine->thread, NULL);
    free_engine(engine);
}
