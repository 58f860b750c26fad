/*
 * The three calls into Java. Each runs on the calling thread's twin, lets no exception through, and
 * may be made from any thread, on any stack.
 */
#ifndef GARDENER_BRIDGE_H
#define GARDENER_BRIDGE_H

#include <stddef.h>

typedef const char *(*property_fn)(const char *key, void *output);

/*
 * Starts an output with the properties that the host has for it. NULL when it cannot start; the reason
 * has then been logged.
 */
void *bridge_open(property_fn property, void *host_output);

/* Hands a chunk over; FLB_OK, FLB_RETRY or FLB_ERROR. */
int bridge_flush(void *output, const void *data, size_t size, const char *tag);

/*
 * Stops an output. Takes as long as Java's close: the grace and a few seconds at the most. NULL, an
 * output that never started (the host ends those too when another one's start fails), is left alone.
 */
void bridge_close(void *output);

#endif
