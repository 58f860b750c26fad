/*
 * The JVM of the process: found, started once, and stopped only by the exit of the process (a JVM cannot be
 * unloaded). Thread-safe.
 */
#ifndef GARDENER_JVM_H
#define GARDENER_JVM_H

#include <stdbool.h>

/* Called on the thread that starts the JVM, right after the start; `env` is its JNIEnv. Returns false on failure. */
typedef bool (*jvm_started)(void *env);

/*
 * Starts the JVM unless it runs already. Uses a separate thread, because the caller may run on a coroutine. Calls
 * `started` after the first start. Returns false when that or an earlier step failed, after the reason was logged in
 * one line.
 */
bool jvm_start(jvm_started started);

/* Attaches the calling thread as a daemon. Returns NULL on failure. */
void *jvm_attach(const char *thread_name);

/*
 * Takes the unused pages of the JVM's files out of the process. The JVM's start uses nearly all of the AOT cache and
 * most of the JVM's library. Of the part that is only read, 7 MB are not used again. It takes 8 ms.
 */
void jvm_release_pages(void);

/* Detaches the calling thread. */
void jvm_detach(void);

#endif
