/*
 * One configuration with its plugins, and its engine while it runs: Fluent Bit's context. All calls
 * come from the main thread.
 */
#ifndef HOST_SERVICE_H
#define HOST_SERVICE_H

#include <stdbool.h>
#include <stddef.h>

/* What the command line says; it stays the same over reloads. */
struct arguments {
    const char *config_path;
    const char *const *plugins; /* -e */
    size_t plugin_count;
};

struct service;

/*
 * Loads and registers the plugins and reads the configuration; hot: for a reload. NULL when something
 * is wrong; it is in the log.
 */
struct service *service_load(const struct arguments *arguments, bool hot);

/* Starts its engine; false when an input or output does not start. */
bool service_start(struct service *service);

/* Stops its engine, with the configured grace. */
void service_stop(struct service *service);

/* Unregisters and unloads the plugins; the engine must not run. */
void service_free(struct service *service);

bool service_has_ended(const struct service *service);

enum reload_result {
    RELOAD_DONE,
    RELOAD_HALTED, /* the old service runs on */
    RELOAD_ABORTED /* the old one is gone and the new one does not start */
};

/* A hot reload in Fluent Bit's order: load the new, stop and free the old, start the new. */
enum reload_result service_reload(struct service **service, const struct arguments *arguments);

#endif
