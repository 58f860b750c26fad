#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "files.h"
#include "input.h"

/* Bytes of an event before the head of its text. */
enum { HEAD_BYTES = 34 };

static struct config *config;
static struct input *input;

/* A tail of *.log with additional lines of configuration. */
static void open_tail(const char *more)
{
    char text[8192];
    char error[256];

    snprintf(text, sizeof(text), "[INPUT]\n Name tail\n Tag t.*\n Path %s\n Refresh_Interval 0\n%s",
             test_path("*.log"), more);
    config = config_read(test_write("tail.conf", text), error, sizeof(error));
    input = input_new(config_next(config, "INPUT", NULL), 0);
    CHECK(input != NULL && input->kind->open(input));
}

static void close_tail(void)
{
    input->kind->close(input);
    input_free(input);
    config_free(config);
    CHECK(remove(test_path("a.log")) == 0);
}

static void append(const char *text)
{
    FILE *file = fopen(test_path("a.log"), "ae");

    fputs(text, file);
    CHECK(fclose(file) == 0);
}

/* Reads all events; returns their texts, joined by |. Texts are shorter than 32 bytes here. */
static const char *read_events(void)
{
    static char joined[1024];

    while (input_read(input) == INPUT_MORE) {
    }
    streams_seal(&input->streams);
    joined[0] = '\0';
    for (struct chunk *chunk = streams_take(&input->streams); chunk != NULL;
         chunk = streams_take(&input->streams)) {
        for (size_t at = HEAD_BYTES; at < chunk->size;) {
            size_t length = chunk->data[at] & 0x1f;
            snprintf(joined + strlen(joined), sizeof(joined) - strlen(joined), "%.*s|", (int) length,
                     (const char *) chunk->data + at + 1);
            at += 1 + length + HEAD_BYTES;
        }
        chunk_release(chunk);
    }
    input->kind->flushed(input);
    return joined;
}

static void should_read_from_the_end_unless_told_otherwise(void)
{
    append("old\n");
    open_tail("");
    CHECK_TEXT(read_events(), "");
    append("new\n");
    CHECK_TEXT(read_events(), "new|");
    close_tail();
}

static void should_wait_for_the_rest_of_a_line(void)
{
    append("one\ntw");
    open_tail(" Read_from_Head On\n");
    CHECK_TEXT(read_events(), "one|");
    append("o");
    CHECK_TEXT(read_events(), "");
    append("\r\n\nthree\n");
    CHECK_TEXT(read_events(), "two||three|");
    close_tail();
}

static void should_read_a_file_that_appears_later_from_its_head(void)
{
    open_tail("");
    append("first\n");
    CHECK_TEXT(read_events(), "first|");
    close_tail();
}

static void should_read_a_rotated_file_to_its_end_and_the_new_one(void)
{
    append("one\n");
    open_tail(" Read_from_Head On\n");
    CHECK_TEXT(read_events(), "one|");
    append("two\n");
    CHECK(rename(test_path("a.log"), test_path("a.log.1")) == 0);
    append("three\n");
    const char *events = read_events();
    CHECK(strstr(events, "two|") != NULL && strstr(events, "three|") != NULL && strlen(events) == 10);
    close_tail();
}

static void should_read_a_truncated_file_from_its_head(void)
{
    append("a long line\n");
    open_tail(" Read_from_Head On\n");
    CHECK_TEXT(read_events(), "a long line|");
    CHECK(truncate(test_path("a.log"), 0) == 0);
    append("new\n");
    CHECK_TEXT(read_events(), "new|");
    close_tail();
}

static void should_go_on_where_it_was_when_there_are_saved_offsets(void)
{
    char db[4200];

    snprintf(db, sizeof(db), " Read_from_Head On\n DB %s\n", test_path("offsets"));
    append("one\n");
    open_tail(db);
    CHECK_TEXT(read_events(), "one|");
    input->kind->close(input);
    input_free(input);
    config_free(config);
    append("two\n");
    open_tail(db);
    CHECK_TEXT(read_events(), "two|");
    close_tail();
}

static void should_end_at_the_end_of_the_file_when_told_so(void)
{
    append("one\n");
    open_tail(" Read_from_Head On\n Exit_On_Eof On\n");
    CHECK(input_read(input) == INPUT_MORE);
    CHECK(input_read(input) == INPUT_ENDED);
    CHECK_TEXT(read_events(), "one|");
    close_tail();
}

static void should_pause_while_its_chunks_hold_too_much(void)
{
    append("0123456789\n0123456789\n");
    open_tail(" Read_from_Head On\n Mem_Buf_Limit 80\n");
    CHECK(input_read(input) == INPUT_MORE);
    append("more\n");
    CHECK(input_read(input) == INPUT_IDLE && input->paused);
    CHECK_TEXT(read_events(), "0123456789|0123456789|");
    CHECK_TEXT(read_events(), "more|");
    CHECK(!input->paused);
    close_tail();
}

static void should_cut_a_line_that_does_not_fit_its_buffer(void)
{
    enum { LENGTH = 1200 * 1000 };
    size_t size = 0;
    int chunks = 0;
    FILE *file = fopen(test_path("a.log"), "we");

    for (int i = 0; i < LENGTH; i++) {
        putc('x', file);
    }
    putc('\n', file);
    CHECK(fclose(file) == 0);
    open_tail(" Read_from_Head On\n");
    while (input_read(input) == INPUT_MORE) {
    }
    streams_seal(&input->streams);
    for (struct chunk *chunk = streams_take(&input->streams); chunk != NULL;
         chunk = streams_take(&input->streams)) {
        size += chunk->size;
        chunks++;
        chunk_release(chunk);
    }
    CHECK(chunks == 1);
    CHECK(size == LENGTH + 3 * (HEAD_BYTES + 5)); /* three events with the longest head of a text */
    close_tail();
}

int main(void)
{
    RUN(should_read_from_the_end_unless_told_otherwise);
    RUN(should_wait_for_the_rest_of_a_line);
    RUN(should_read_a_file_that_appears_later_from_its_head);
    RUN(should_read_a_rotated_file_to_its_end_and_the_new_one);
    RUN(should_read_a_truncated_file_from_its_head);
    RUN(should_go_on_where_it_was_when_there_are_saved_offsets);
    RUN(should_end_at_the_end_of_the_file_when_told_so);
    RUN(should_pause_while_its_chunks_hold_too_much);
    RUN(should_cut_a_line_that_does_not_fit_its_buffer);
}
