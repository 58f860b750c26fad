/* The values of the [SERVICE] section. */
#ifndef HOST_SETTINGS_H
#define HOST_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "config.h"
#include "delivery.h"

struct settings {
    double flush_s;     /* Flush: maximum time to fill a chunk; 1 */
    long grace_s;       /* Grace: how long a stop waits for deliveries; -1 without limit; 5 */
    int log_level;      /* Log_Level; info */
    bool hot_reload;    /* Hot_Reload; off */
    bool safe_reload;   /* Hot_Reload.Ensure_Thread_Safety: a reload waits for every delivery; on */
    size_t stack_bytes; /* Coro_Stack_Size */
    struct retry_policy retry;
    const char *plugins_file; /* NULL: none */
};

/* False, with a line in the log, when a value is invalid. */
bool settings_read(const struct config *config, struct settings *settings);

#endif
