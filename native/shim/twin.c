#include "twin.h"

#include <pthread.h>
#include <stdlib.h>

#include "fluent_bit.h"
#include "jvm.h"
#include "log.h"
#include "thread.h"

/* Room for the deepest Java call of the plugin, its guard pages, and the native code below it. */
enum { TWIN_STACK_BYTES = 512 * 1024 };

enum twin_state { TWIN_IDLE, TWIN_RUNNING, TWIN_ENDING };

struct twin {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    enum twin_state state;
    bool attached;
    bool failed;
    twin_task task;
    void *argument;
};

static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static pthread_key_t twin_key;

static void free_twin(struct twin *twin)
{
    pthread_cond_destroy(&twin->changed);
    pthread_mutex_destroy(&twin->lock);
    free(twin);
}

static void *twin_main(void *argument)
{
    struct twin *twin = argument;
    void *env = jvm_attach("gardener-twin");

    pthread_mutex_lock(&twin->lock);
    twin->attached = env != NULL;
    twin->failed = env == NULL;
    pthread_cond_signal(&twin->changed);
    while (env != NULL && twin->state != TWIN_ENDING) {
        if (twin->state == TWIN_RUNNING) {
            pthread_mutex_unlock(&twin->lock);
            twin->task(env, twin->argument);
            pthread_mutex_lock(&twin->lock);
            twin->state = TWIN_IDLE;
            pthread_cond_signal(&twin->changed);
        }
        else {
            pthread_cond_wait(&twin->changed, &twin->lock);
        }
    }
    pthread_mutex_unlock(&twin->lock);

    if (env != NULL) {
        jvm_detach();
    }
    return NULL;
}

/* Called when the host's thread ends. Its twin is idle now, and ends before it. */
static void end_twin(void *value)
{
    struct twin *twin = value;

    pthread_mutex_lock(&twin->lock);
    twin->state = TWIN_ENDING;
    pthread_cond_signal(&twin->changed);
    pthread_mutex_unlock(&twin->lock);
    pthread_join(twin->thread, NULL);
    free_twin(twin);
}

static void make_key(void)
{
    if (pthread_key_create(&twin_key, end_twin) != 0) {
        abort();
    }
}

static struct twin *make_twin(void)
{
    struct twin *twin = calloc(1, sizeof(*twin));

    if (twin == NULL) {
        return NULL;
    }
    pthread_mutex_init(&twin->lock, NULL);
    pthread_cond_init(&twin->changed, NULL);
    if (thread_start(&twin->thread, TWIN_STACK_BYTES, twin_main, twin) != 0) {
        free_twin(twin);
        return NULL;
    }
    pthread_mutex_lock(&twin->lock);
    while (!twin->attached && !twin->failed) {
        pthread_cond_wait(&twin->changed, &twin->lock);
    }
    bool failed = twin->failed;
    pthread_mutex_unlock(&twin->lock);
    if (failed) {
        pthread_join(twin->thread, NULL);
        free_twin(twin);
        return NULL;
    }
    return twin;
}

static struct twin *own_twin(void)
{
    pthread_once(&key_once, make_key);
    struct twin *twin = pthread_getspecific(twin_key);

    if (twin != NULL) {
        return twin;
    }
    twin = make_twin();
    if (twin != NULL && pthread_setspecific(twin_key, twin) != 0) {
        end_twin(twin);
        twin = NULL;
    }
    if (twin == NULL) {
        log_line(FLB_LOG_ERROR, "cannot start a thread for Java: no memory or too many threads");
    }
    return twin;
}

bool twin_run(twin_task task, void *argument)
{
    struct twin *twin = own_twin();

    if (twin == NULL) {
        return false;
    }
    pthread_mutex_lock(&twin->lock);
    twin->task = task;
    twin->argument = argument;
    twin->state = TWIN_RUNNING;
    pthread_cond_signal(&twin->changed);
    while (twin->state == TWIN_RUNNING) {
        pthread_cond_wait(&twin->changed, &twin->lock);
    }
    pthread_mutex_unlock(&twin->lock);
    return true;
}
