/*
 * A loaded proxy plugin, and the calls into it in Fluent Bit's order: PreRegister, Register; for each output Init,
 * PreRun, FlushCtx, PreExit, ExitCtx; Unregister, dlclose. Register and Unregister are called on the main thread,
 * Init to ExitCtx on the engine's, FlushCtx on the engine's or a worker's.
 */
#ifndef HOST_PROXY_H
#define HOST_PROXY_H

#include <stdbool.h>
#include <stddef.h>

#include "interface.h"

struct proxy {
    struct proxy *next;
    void *library;
    struct host_api *api; /* freed with the proxy, as in Fluent Bit: a plugin must not keep it */
    struct host_plugin_def def;
    struct host_output_plugin plugin;
};

/* Loads and registers the plugin; NULL, with a line in the log, on failure. */
struct proxy *proxy_load(const char *path, bool hot_reload);

void proxy_unload(struct proxy *proxy);

/* Initializes an output; false when the plugin refuses. */
bool proxy_init(struct proxy *proxy, void *output, struct host_context *context);

void proxy_pre_run(struct proxy *proxy, bool hot_reload);

/* Flushes; returns one of the HOST_RESULTs. The tag is a copy that is freed after the call. */
int proxy_flush(struct proxy *proxy, struct host_context *context, const void *data, size_t size,
                const char *tag);

/* Ends an output, even one that was never initialized, as Fluent Bit does after a failed start. */
void proxy_exit(struct proxy *proxy, struct host_context *context, bool hot_reload);

#endif
