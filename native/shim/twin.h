/*
 * Java twins. Fluent Bit flushes on coroutines whose stacks are a few tens of KiB of heap; Java, which
 * measures its stack against the thread's, cannot run there. So every thread of the host that calls
 * has a twin: a thread with a real stack, attached to the JVM as a daemon, made at the first call and
 * gone before the host's thread is: the host may join its thread and count.
 */
#ifndef GARDENER_TWIN_H
#define GARDENER_TWIN_H

#include <stdbool.h>

/* What a twin runs; env is the JNIEnv of its thread. */
typedef void (*twin_task)(void *env, void *argument);

/*
 * Runs task on the calling thread's twin and waits for its end. False when there is no twin and none
 * can be made (no memory, too many threads); the task has then not run.
 */
bool twin_run(twin_task task, void *argument);

#endif
