/* Generates events {"message": "dummy"}: Rate of them per second, Samples in total (0: unlimited). */
#include <stdlib.h>

#include "clock.h"
#include "input.h"
#include "log.h"
#include "values.h"

/* The resolution: events that are due within it are generated together. */
enum { STEP_MS = 5 };

struct dummy {
    struct stream *stream;
    long rate;
    long samples;
    int64_t start_ns;
    long made;
};

static const char *const KEYS[] = {"Rate", "Samples", NULL};

static bool read_number(struct input *input, const char *key, const char *default_value, long *value)
{
    const char *text = input_value(input, key, default_value);

    if (!value_number(text, value) || *value < 0) {
        host_log(HOST_ERROR, "[input:%s] %s '%s' is no number", input->name, key, text);
        return false;
    }
    return true;
}

static bool dummy_open(struct input *input)
{
    struct dummy *dummy = calloc(1, sizeof(*dummy));

    input->state = dummy;
    if (dummy == NULL || !read_number(input, "Rate", "1", &dummy->rate)
        || !read_number(input, "Samples", "0", &dummy->samples)) {
        return false;
    }
    dummy->start_ns = clock_now_ns();
    dummy->stream = streams_of(&input->streams, input_value(input, "Tag", input->name));
    return dummy->stream != NULL;
}

static enum input_state dummy_read(struct input *input)
{
    static const char MESSAGE[] = "dummy";
    struct dummy *dummy = input->state;
    int64_t now_ns = clock_now_ns();
    long due = (long) ((double) (now_ns - dummy->start_ns) / NS_PER_SECOND * (double) dummy->rate);
    struct timespec now;

    if (dummy->samples > 0 && due > dummy->samples) {
        due = dummy->samples;
    }
    clock_gettime(CLOCK_REALTIME, &now);
    for (; dummy->made < due; dummy->made++) {
        stream_append(dummy->stream, &now, "message", MESSAGE, sizeof(MESSAGE) - 1);
    }
    input->next_ns = now_ns + STEP_MS * NS_PER_MS;
    return INPUT_IDLE;
}

static void dummy_flushed(struct input *input)
{
    (void) input; /* the input generates its events again each time */
}

static void dummy_close(struct input *input)
{
    free(input->state);
}

const struct input_kind input_dummy = {
    .name = "dummy",
    .form = MSGPACK_SHORT,
    .keys = KEYS,
    .open = dummy_open,
    .read = dummy_read,
    .flushed = dummy_flushed,
    .close = dummy_close,
};
