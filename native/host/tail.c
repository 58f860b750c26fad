/*
 * Tails files: every line of every file that Path matches becomes an event. It follows appends, and files that
 * appear, are rotated away, or are truncated. It polls. An incomplete line is read again when its rest has arrived,
 * so only an offset is kept for a file.
 */
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "follow.h"
#include "input.h"
#include "log.h"
#include "values.h"

/* A longer line becomes several events. */
enum { BUFFER_BYTES = 512 * 1024 };

/* How often files that were read to their end are checked. */
enum { POLL_MS = 20 };

struct tail {
    struct follow follow;
    const char *key;
    bool exit_on_eof;
    int64_t refresh_ns;
    int64_t next_scan_ns;
    char buffer[BUFFER_BYTES];
};

static const char *const KEYS[] = {"Path", "Read_from_Head", "Refresh_Interval", "Exit_On_Eof", "DB", "Key",
                                   NULL};

static void scan(struct tail *tail, bool from_head)
{
    follow_scan(&tail->follow, from_head);
    tail->next_scan_ns = clock_now_ns() + tail->refresh_ns;
}

/* Appends the complete lines of the buffer, and a full buffer without a line end, too. Returns the bytes used. */
static size_t append_lines(struct tail *tail, struct stream *stream, size_t length)
{
    struct timespec now;
    const char *line = tail->buffer;
    const char *end = tail->buffer + length;
    const char *newline;

    clock_gettime(CLOCK_REALTIME, &now);
    while ((newline = memchr(line, '\n', (size_t) (end - line))) != NULL) {
        size_t size = (size_t) (newline - line);
        if (size > 0 && line[size - 1] == '\r') {
            size--;
        }
        stream_append(stream, &now, tail->key, line, size);
        line = newline + 1;
    }
    if (line == tail->buffer && length == sizeof(tail->buffer)) {
        stream_append(stream, &now, tail->key, line, length);
        return length;
    }
    return (size_t) (line - tail->buffer);
}

static enum input_state tail_read(struct input *input)
{
    struct tail *tail = input->state;
    bool more = false;

    if (tail->next_scan_ns - clock_now_ns() <= 0) {
        scan(tail, true);
    }
    for (struct followed *file = tail->follow.files; file != NULL; file = file->next) {
        size_t length = follow_read(&tail->follow, file, tail->buffer, sizeof(tail->buffer));
        size_t taken = length == 0 ? 0 : append_lines(tail, file->stream, length);
        follow_consume(&tail->follow, file, taken);
        more |= taken > 0;
    }
    if (more) {
        return INPUT_MORE;
    }
    input->next_ns = clock_now_ns() + POLL_MS * NS_PER_MS;
    return tail->exit_on_eof ? INPUT_ENDED : INPUT_IDLE;
}

static bool tail_open(struct input *input)
{
    struct tail *tail = calloc(1, sizeof(*tail));
    const char *refresh = input_value(input, "Refresh_Interval", "60");
    double refresh_s;
    bool from_head;

    input->state = tail;
    if (tail == NULL) {
        return false;
    }
    tail->follow = (struct follow){
        .input = input->name,
        .pattern = input_value(input, "Path", NULL),
        .tag = input_value(input, "Tag", input->name),
        .offsets = input_value(input, "DB", NULL),
        .streams = &input->streams,
    };
    tail->key = input_value(input, "Key", "log");
    if (tail->follow.pattern == NULL) {
        host_log(HOST_ERROR, "[input:%s] no Path: which files shall it read?", input->name);
        return false;
    }
    if (!value_seconds(refresh, &refresh_s)) {
        host_log(HOST_ERROR, "[input:%s] Refresh_Interval '%s' is no number of seconds", input->name, refresh);
        return false;
    }
    tail->refresh_ns = (int64_t) (refresh_s * NS_PER_SECOND);
    if (!input_switch(input, "Read_from_Head", false, &from_head)
        || !input_switch(input, "Exit_On_Eof", false, &tail->exit_on_eof)) {
        return false;
    }
    scan(tail, from_head);
    return true;
}

static void tail_flushed(struct input *input)
{
    struct tail *tail = input->state;

    follow_save(&tail->follow);
}

static void tail_close(struct input *input)
{
    struct tail *tail = input->state;

    if (tail != NULL) {
        follow_free(&tail->follow);
    }
    free(tail);
}

const struct input_kind input_tail = {
    .name = "tail",
    .form = MSGPACK_WIDE,
    .keys = KEYS,
    .open = tail_open,
    .read = tail_read,
    .flushed = tail_flushed,
    .close = tail_close,
};
