/* Reads standard input: every line is an event. At its end the host stops, as Fluent Bit does. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "input.h"
#include "log.h"

/* A longer line becomes several events. */
enum { BUFFER_BYTES = 512 * 1024 };

enum { POLL_MS = 1000 };

struct standard_input {
    struct stream *stream;
    const char *key;
    size_t length; /* of the line that has no end yet */
    char buffer[BUFFER_BYTES];
};

static const char *const KEYS[] = {"Key", NULL};

static bool stdin_open(struct input *input)
{
    struct standard_input *in = calloc(1, sizeof(*in));

    input->state = in;
    if (in == NULL) {
        return false;
    }
    in->key = input_value(input, "Key", "log");
    in->stream = streams_of(&input->streams, input_value(input, "Tag", input->name));
    input->fd = STDIN_FILENO;
    return in->stream != NULL;
}

static void append_lines(struct standard_input *in, bool whole)
{
    struct timespec now;
    char *line = in->buffer;
    char *end = in->buffer + in->length;
    char *newline;

    clock_gettime(CLOCK_REALTIME, &now);
    while ((newline = memchr(line, '\n', (size_t) (end - line))) != NULL) {
        stream_append(in->stream, &now, in->key, line, (size_t) (newline - line));
        line = newline + 1;
    }
    if (line < end && (whole || in->length == sizeof(in->buffer))) {
        stream_append(in->stream, &now, in->key, line, (size_t) (end - line));
        line = end;
    }
    in->length = (size_t) (end - line);
    memmove(in->buffer, line, in->length);
}

static enum input_state stdin_read(struct input *input)
{
    struct standard_input *in = input->state;
    struct pollfd readable = {.fd = STDIN_FILENO, .events = POLLIN};

    input->next_ns = clock_now_ns() + POLL_MS * NS_PER_MS;
    if (poll(&readable, 1, 0) <= 0) {
        return INPUT_IDLE;
    }
    ssize_t length = read(STDIN_FILENO, in->buffer + in->length, sizeof(in->buffer) - in->length);
    if (length < 0 && (errno == EINTR || errno == EAGAIN)) {
        return INPUT_IDLE;
    }
    if (length <= 0) {
        append_lines(in, true);
        host_log(HOST_WARN, "[input:%s] end of file (stdin closed by remote end)", input->name);
        return INPUT_ENDED;
    }
    in->length += (size_t) length;
    append_lines(in, false);
    return INPUT_MORE;
}

static void stdin_flushed(struct input *input)
{
    (void) input; /* nothing to save: what was read has left the pipe */
}

static void stdin_close(struct input *input)
{
    free(input->state);
}

const struct input_kind input_stdin = {
    .name = "stdin",
    .form = MSGPACK_WIDE,
    .keys = KEYS,
    .open = stdin_open,
    .read = stdin_read,
    .flushed = stdin_flushed,
    .close = stdin_close,
};
