#include "jvm.h"

#include <dlfcn.h>
#include <jni.h>
#include <libgen.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fluent_bit.h"
#include "jvm_log.h"
#include "log.h"
#include "memory.h"
#include "options.h"
#include "pages.h"
#include "paths.h"
#include "signals.h"
#include "thread.h"

/* The start and the stop run Java code of some depth. The threads end right after it. */
enum { STACK_BYTES = 2 * 1024 * 1024 };

/* Maximum time for which the exit of the process waits for the end of the JVM, and for its record. */
enum { EXIT_TIMEOUT_S = 5, RECORD_TIMEOUT_S = 600 };

/* The folder in which distributions install JVMs. */
static const char SYSTEM_JVMS[] = "/usr/lib/jvm";

typedef jint(JNICALL *create_fn)(JavaVM **, void **, void *);

static pthread_mutex_t start_lock = PTHREAD_MUTEX_INITIALIZER;
static JavaVM *jvm;
static char jvm_folder[PATH_MAX]; /* of its library */
static time_t exit_timeout_s = EXIT_TIMEOUT_S;

static bool create(create_fn create_vm, struct jvm_options *options, JNIEnv **env)
{
    JavaVMOption list[MAX_JVM_OPTIONS + 1] = {
        {.optionString = "vfprintf", .extraInfo = (void *) jvm_log_print},
    };
    JavaVMInitArgs args = {
        .version = JNI_VERSION_10, .nOptions = options->count + 1, .options = list, .ignoreUnrecognized = JNI_FALSE};

    for (int i = 0; i < options->count; i++) {
        list[i + 1] = (JavaVMOption){.optionString = options->text[i]};
    }
    jint error = create_vm(&jvm, (void **) env, &args);
    if (error != JNI_OK) {
        jvm = NULL;
        jvm_log_start_failure(error);
    }
    return error == JNI_OK;
}

static bool load_and_create(const char *home, JNIEnv **env)
{
    struct jvm_place place;
    struct jvm_options options;

    char *class_path = paths_class_path(home);
    if (class_path == NULL) {
        log_line(FLB_LOG_ERROR, "no jars in %s/lib: copy the folder gardener/ beside output_plugin.so", home);
        return false;
    }
    bool ok = paths_find_jvm(home, SYSTEM_JVMS, &place);
    if (!ok) {
        log_line(FLB_LOG_ERROR,
                 "no JVM found, Java 17 or newer is needed; looked at: %s; install a JDK or set "
                 "GARDENER_PLUGIN_JAVA_HOME",
                 place.searched);
    }
    else if (!options_build(&options, place.library, class_path)) {
        log_line(FLB_LOG_ERROR, "no memory, or more than %d options for the JVM: check GARDENER_PLUGIN_JAVA_OPTS",
                 MAX_JVM_OPTIONS);
        ok = false;
    }
    free(class_path);
    if (!ok) {
        return false;
    }
    create_fn create_vm = NULL;
    void *library = dlopen(place.library, RTLD_NOW | RTLD_GLOBAL);
    if (library != NULL) {
        *(void **) &create_vm = dlsym(library, "JNI_CreateJavaVM");
    }
    if (create_vm == NULL) {
        log_line(FLB_LOG_ERROR, "cannot load the JVM: %s", dlerror());
        ok = false;
    }
    if (ok && options_is_recording(&options)) {
        exit_timeout_s = RECORD_TIMEOUT_S; /* an incomplete record is useless */
    }
    ok = ok && create(create_vm, &options, env);
    options_free(&options);
    snprintf(jvm_folder, sizeof(jvm_folder), "%s", dirname(place.library));
    return ok;
}

static void *destroy_main(void *unused)
{
    (*jvm)->DestroyJavaVM(jvm);
    return unused;
}

/*
 * Stops Java before the exit of the process destroys what the JVM's threads still use: a running thread would crash
 * the process. All Java threads of the plugin are daemons, so the exit waits only for the JVM. If there is another
 * thread, the process ends nevertheless.
 */
static void stop_at_exit(void)
{
    pthread_t thread;
    struct timespec deadline;

    if (thread_start(&thread, STACK_BYTES, destroy_main, NULL) != 0) {
        return;
    }
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += exit_timeout_s;
    pthread_timedjoin_np(thread, NULL, &deadline);
}

struct starter {
    jvm_started started;
    bool ok;
};

static void *start_main(void *argument)
{
    struct starter *starter = argument;
    char home[PATH_MAX];
    JNIEnv *env = NULL;

    if (!paths_home(home, sizeof(home))) {
        log_line(FLB_LOG_ERROR, "cannot tell which folder the plugin was loaded from");
        return NULL;
    }
    memory_tune_malloc();
    signals_before_jvm();
    if (!load_and_create(home, &env)) {
        return NULL;
    }
    signals_after_jvm();
    atexit(stop_at_exit);
    starter->ok = starter->started(env);
    (*jvm)->DetachCurrentThread(jvm);
    return NULL;
}

static bool run_starter(struct starter *starter)
{
    pthread_t thread;
    int error = thread_start(&thread, STACK_BYTES, start_main, starter);

    if (error != 0) {
        log_line(FLB_LOG_ERROR, "cannot start the thread that starts the JVM: %s", strerror(error));
        return false;
    }
    pthread_join(thread, NULL);
    return starter->ok;
}

bool jvm_start(jvm_started started)
{
    static bool ready; /* guarded by start_lock */
    struct starter starter = {.started = started, .ok = false};

    pthread_mutex_lock(&start_lock);
    if (!ready) {
        if (jvm != NULL) {
            log_line(FLB_LOG_ERROR, "the JVM started but the plugin's Java part did not: restart Fluent Bit");
        }
        else {
            ready = run_starter(&starter);
        }
    }
    bool ok = ready;
    pthread_mutex_unlock(&start_lock);
    return ok;
}

void *jvm_attach(const char *thread_name)
{
    JNIEnv *env = NULL;
    JavaVMAttachArgs args = {.version = JNI_VERSION_10, .name = (char *) thread_name, .group = NULL};

    if ((*jvm)->AttachCurrentThreadAsDaemon(jvm, (void **) &env, &args) != JNI_OK) {
        return NULL;
    }
    return env;
}

void jvm_release_pages(void)
{
    pages_release(jvm_folder);
}

void jvm_detach(void)
{
    (*jvm)->DetachCurrentThread(jvm);
}
