/*
 * One configuration with its plugins, and its engine while it runs: Fluent Bit's context. All calls must be made on
 * the main thread.
 */
#ifndef HOST_SERVICE_H
#define HOST_SERVICE_H

#include <stdbool.h>
#include <stddef.h>

/* The command line's arguments; unchanged by reloads. */
struct arguments {
    const char *config_path;
    const char *const *plugins; /* -e */
    size_t plugin_count;
};

struct service;

/*
 * Loads and registers the plugins and reads the configuration; `hot` for a reload. NULL on failure, after the reason
 * was logged.
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
    RELOAD_ABORTED /* the old service has ended and the new one does not start */
};

/* A hot reload in Fluent Bit's order: load the new service, stop and free the old one, start the new one. */
enum reload_result service_reload(struct service **service, const struct arguments *arguments);

#endif
