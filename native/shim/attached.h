/*
 * Attached threads run Java for the host's threads. Fluent Bit flushes on coroutines, whose stacks are a few tens of
 * KiB of heap. Java checks its stack against the thread's, so it cannot run there. Each calling thread of the host
 * therefore has an attached thread: one with a real stack, attached to the JVM as a daemon. It is created at the
 * first call and ends before the host's thread does, because the host may join its threads and count them.
 */
#ifndef GARDENER_ATTACHED_H
#define GARDENER_ATTACHED_H

#include <stdbool.h>

/* The function that an attached thread runs; `env` is the JNIEnv of its thread. */
typedef void (*attached_task)(void *env, void *argument);

/*
 * Runs `task` on the calling thread's attached thread and waits for its end. Returns false when there is none and none
 * can be created (no memory, too many threads); the task has then not run.
 */
bool attached_run(attached_task task, void *argument);

#endif
