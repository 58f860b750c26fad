/*
 * The chunks of one input: one that is being filled for each tag, and those that are ready for the
 * outputs. Belongs to the engine's thread.
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
    atomic_size_t held; /* bytes of all its chunks that are alive, those at the outputs too */
};

struct stream {
    struct stream *next;
    struct streams *owner;
    char *tag;
    struct chunk *open; /* NULL until the next event */
};

/* Its events will have this form. */
void streams_init(struct streams *streams, enum msgpack_form form);

/* The stream of a tag, made at the first call. NULL: no memory. */
struct stream *streams_of(struct streams *streams, const char *tag);

/* Appends the event {key: text}. An event for which there is no memory is lost, and a line says so. */
void stream_append(struct stream *stream, const struct timespec *time, const char *key, const char *text,
                   size_t length);

/* Makes the chunks that are being filled ready. */
void streams_seal(struct streams *streams);

/* Takes the oldest ready chunk and its user's duty; NULL when there is none. */
struct chunk *streams_take(struct streams *streams);

/* Frees the streams. Their chunks must have been taken and released. */
void streams_free(struct streams *streams);

#endif
