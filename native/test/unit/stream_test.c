#include "stream.h"

#include "check.h"

static const struct timespec TIME = {.tv_sec = 1};

static void append(struct stream *stream, size_t length)
{
    char *text = calloc(1, length + 1);

    stream_append(stream, &TIME, "log", text, length);
    free(text);
}

static void should_keep_one_stream_for_a_tag(void)
{
    struct streams streams;
    streams_init(&streams, MSGPACK_SHORT);

    struct stream *a = streams_of(&streams, "a");
    CHECK(streams_of(&streams, "b") != a);
    CHECK(streams_of(&streams, "a") == a);
    streams_free(&streams);
}

static void should_keep_a_chunk_until_it_is_full(void)
{
    struct streams streams;
    streams_init(&streams, MSGPACK_SHORT);
    struct stream *stream = streams_of(&streams, "a");

    append(stream, CHUNK_FULL_BYTES - 100);
    CHECK(streams_take(&streams) == NULL);
    append(stream, 200);
    append(stream, 1);
    struct chunk *full = streams_take(&streams);
    CHECK(full != NULL && full->size > CHUNK_FULL_BYTES);
    CHECK_TEXT(full->tag, "a");
    CHECK(streams_take(&streams) == NULL);

    streams_seal(&streams);
    struct chunk *rest = streams_take(&streams);
    CHECK(rest != NULL && rest->size == 20);
    chunk_release(full);
    chunk_release(rest);
    streams_free(&streams);
}

static void should_give_chunks_in_the_order_in_which_they_became_ready(void)
{
    struct streams streams;
    streams_init(&streams, MSGPACK_SHORT);
    struct stream *a = streams_of(&streams, "a");
    struct stream *b = streams_of(&streams, "b");

    append(a, 1);
    append(b, CHUNK_FULL_BYTES);
    streams_seal(&streams);
    streams_seal(&streams);
    struct chunk *first = streams_take(&streams);
    struct chunk *second = streams_take(&streams);
    CHECK_TEXT(first->tag, "b");
    CHECK_TEXT(second->tag, "a");
    CHECK(streams_take(&streams) == NULL);
    append(a, 1);
    streams_seal(&streams);
    struct chunk *third = streams_take(&streams);
    CHECK(third != NULL);
    chunk_release(first);
    chunk_release(second);
    chunk_release(third);
    streams_free(&streams);
}

static void should_count_the_bytes_that_are_alive(void)
{
    struct streams streams;
    streams_init(&streams, MSGPACK_SHORT);

    append(streams_of(&streams, "a"), 1);
    CHECK(atomic_load(&streams.held) == 20);
    streams_seal(&streams);
    struct chunk *chunk = streams_take(&streams);
    chunk_retain(chunk);
    chunk_release(chunk);
    CHECK(atomic_load(&streams.held) == 20);
    chunk_release(chunk);
    CHECK(atomic_load(&streams.held) == 0);
    streams_free(&streams);
}

int main(void)
{
    RUN(should_keep_one_stream_for_a_tag);
    RUN(should_keep_a_chunk_until_it_is_full);
    RUN(should_give_chunks_in_the_order_in_which_they_became_ready);
    RUN(should_count_the_bytes_that_are_alive);
}
