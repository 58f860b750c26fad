/*
 * An input: a section of the configuration and its reader. Created when the configuration is loaded, opened and read
 * on the engine's thread.
 */
#ifndef HOST_INPUT_H
#define HOST_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "config.h"
#include "stream.h"

enum input_state {
    INPUT_MORE, /* there is more to read at once */
    INPUT_IDLE, /* nothing before next_ns, or before fd is readable */
    INPUT_ENDED /* the input has ended, and the host stops */
};

struct input;

/* A kind of input. */
struct input_kind {
    const char *name;
    enum msgpack_form form;  /* of its events, as Fluent Bit's input of this name has it */
    const char *const *keys; /* keys besides the common ones; terminated by NULL */

    /* Prepares to read; false on failure, after the reason was logged. */
    bool (*open)(struct input *input);

    /* Reads a bounded piece into the streams. */
    enum input_state (*read)(struct input *input);

    /* Called after the chunks of what was read were passed to the outputs: the place to save offsets. */
    void (*flushed)(struct input *input);

    void (*close)(struct input *input);
};

struct input {
    struct input *next;
    const struct input_kind *kind;
    const struct config_section *section; /* the configuration must outlive the input */
    char name[32];                        /* tail.0 */
    struct streams streams;
    size_t memory_limit; /* reading pauses while its chunks hold more */
    bool paused;
    int fd;          /* to wait for; -1 for none */
    int64_t next_ns; /* when to read again after INPUT_IDLE */
    void *state;     /* the kind's */
};

/* NULL when the section requests something unsupported, after that was logged. */
struct input *input_new(const struct config_section *section, int number);

void input_free(struct input *input);

/* The value of a key; the default when it is not set. */
const char *input_value(const struct input *input, const char *key, const char *default_value);

/* A boolean key; false, with a line in the log, when its value is invalid. */
bool input_switch(const struct input *input, const char *key, bool default_value, bool *value);

/* Reads unless the memory limit is reached. */
enum input_state input_read(struct input *input);

extern const struct input_kind input_tail;
extern const struct input_kind input_stdin;
extern const struct input_kind input_dummy;

#endif
