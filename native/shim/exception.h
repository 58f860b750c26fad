/* Reports Java exceptions that reached C. */
#ifndef GARDENER_EXCEPTION_H
#define GARDENER_EXCEPTION_H

#include <jni.h>
#include <stdbool.h>

/* Looks up the methods that exception_log_pending calls. False, with an exception pending, when the JVM has no memory. */
bool exception_bind(JNIEnv *env);

/*
 * Clears the pending exception, if any, and logs it with its causes in one line after `what`. Returns false when
 * none is pending. Leaves no local reference behind.
 */
bool exception_log_pending(JNIEnv *env, const char *what);

#endif
