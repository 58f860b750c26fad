/*
 * The part of Fluent Bit's interface for proxy output plugins that this plugin uses. It is the interface of plugins
 * written in Go; its layout has not changed since Fluent Bit 1.x.
 *
 * Fields that only newer hosts have are omitted: the host zeroes the structures, and the plugin never allocates one.
 */
#ifndef GARDENER_FLUENT_BIT_H
#define GARDENER_FLUENT_BIT_H

#include <stddef.h>

enum { FLB_ERROR = 0, FLB_OK = 1, FLB_RETRY = 2 };

enum { FLB_PROXY_OUTPUT_PLUGIN = 2, FLB_PROXY_GOLANG = 11 };

enum { FLB_LOG_ERROR = 1, FLB_LOG_WARN = 2, FLB_LOG_INFO = 3, FLB_LOG_DEBUG = 4, FLB_LOG_TRACE = 5 };

struct flb_plugin_proxy_def {
    int type;
    int proxy;
    int flags;
    char *name;
    char *description;
};

struct flb_api {
    const char *(*output_get_property)(const char *key, void *output);
    const char *(*input_get_property)(const char *key, void *input);
    void *(*output_get_cmt_instance)(void *output);
    void *(*input_get_cmt_instance)(void *input);
    void (*log_print)(int level, const char *file, int line, const char *format, ...);
};

/* The host passes this pointer to every later call for the same output. */
struct flb_plugin_proxy_context {
    void *remote_context;
};

struct flbgo_output_plugin {
    char *name;
    struct flb_api *api;
    void *o_ins;
    struct flb_plugin_proxy_context *context;
};

#endif
