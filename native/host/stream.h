/*
 * The chunks of one input: for each tag the one that is being filled, and those that are ready for the outputs.
 * Belongs to the engine's thread.
 */
#ifndef HOST_STREAM_H
#define HOST_STREAM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "chunk.h"
#include "msgpack.h"

struct streams {
    enum msgpack_form form;
    struct stream *first;
    struct chunk *ready; /* in the order in which they became ready */
    struct chunk **ready_end;
    atomic_size_t held; /* bytes of all its existing chunks, including those at the outputs */
};

struct stream {
    struct stream *next;
    struct streams *owner;
    char *tag;
    struct chunk *open; /* NULL until the next event */
};

/* Initializes streams whose events have this form. */
void streams_init(struct streams *streams, enum msgpack_form form);

/* The stream of a tag, created at the first call. NULL when there is no memory. */
struct stream *streams_of(struct streams *streams, const char *tag);

/* Appends the event {key: text}. When there is no memory, the event is lost, and a line is logged. */
void stream_append(struct stream *stream, const struct timespec *time, const char *key, const char *text,
                   size_t length);

/* Makes the chunks that are being filled ready. */
void streams_seal(struct streams *streams);

/* Takes the oldest ready chunk, which the caller must release; NULL when there is none. */
struct chunk *streams_take(struct streams *streams);

/* Frees the streams. Their chunks must have been taken and released. */
void streams_free(struct streams *streams);

#endif
