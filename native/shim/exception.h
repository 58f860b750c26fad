/* Java exceptions that reached C. */
#ifndef GARDENER_EXCEPTION_H
#define GARDENER_EXCEPTION_H

#include <jni.h>
#include <stdbool.h>

/* Finds what the other call needs; false, with an exception pending, when the JVM has no memory. */
bool exception_bind(JNIEnv *env);

/*
 * Clears the pending exception, if there is one, and logs it with its causes in one line after what.
 * False when there is none. Leaves no local reference behind.
 */
bool exception_logged(JNIEnv *env, const char *what);

#endif
