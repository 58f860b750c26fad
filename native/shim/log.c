#include "log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

#include "fluent_bit.h"

typedef void (*log_print_fn)(int, const char *, int, const char *, ...);

/* The function itself, not the api: the host frees the api when it unloads the old configuration. */
static _Atomic(log_print_fn) host_print;

void log_open(const struct flb_api *api)
{
    atomic_store(&host_print, api->log_print);
}

void log_raw(int level, const char *message)
{
    log_print_fn print = atomic_load(&host_print);

    if (print != NULL) {
        print(level, NULL, 0, "%s", message);
    }
}

void log_line(int level, const char *format, ...)
{
    char text[3500]; /* the host cuts longer messages */
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);

    log_print_fn print = atomic_load(&host_print);
    if (print != NULL) {
        print(level, NULL, 0, "[gardener] %s", text);
    }
}
