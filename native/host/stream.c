#include "stream.h"

#include <stdlib.h>
#include <string.h>

#include "log.h"

void streams_init(struct streams *streams, enum msgpack_form form)
{
    streams->form = form;
    streams->first = NULL;
    streams->ready = NULL;
    streams->ready_end = &streams->ready;
    atomic_init(&streams->held, 0);
}

struct stream *streams_of(struct streams *streams, const char *tag)
{
    struct stream *stream = streams->first;

    while (stream != NULL && strcmp(stream->tag, tag) != 0) {
        stream = stream->next;
    }
    if (stream != NULL) {
        return stream;
    }
    stream = calloc(1, sizeof(*stream));
    if (stream == NULL) {
        return NULL;
    }
    stream->tag = strdup(tag);
    if (stream->tag == NULL) {
        free(stream);
        return NULL;
    }
    stream->owner = streams;
    stream->next = streams->first;
    streams->first = stream;
    return stream;
}

static void seal(struct stream *stream)
{
    struct streams *streams = stream->owner;

    *streams->ready_end = stream->open;
    streams->ready_end = &stream->open->next;
    stream->open = NULL;
}

void stream_append(struct stream *stream, const struct timespec *time, const char *key, const char *text,
                   size_t length)
{
    size_t key_length = strlen(key);

    if (stream->open == NULL) {
        stream->open = chunk_new(stream->tag, &stream->owner->held);
    }
    if (stream->open == NULL
        || !chunk_reserve(stream->open, MSGPACK_EVENT_OVERHEAD + key_length + length)) {
        host_log(HOST_ERROR, "[input] no memory for an event of %zu bytes, it is lost", length);
        return;
    }
    unsigned char *start = stream->open->data + stream->open->size;
    unsigned char *end = msgpack_event(start, stream->owner->form, time, key, key_length, text, length);
    chunk_commit(stream->open, (size_t) (end - start));
    if (stream->open->size >= CHUNK_FULL_BYTES) {
        seal(stream);
    }
}

void streams_seal(struct streams *streams)
{
    for (struct stream *stream = streams->first; stream != NULL; stream = stream->next) {
        if (stream->open != NULL && stream->open->size > 0) {
            seal(stream);
        }
    }
}

struct chunk *streams_take(struct streams *streams)
{
    struct chunk *chunk = streams->ready;

    if (chunk != NULL) {
        streams->ready = chunk->next;
        if (streams->ready == NULL) {
            streams->ready_end = &streams->ready;
        }
        chunk->next = NULL;
    }
    return chunk;
}

void streams_free(struct streams *streams)
{
    while (streams->first != NULL) {
        struct stream *stream = streams->first;
        streams->first = stream->next;
        free(stream->tag);
        free(stream);
    }
}
