/*
 * The three calls into Java. Each runs on the attached thread of the calling thread, lets no exception through, and
 * may be made from any thread, on any stack.
 */
#ifndef GARDENER_BRIDGE_H
#define GARDENER_BRIDGE_H

#include <stddef.h>

typedef const char *(*property_fn)(const char *key, void *output);

/*
 * Starts an output with the host's properties for it. Returns NULL when it cannot start, after the reason was
 * logged.
 */
void *bridge_open(property_fn property, void *host_output);

/* Passes a chunk to Java. Returns FLB_OK, FLB_RETRY or FLB_ERROR. */
int bridge_flush(void *output, const void *data, size_t size, const char *tag);

/*
 * Stops an output. Takes as long as Java's close: the grace and a few seconds at most. Ignores NULL, an output that
 * never started: the host also ends those when the start of another one fails.
 */
void bridge_close(void *output);

#endif
