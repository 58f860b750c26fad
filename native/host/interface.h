/*
 * Fluent Bit's interface for proxy plugins from the host's side, complete as of Fluent Bit 5.1. (The shim has its
 * own, smaller view of it; a test compares the two.)
 */
#ifndef HOST_INTERFACE_H
#define HOST_INTERFACE_H

#include <stddef.h>

enum { HOST_RESULT_ERROR = 0, HOST_RESULT_OK = 1, HOST_RESULT_RETRY = 2 };

enum { HOST_OUTPUT_PLUGIN = 2, HOST_PROXY_GOLANG = 11 };

struct host_plugin_def {
    int type;
    int proxy;
    int flags;
    char *name;
    char *description;
    int event_type;
    void *config_map;
};

struct host_api {
    const char *(*output_get_property)(const char *key, void *output);
    const char *(*input_get_property)(const char *key, void *input);
    void *(*output_get_cmt_instance)(void *output);
    void *(*input_get_cmt_instance)(void *input);
    void (*log_print)(int level, const char *file, int line, const char *format, ...);
    int (*input_log_check)(void *input, int level);
    int (*output_log_check)(void *output, int level);
    const char *(*custom_get_property)(const char *key, void *custom);
    int (*custom_log_check)(void *custom, int level);
};

/* The first word belongs to the plugin, the second to the host. */
struct host_context {
    void *remote_context;
    struct proxy *proxy;
};

/* One per loaded plugin; the host points it to the output to initialize. */
struct host_output_plugin {
    char *name;
    struct host_api *api;
    void *o_ins;
    struct host_context *context;
    int (*cb_init)(struct host_output_plugin *plugin);
    int (*cb_flush)(const void *data, size_t size, const char *tag);
    int (*cb_flush_ctx)(void *context, const void *data, size_t size, char *tag);
    int (*cb_exit)(void);
    int (*cb_exit_ctx)(void *context);
};

#endif
