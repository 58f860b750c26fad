/*
 * An output: a section of the configuration and the plugin that it names. `null`, which drops
 * everything, is the only one that this host has itself.
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

/* NULL when the section names no plugin that is loaded, or a value of a key of the host's is wrong. */
struct output *output_new(const struct config_section *section, struct proxy *proxies, int number);

/* Flushes on a coroutine, on the calling thread; one of the HOST_RESULTs. */
int output_flush(struct output *output, const struct chunk *chunk, size_t stack_bytes);

/*
 * What a plugin gets as output_get_property: the value of exactly this key, letter case ignored. Keys
 * that the host takes for itself are not there, as in Fluent Bit: Name, Match, Log_Level, Workers ...
 */
const char *output_get_property(const char *key, void *output);

#endif
