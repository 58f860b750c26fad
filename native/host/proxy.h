/*
 * A loaded proxy plugin, and the calls into it in Fluent Bit's order: PreRegister, Register; for each
 * output Init, PreRun, FlushCtx, PreExit, ExitCtx; Unregister, dlclose. Register and Unregister come
 * from the main thread, Init to ExitCtx from the engine's, FlushCtx from it or a worker's.
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

/* Loads and registers; NULL, and a line in the log, when that fails. */
struct proxy *proxy_load(const char *path, bool hot_reload);

void proxy_unload(struct proxy *proxy);

/* Initialises an output; false when the plugin refuses. */
bool proxy_init(struct proxy *proxy, void *output, struct host_context *context);

void proxy_pre_run(struct proxy *proxy, bool hot_reload);

/* Flushes; one of the HOST_RESULTs. The tag is a copy that is gone after the call. */
int proxy_flush(struct proxy *proxy, struct host_context *context, const void *data, size_t size,
                const char *tag);

/* Ends an output, also one that was never initialised, as Fluent Bit does after a failed start. */
void proxy_exit(struct proxy *proxy, struct host_context *context, bool hot_reload);

#endif
