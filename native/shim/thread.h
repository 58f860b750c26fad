/* Threads for Java: with a stack of a chosen size, and without the host's signals. */
#ifndef GARDENER_THREAD_H
#define GARDENER_THREAD_H

#include <pthread.h>
#include <stddef.h>

/*
 * Starts a thread; 0 or an error number. All signals but those that the JVM lives on are blocked in it,
 * and in the threads that it starts: they are the host's.
 */
int thread_start(pthread_t *thread, size_t stack_bytes, void *(*thread_main)(void *), void *argument);

#endif
