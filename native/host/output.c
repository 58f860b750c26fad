#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "coroutine.h"
#include "log.h"
#include "values.h"

/* The keys that Fluent Bit 4.2 and 5.1 keep for themselves; a name that ends in a dot or star is a prefix. */
static const char *const HOST_KEYS[] = {
    "name", "match", "match_regex", "alias", "log_level", "log_suppress_interval", "host", "port", "ipv6",
    "retry_limit", "workers", "storage.total_limit_size", "net.*", "oauth2*", "tls", "tls.*", "routes",
};

/* Those of them that this host supports. */
static const char *const KNOWN_KEYS[] = {"name", "match", "log_level", "retry_limit", "workers"};

static bool is_host_key(const char *key)
{
    for (size_t i = 0; i < sizeof(HOST_KEYS) / sizeof(HOST_KEYS[0]); i++) {
        size_t length = strlen(HOST_KEYS[i]);
        bool prefix = HOST_KEYS[i][length - 1] == '*';
        if (prefix ? strncasecmp(key, HOST_KEYS[i], length - 1) == 0 : strcasecmp(key, HOST_KEYS[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void warn_of_unknown(const struct output *output)
{
    for (size_t i = 0; i < output->section->count; i++) {
        const char *key = output->section->properties[i].key;
        bool known = !is_host_key(key);
        for (size_t j = 0; j < sizeof(KNOWN_KEYS) / sizeof(KNOWN_KEYS[0]); j++) {
            known |= strcasecmp(key, KNOWN_KEYS[j]) == 0;
        }
        if (!known) {
            host_log(HOST_WARN, "[output:%s] %s has no effect in this host", output->name, key);
        }
    }
}

static bool read_retry_limit(struct output *output)
{
    const char *text = config_get(output->section, "Retry_Limit");

    output->retry_limit = 1;
    if (text == NULL) {
        return true;
    }
    if (strcasecmp(text, "no_limits") == 0 || strcasecmp(text, "false") == 0 || strcasecmp(text, "off") == 0) {
        output->retry_limit = RETRY_NO_LIMITS;
        return true;
    }
    if (strcasecmp(text, "no_retries") == 0) {
        output->retry_limit = 0;
        return true;
    }
    if (!value_number(text, &output->retry_limit) || output->retry_limit <= 0) {
        host_log(HOST_WARN, "[config] invalid retry_limit. set default.");
        output->retry_limit = 1;
    }
    return true;
}

static bool read_workers(struct output *output)
{
    const char *text = config_get(output->section, "Workers");

    output->worker_count = 0;
    if (text != NULL && (!value_number(text, &output->worker_count) || output->worker_count < 0)) {
        host_log(HOST_ERROR, "[output:%s] Workers '%s' is no number of threads", output->name, text);
        return false;
    }
    return true;
}

struct output *output_new(const struct config_section *section, struct proxy *proxies, int number)
{
    const char *name = config_get(section, "Name");
    struct proxy *proxy = proxies;

    while (name != NULL && proxy != NULL && strcasecmp(proxy->plugin.name, name) != 0) {
        proxy = proxy->next;
    }
    if (name == NULL || (proxy == NULL && strcasecmp(name, "null") != 0)) {
        host_log(HOST_ERROR, "[config] section '%s' tried to instance a plugin name that doesn't exist",
                 name == NULL ? "output" : name);
        return NULL;
    }
    struct output *output = calloc(1, sizeof(*output));
    if (output == NULL) {
        return NULL;
    }
    output->section = section;
    output->proxy = proxy;
    output->context.proxy = proxy;
    output->match = config_get(section, "Match");
    snprintf(output->name, sizeof(output->name), "%s.%d", name, number);
    if (!read_retry_limit(output) || !read_workers(output)) {
        free(output);
        return NULL;
    }
    if (output->match == NULL) {
        host_log(HOST_WARN, "[config] output %s has no Match: no event reaches it", output->name);
    }
    warn_of_unknown(output);
    return output;
}

struct flush_call {
    struct output *output;
    const struct chunk *chunk;
    int result;
};

static void flush_on_coroutine(void *argument)
{
    struct flush_call *call = argument;
    struct output *output = call->output;

    call->result =
        proxy_flush(output->proxy, &output->context, call->chunk->data, call->chunk->size, call->chunk->tag);
}

int output_flush(struct output *output, const struct chunk *chunk, size_t stack_bytes)
{
    struct flush_call call = {.output = output, .chunk = chunk, .result = HOST_RESULT_RETRY};

    if (output->proxy == NULL) {
        return HOST_RESULT_OK;
    }
    coroutine_run(flush_on_coroutine, &call, stack_bytes);
    return call.result;
}

const char *output_get_property(const char *key, void *instance)
{
    const struct output *output = instance;

    return is_host_key(key) ? NULL : config_get(output->section, key);
}
