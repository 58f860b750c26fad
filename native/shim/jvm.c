#include "jvm.h"

#include <dlfcn.h>
#include <errno.h>
#include <jni.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fluent_bit.h"
#include "log.h"
#include "options.h"
#include "paths.h"
#include "signals.h"

/* Starting takes Java code of some depth; the thread ends right after it. */
enum { STARTER_STACK_BYTES = 2 * 1024 * 1024 };

typedef jint(JNICALL *create_fn)(JavaVM **, void **, void *);

static pthread_mutex_t start_lock = PTHREAD_MUTEX_INITIALIZER;
static JavaVM *jvm;

/* What the JVM writes for its user goes to the host's log: it has no terminal of its own. */
static jint JNICALL print_to_host(FILE *stream, const char *format, va_list args)
{
    char text[1024];
    int length = vsnprintf(text, sizeof(text), format, args);

    if (stream != stdout && stream != stderr) {
        return vfprintf(stream, format, args);
    }
    size_t end = strlen(text);
    while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == ' ')) {
        text[--end] = '\0';
    }
    if (end > 0) {
        log_line(FLB_LOG_WARN, "the JVM says: %s", text);
    }
    return length;
}

static bool create(create_fn create_vm, struct jvm_options *options, JNIEnv **env)
{
    JavaVMOption list[MAX_JVM_OPTIONS + 1];
    JavaVMInitArgs args = {
        .version = JNI_VERSION_10, .nOptions = options->count + 1, .options = list, .ignoreUnrecognized = JNI_FALSE};

    list[0] = (JavaVMOption){.optionString = "vfprintf", .extraInfo = (void *) print_to_host};
    for (int i = 0; i < options->count; i++) {
        list[i + 1] = (JavaVMOption){.optionString = options->text[i]};
    }
    jint error = create_vm(&jvm, (void **) env, &args);
    if (error != JNI_OK) {
        jvm = NULL;
        log_line(FLB_LOG_ERROR,
                 "the JVM does not start (JNI error %d); check GARDENER_PLUGIN_JAVA_OPTS (%s) and the memory "
                 "that is free",
                 (int) error, getenv("GARDENER_PLUGIN_JAVA_OPTS") == NULL ? "not set" : getenv("GARDENER_PLUGIN_JAVA_OPTS"));
        return false;
    }
    return true;
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
    bool ok = paths_find_jvm(home, &place);
    if (!ok) {
        log_line(FLB_LOG_ERROR,
                 "no JVM found, Java 17 or newer is needed; looked at: %s; install a JDK or set "
                 "GARDENER_PLUGIN_JAVA_HOME",
                 place.looked_at);
    }
    ok = ok && options_build(&options, home, class_path);
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
    ok = ok && create(create_vm, &options, env);
    options_free(&options);
    return ok;
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
    if (!load_and_create(home, &env)) {
        return NULL;
    }
    signals_keep();
    starter->ok = starter->started(env);
    (*jvm)->DetachCurrentThread(jvm);
    return NULL;
}

/* All signals but those that the JVM lives on are the host's: the JVM's threads inherit this mask. */
static void block_host_signals(sigset_t *before)
{
    sigset_t mask;

    sigfillset(&mask);
    sigdelset(&mask, SIGSEGV);
    sigdelset(&mask, SIGBUS);
    sigdelset(&mask, SIGFPE);
    sigdelset(&mask, SIGILL);
    pthread_sigmask(SIG_SETMASK, &mask, before);
}

static bool run_starter(struct starter *starter)
{
    pthread_t thread;
    pthread_attr_t attributes;
    sigset_t before;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STARTER_STACK_BYTES);
    block_host_signals(&before);
    int error = pthread_create(&thread, &attributes, start_main, starter);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
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

void jvm_detach(void)
{
    (*jvm)->DetachCurrentThread(jvm);
}
