/*
 * The JVM of the process: found, started once, stopped only by the process's exit (a JVM cannot be
 * unloaded). Thread-safe.
 */
#ifndef GARDENER_JVM_H
#define GARDENER_JVM_H

#include <stdbool.h>

/* What to do on the thread that starts the JVM, right after it: env is its JNIEnv. False: failed. */
typedef bool (*jvm_started)(void *env);

/*
 * Starts the JVM, or finds it alive, on a thread of ours: the calling one may be a coroutine's. The
 * first time, started is called. False when that, or anything before it, failed; the reason has then
 * been logged in one line.
 */
bool jvm_start(jvm_started started);

/* Attaches the calling thread as a daemon; NULL on failure. */
void *jvm_attach(const char *thread_name);

/* Detaches the calling thread. */
void jvm_detach(void);

#endif
