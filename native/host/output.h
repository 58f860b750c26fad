/*
 * An output: a section of the configuration and the plugin that it names. `null`, which drops everything, is the
 * only built-in plugin of this host.
 */
#ifndef HOST_OUTPUT_H
#define HOST_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "chunk.h"
#include "config.h"
#include "proxy.h"

enum { RETRY_NO_LIMITS = -1 };

struct output {
    struct output *next;
    const struct config_section *section; /* the configuration must outlive the output */
    struct proxy *proxy;                  /* NULL: drops everything */
    struct host_context context;
    char name[64]; /* gardener.0 */
    const char *match;
    long retry_limit; /* retries after the first try; RETRY_NO_LIMITS for no end */
    long worker_count;
    struct workers *workers; /* NULL: flushes run on the engine's thread */
};

/* NULL when the section names no loaded plugin, or the value of one of the host's keys is invalid. */
struct output *output_new(const struct config_section *section, struct proxy *proxies, int number);

/* Flushes on a coroutine, on the calling thread; returns one of the HOST_RESULTs. */
int output_flush(struct output *output, const struct chunk *chunk, size_t stack_bytes);

/*
 * Passed to plugins as output_get_property: the value of exactly this key, case-insensitive. As in Fluent Bit, it
 * does not return the keys that the host keeps for itself: Name, Match, Log_Level, Workers ...
 */
const char *output_get_property(const char *key, void *output);

#endif
