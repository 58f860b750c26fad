#include "settings.h"

#include <strings.h>

#include "coroutine.h"
#include "log.h"
#include "values.h"

/* A coroutine needs a page, as Fluent Bit requires. */
enum { LEAST_STACK_BYTES = 4096 };

static bool read_level(const char *text, struct settings *settings)
{
    settings->log_level = host_log_level(text);
    return settings->log_level >= 0;
}

static bool read_key(const char *key, const char *text, struct settings *settings)
{
    if (strcasecmp(key, "Flush") == 0) {
        return value_seconds(text, &settings->flush_s) && settings->flush_s > 0;
    }
    if (strcasecmp(key, "Grace") == 0) {
        return value_number(text, &settings->grace_s) && settings->grace_s >= -1;
    }
    if (strcasecmp(key, "Log_Level") == 0) {
        return read_level(text, settings);
    }
    if (strcasecmp(key, "Hot_Reload") == 0) {
        return value_bool(text, &settings->hot_reload);
    }
    if (strcasecmp(key, "Hot_Reload.Ensure_Thread_Safety") == 0) {
        return value_bool(text, &settings->safe_reload);
    }
    if (strcasecmp(key, "Coro_Stack_Size") == 0) {
        return value_bytes(text, &settings->stack_bytes) && settings->stack_bytes >= LEAST_STACK_BYTES;
    }
    if (strcasecmp(key, "scheduler.base") == 0) {
        return value_number(text, &settings->retry.base_s) && settings->retry.base_s >= 0;
    }
    if (strcasecmp(key, "scheduler.cap") == 0) {
        return value_number(text, &settings->retry.cap_s) && settings->retry.cap_s >= 0;
    }
    if (strcasecmp(key, "Plugins_File") == 0) {
        settings->plugins_file = text;
        return true;
    }
    host_log(HOST_WARN, "[config] [SERVICE] %s has no effect in this host", key);
    return true;
}

bool settings_read(const struct config *config, struct settings *settings)
{
    *settings = (struct settings){.flush_s = 1,
                                  .grace_s = 5,
                                  .log_level = HOST_INFO,
                                  .safe_reload = true,
                                  .stack_bytes = COROUTINE_STACK_BYTES,
                                  .retry = {.base_s = 5, .cap_s = 2000}};
    const struct config_section *service = config_next(config, "SERVICE", NULL);
    for (size_t i = 0; service != NULL && i < service->count; i++) {
        const struct config_property *property = &service->properties[i];
        if (property->value != NULL && !read_key(property->key, property->value, settings)) {
            host_log(HOST_ERROR, "[config] [SERVICE] %s '%s' is not understood", property->key, property->value);
            return false;
        }
    }
    return true;
}
