#include "proxy.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "output.h"

/* Fluent Bit's functions for inputs and customs; no output calls them. */
static const char *no_property(const char *key, void *instance)
{
    (void) key;
    (void) instance;
    return NULL;
}

static void *no_metrics(void *instance)
{
    (void) instance;
    return NULL;
}

static int log_check(void *instance, int level)
{
    (void) instance;
    return level <= HOST_INFO;
}

static const struct host_api API = {
    .output_get_property = output_get_property,
    .input_get_property = no_property,
    .output_get_cmt_instance = no_metrics,
    .input_get_cmt_instance = no_metrics,
    .log_print = host_log_print,
    .input_log_check = log_check,
    .output_log_check = log_check,
    .custom_get_property = no_property,
    .custom_log_check = log_check,
};

/* Stores a function of the plugin in a pointer of its type; NULL when the plugin does not have it. */
static void find(const struct proxy *proxy, const char *name, void *function)
{
    void *symbol = dlsym(proxy->library, name);

    memcpy(function, &symbol, sizeof(symbol));
}

static bool find_calls(struct proxy *proxy)
{
    struct host_output_plugin *plugin = &proxy->plugin;

    find(proxy, "FLBPluginInit", &plugin->cb_init);
    find(proxy, "FLBPluginFlush", &plugin->cb_flush);
    find(proxy, "FLBPluginFlushCtx", &plugin->cb_flush_ctx);
    find(proxy, "FLBPluginExit", &plugin->cb_exit);
    find(proxy, "FLBPluginExitCtx", &plugin->cb_exit_ctx);
    if (plugin->cb_init == NULL) {
        host_log(HOST_ERROR, "[go proxy]: could not load FLBPluginInit symbol");
        return false;
    }
    return plugin->cb_flush_ctx != NULL || plugin->cb_flush != NULL;
}

static bool register_plugin(struct proxy *proxy, const char *path, bool hot_reload)
{
    int (*pre_register)(int);
    int (*register_fn)(struct host_plugin_def *);

    find(proxy, "FLBPluginPreRegister", &pre_register);
    if (pre_register != NULL && pre_register(hot_reload) == -1) {
        return false;
    }
    find(proxy, "FLBPluginRegister", &register_fn);
    if (register_fn == NULL || register_fn(&proxy->def) == -1) {
        host_log(HOST_ERROR, "[proxy] %s does not register", path);
        return false;
    }
    if (proxy->def.proxy != HOST_PROXY_GOLANG || proxy->def.type != HOST_OUTPUT_PLUGIN) {
        host_log(HOST_ERROR, "[proxy] %s is no proxy output plugin", path);
        return false;
    }
    proxy->plugin.name = strdup(proxy->def.name);
    return proxy->plugin.name != NULL && find_calls(proxy);
}

struct proxy *proxy_load(const char *path, bool hot_reload)
{
    struct proxy *proxy = calloc(1, sizeof(*proxy));

    if (proxy == NULL) {
        return NULL;
    }
    proxy->api = malloc(sizeof(*proxy->api));
    proxy->library = dlopen(path, RTLD_LAZY);
    if (proxy->library == NULL) {
        host_log(HOST_ERROR, "[proxy] error opening plugin %s: '%s'", path, dlerror());
    }
    if (proxy->api == NULL || proxy->library == NULL || !register_plugin(proxy, path, hot_reload)) {
        host_log(HOST_ERROR, "[plugin] error loading proxy plugin: %s", path);
        proxy_unload(proxy);
        return NULL;
    }
    *proxy->api = API;
    return proxy;
}

void proxy_unload(struct proxy *proxy)
{
    void (*unregister)(struct host_plugin_def *) = NULL;

    if (proxy->library != NULL) {
        find(proxy, "FLBPluginUnregister", &unregister);
        if (unregister != NULL) {
            unregister(&proxy->def);
        }
        dlclose(proxy->library);
    }
    free(proxy->plugin.name);
    free(proxy->api);
    free(proxy);
}

bool proxy_init(struct proxy *proxy, void *output, struct host_context *context)
{
    struct host_output_plugin *plugin = &proxy->plugin;

    plugin->api = proxy->api;
    plugin->o_ins = output;
    plugin->context = context;
    if (plugin->cb_init(plugin) <= 0) {
        host_log(HOST_ERROR, "[go proxy]: plugin '%s' failed to initialize", plugin->name);
        return false;
    }
    return true;
}

void proxy_pre_run(struct proxy *proxy, bool hot_reload)
{
    int (*pre_run)(int);

    find(proxy, "FLBPluginOutputPreRun", &pre_run);
    if (pre_run != NULL) {
        pre_run(hot_reload);
    }
}

int proxy_flush(struct proxy *proxy, struct host_context *context, const void *data, size_t size,
                const char *tag)
{
    char *copy = strdup(tag);
    int result;

    if (copy == NULL) {
        return HOST_RESULT_ERROR;
    }
    if (proxy->plugin.cb_flush_ctx != NULL) {
        result = proxy->plugin.cb_flush_ctx(context->remote_context, data, size, copy);
    }
    else {
        result = proxy->plugin.cb_flush(data, size, copy);
    }
    free(copy);
    return result == HOST_RESULT_OK || result == HOST_RESULT_RETRY ? result : HOST_RESULT_ERROR;
}

void proxy_exit(struct proxy *proxy, struct host_context *context, bool hot_reload)
{
    void (*pre_exit)(int);

    find(proxy, "FLBPluginOutputPreExit", &pre_exit);
    if (pre_exit != NULL) {
        pre_exit(hot_reload);
    }
    if (proxy->plugin.cb_exit_ctx != NULL) {
        proxy->plugin.cb_exit_ctx(context->remote_context);
    }
    else if (proxy->plugin.cb_exit != NULL) {
        proxy->plugin.cb_exit();
    }
}
