#include "input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clock.h"
#include "log.h"
#include "values.h"

/* How often a paused input checks whether it may continue. */
enum { PAUSE_MS = 10 };

/* Fluent Bit has no default limit; a test host that reads faster than any backend needs one. */
static const char DEFAULT_MEMORY_LIMIT[] = "64M";

static const char *const COMMON_KEYS[] = {"Name", "Tag", "Mem_Buf_Limit", NULL};

static const struct input_kind *const KINDS[] = {&input_tail, &input_stdin, &input_dummy};

static bool is_one_of(const char *key, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        if (strcasecmp(key, *keys) == 0) {
            return true;
        }
    }
    return false;
}

static const struct input_kind *kind_of(const char *name)
{
    for (size_t i = 0; name != NULL && i < sizeof(KINDS) / sizeof(KINDS[0]); i++) {
        if (strcasecmp(name, KINDS[i]->name) == 0) {
            return KINDS[i];
        }
    }
    return NULL;
}

struct input *input_new(const struct config_section *section, int number)
{
    const char *name = config_get(section, "Name");
    const struct input_kind *kind = kind_of(name);

    if (kind == NULL) {
        host_log(HOST_ERROR, "[config] no input '%s': this host has tail, stdin and dummy",
                 name == NULL ? "" : name);
        return NULL;
    }
    struct input *input = calloc(1, sizeof(*input));
    if (input == NULL) {
        return NULL;
    }
    input->kind = kind;
    input->section = section;
    input->fd = -1;
    snprintf(input->name, sizeof(input->name), "%s.%d", kind->name, number);
    streams_init(&input->streams, kind->form);
    const char *limit = input_value(input, "Mem_Buf_Limit", DEFAULT_MEMORY_LIMIT);
    if (!value_bytes(limit, &input->memory_limit)) {
        host_log(HOST_ERROR, "[input:%s] Mem_Buf_Limit '%s' is no size such as 64M", input->name, limit);
        input_free(input);
        return NULL;
    }
    for (size_t i = 0; i < section->count; i++) {
        const char *key = section->properties[i].key;
        if (!is_one_of(key, COMMON_KEYS) && !is_one_of(key, kind->keys)) {
            host_log(HOST_WARN, "[input:%s] %s is not known to this host and has no effect", input->name, key);
        }
    }
    return input;
}

void input_free(struct input *input)
{
    streams_free(&input->streams);
    free(input);
}

const char *input_value(const struct input *input, const char *key, const char *default_value)
{
    const char *value = config_get(input->section, key);

    return value == NULL ? default_value : value;
}

bool input_switch(const struct input *input, const char *key, bool default_value, bool *value)
{
    const char *text = config_get(input->section, key);

    *value = default_value;
    if (text != NULL && !value_bool(text, value)) {
        host_log(HOST_ERROR, "[input:%s] %s '%s' is neither On nor Off", input->name, key, text);
        return false;
    }
    return true;
}

enum input_state input_read(struct input *input)
{
    bool over = atomic_load(&input->streams.held) > input->memory_limit;

    if (over != input->paused) {
        input->paused = over;
        host_log(over ? HOST_WARN : HOST_INFO, "[input] %s %s", input->name,
                 over ? "paused (mem buf overlimit)" : "resume (mem buf overlimit)");
    }
    if (over) {
        input->next_ns = clock_now_ns() + PAUSE_MS * NS_PER_MS;
        return INPUT_IDLE;
    }
    return input->kind->read(input);
}
