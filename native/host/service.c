#include "service.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "config.h"
#include "engine.h"
#include "input.h"
#include "log.h"
#include "output.h"
#include "proxy.h"
#include "settings.h"
#include "signals.h"

struct service {
    struct config *config;
    struct settings settings;
    struct proxy *proxies; /* the last loaded one first */
    struct input *inputs;  /* these two in the order of the configuration */
    struct output *outputs;
    struct engine *engine; /* NULL: not running */
};

static bool load_plugin(struct service *service, const char *path, bool hot)
{
    struct proxy *proxy = proxy_load(path, hot);

    if (proxy != NULL) {
        proxy->next = service->proxies;
        service->proxies = proxy;
    }
    return proxy != NULL;
}

/* Loads the plugins of the file: [PLUGINS] with a Path for each. */
static bool load_plugins_file(struct service *service, const char *path, bool hot)
{
    char error[PATH_MAX + 128];
    struct config *file = config_read(path, error, sizeof(error));
    bool ok = file != NULL;

    if (!ok) {
        host_log(HOST_ERROR, "[plugin] %s", error);
        return false;
    }
    for (const struct config_section *section = config_next(file, "PLUGINS", NULL); section != NULL && ok;
         section = config_next(file, "PLUGINS", section)) {
        for (size_t i = 0; i < section->count && ok; i++) {
            if (strcasecmp(section->properties[i].key, "Path") == 0 && section->properties[i].value != NULL) {
                ok = load_plugin(service, section->properties[i].value, hot);
            }
        }
    }
    config_free(file);
    return ok;
}

static bool make_inputs(struct service *service)
{
    struct input **end = &service->inputs;
    int number = 0;

    for (const struct config_section *section = config_next(service->config, "INPUT", NULL); section != NULL;
         section = config_next(service->config, "INPUT", section)) {
        *end = input_new(section, number++);
        if (*end == NULL) {
            return false;
        }
        end = &(*end)->next;
    }
    return true;
}

static bool make_outputs(struct service *service)
{
    struct output **end = &service->outputs;
    int number = 0;

    for (const struct config_section *section = config_next(service->config, "OUTPUT", NULL); section != NULL;
         section = config_next(service->config, "OUTPUT", section)) {
        *end = output_new(section, service->proxies, number++);
        if (*end == NULL) {
            return false;
        }
        end = &(*end)->next;
    }
    return true;
}

static bool load(struct service *service, const struct arguments *arguments, bool hot)
{
    char error[PATH_MAX + 128];

    for (size_t i = 0; i < arguments->plugin_count; i++) {
        if (!load_plugin(service, arguments->plugins[i], hot)) {
            return false;
        }
    }
    service->config = config_read(arguments->config_path, error, sizeof(error));
    if (service->config == NULL) {
        host_log(HOST_ERROR, "[config] %s", error);
        return false;
    }
    if (!settings_read(service->config, &service->settings)) {
        return false;
    }
    host_log_set_level(service->settings.log_level);
    if (service->settings.plugins_file != NULL
        && !load_plugins_file(service, service->settings.plugins_file, hot)) {
        return false;
    }
    return make_inputs(service) && make_outputs(service);
}

struct service *service_load(const struct arguments *arguments, bool hot)
{
    struct service *service = calloc(1, sizeof(*service));

    signals_ignore_pipe();
    if (service != NULL && !load(service, arguments, hot)) {
        service_free(service);
        service = NULL;
    }
    return service;
}

bool service_start(struct service *service)
{
    struct parts parts = {
        .settings = &service->settings, .inputs = service->inputs, .outputs = service->outputs};

    service->engine = engine_start(&parts, signals_wake);
    return service->engine != NULL;
}

void service_stop(struct service *service)
{
    engine_stop(service->engine, service->settings.grace_s, false);
    service->engine = NULL;
}

void service_free(struct service *service)
{
    while (service->outputs != NULL) {
        struct output *output = service->outputs;
        service->outputs = output->next;
        free(output);
    }
    while (service->inputs != NULL) {
        struct input *input = service->inputs;
        service->inputs = input->next;
        input_free(input);
    }
    while (service->proxies != NULL) {
        struct proxy *proxy = service->proxies;
        service->proxies = proxy->next;
        proxy_unload(proxy);
    }
    config_free(service->config);
    free(service);
}

bool service_has_ended(const struct service *service)
{
    return engine_has_ended(service->engine);
}

enum reload_result service_reload(struct service **service, const struct arguments *arguments)
{
    struct service *old = *service;

    if (!old->settings.hot_reload) {
        host_log(HOST_WARN, "[reload] hot reloading is not enabled");
        return RELOAD_HALTED;
    }
    host_log(HOST_INFO, "reloading instance pid=%lu tid=%p", (unsigned long) getpid(), (void *) pthread_self());
    struct service *new = service_load(arguments, true);
    if (new == NULL) {
        host_log(HOST_ERROR, "[reload] reloaded config is invalid. Reloading is halted");
        return RELOAD_HALTED;
    }
    host_log(HOST_INFO, "[reload] stop everything of the old context");
    engine_stop(old->engine, old->settings.safe_reload ? -1 : old->settings.grace_s, true);
    service_free(old);
    host_log(HOST_INFO, "[reload] start everything");
    *service = new;
    if (!service_start(new)) {
        host_log(HOST_ERROR, "[reload] loaded configuration contains error(s). Reloading is aborted");
        return RELOAD_ABORTED;
    }
    host_log(HOST_INFO, "[reload] successful reload done.");
    return RELOAD_DONE;
}
