/*
 * Runs a function on a separate small stack in heap memory, as Fluent Bit runs a plugin's flush: without guard
 * pages, unknown to the thread, and of a few tens of KiB.
 */
#ifndef HOST_COROUTINE_H
#define HOST_COROUTINE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The size in Fluent Bit 4.2: one and a half times the minimum stack of a thread, 16 KiB. Fluent Bit 5.1 has 64 KiB;
 * the smaller one is the harder test.
 */
enum { COROUTINE_STACK_BYTES = 3 * 16384 / 2 };

typedef void (*coroutine_fn)(void *argument);

/* Runs a function to its end. False when there is no memory for the stack; it has then not run. */
bool coroutine_run(coroutine_fn function, void *argument, size_t stack_bytes);

#endif
