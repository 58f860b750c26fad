/* Threads for Java: with a given stack size, and without the host's signals. */
#ifndef GARDENER_THREAD_H
#define GARDENER_THREAD_H

#include <pthread.h>
#include <stddef.h>

/*
 * Starts a thread; returns 0 or an error number. All signals except those that the JVM needs are blocked in it, and
 * in the threads that it starts: they are the host's.
 */
int thread_start(pthread_t *thread, size_t stack_bytes, void *(*thread_main)(void *), void *argument);

#endif
