#include "attached.h"

#include <pthread.h>
#include <stdlib.h>

#include "fluent_bit.h"
#include "jvm.h"
#include "log.h"
#include "thread.h"

/* Room for the deepest Java call of the plugin, its guard pages, and the native code below it. */
enum { ATTACHED_STACK_BYTES = 512 * 1024 };

enum attached_state { ATTACHED_IDLE, ATTACHED_RUNNING, ATTACHED_ENDING };

struct attached_thread {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    enum attached_state state;
    bool attached;
    bool failed;
    attached_task task;
    void *argument;
};

static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static pthread_key_t attached_key;

static void free_attached(struct attached_thread *thread)
{
    pthread_cond_destroy(&thread->changed);
    pthread_mutex_destroy(&thread->lock);
    free(thread);
}

static void *attached_main(void *argument)
{
    struct attached_thread *thread = argument;
    void *env = jvm_attach("gardener-call");

    pthread_mutex_lock(&thread->lock);
    thread->attached = env != NULL;
    thread->failed = env == NULL;
    pthread_cond_signal(&thread->changed);
    while (env != NULL && thread->state != ATTACHED_ENDING) {
        if (thread->state == ATTACHED_RUNNING) {
            pthread_mutex_unlock(&thread->lock);
            thread->task(env, thread->argument);
            pthread_mutex_lock(&thread->lock);
            thread->state = ATTACHED_IDLE;
            pthread_cond_signal(&thread->changed);
        }
        else {
            pthread_cond_wait(&thread->changed, &thread->lock);
        }
    }
    pthread_mutex_unlock(&thread->lock);

    if (env != NULL) {
        jvm_detach();
    }
    return NULL;
}

/* Called when the host's thread ends. Its attached thread is idle now, and ends before it. */
static void stop_attached(void *value)
{
    struct attached_thread *thread = value;

    pthread_mutex_lock(&thread->lock);
    thread->state = ATTACHED_ENDING;
    pthread_cond_signal(&thread->changed);
    pthread_mutex_unlock(&thread->lock);
    pthread_join(thread->thread, NULL);
    free_attached(thread);
}

static void make_key(void)
{
    if (pthread_key_create(&attached_key, stop_attached) != 0) {
        abort();
    }
}

static struct attached_thread *create_attached(void)
{
    struct attached_thread *thread = calloc(1, sizeof(*thread));

    if (thread == NULL) {
        return NULL;
    }
    pthread_mutex_init(&thread->lock, NULL);
    pthread_cond_init(&thread->changed, NULL);
    if (thread_start(&thread->thread, ATTACHED_STACK_BYTES, attached_main, thread) != 0) {
        free_attached(thread);
        return NULL;
    }
    pthread_mutex_lock(&thread->lock);
    while (!thread->attached && !thread->failed) {
        pthread_cond_wait(&thread->changed, &thread->lock);
    }
    bool failed = thread->failed;
    pthread_mutex_unlock(&thread->lock);
    if (failed) {
        pthread_join(thread->thread, NULL);
        free_attached(thread);
        return NULL;
    }
    return thread;
}

static struct attached_thread *get_attached(void)
{
    pthread_once(&key_once, make_key);
    struct attached_thread *thread = pthread_getspecific(attached_key);

    if (thread != NULL) {
        return thread;
    }
    thread = create_attached();
    if (thread != NULL && pthread_setspecific(attached_key, thread) != 0) {
        stop_attached(thread);
        thread = NULL;
    }
    if (thread == NULL) {
        log_line(FLB_LOG_ERROR, "cannot start a thread for Java: no memory or too many threads");
    }
    return thread;
}

bool attached_run(attached_task task, void *argument)
{
    struct attached_thread *thread = get_attached();

    if (thread == NULL) {
        return false;
    }
    pthread_mutex_lock(&thread->lock);
    thread->task = task;
    thread->argument = argument;
    thread->state = ATTACHED_RUNNING;
    pthread_cond_signal(&thread->changed);
    while (thread->state == ATTACHED_RUNNING) {
        pthread_cond_wait(&thread->changed, &thread->lock);
    }
    pthread_mutex_unlock(&thread->lock);
    return true;
}
