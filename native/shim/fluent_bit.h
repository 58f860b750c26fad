/*
 * Fluent Bit's interface for proxy output plugins, as far as this plugin uses it. It is the interface
 * of plugins written in Go; its layout has not changed since Fluent Bit 1.x.
 *
 * Fields that only newer hosts have are left out: the host zeroes the structures, and we never
 * allocate one.
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

/* The host gives what is put here to every later call of the same output. */
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
