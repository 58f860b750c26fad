#include "log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "fluent_bit.h"

typedef void (*log_print_fn)(int, const char *, int, const char *, ...);

/* The host truncates longer messages. */
enum { PIECE_BYTES = 3500 };

/* The function itself, not the api: the host frees the api when it unloads the previous configuration. */
static _Atomic(log_print_fn) host_print;

void log_init(const struct flb_api *api)
{
    atomic_store(&host_print, api->log_print);
}

/* The length of the next piece of a message: as many complete lines as fit. */
static size_t piece_length(const char *message)
{
    size_t length = strnlen(message, PIECE_BYTES);

    if (length < PIECE_BYTES) {
        return length;
    }
    const char *line_end = memrchr(message, '\n', length);
    return line_end == NULL || line_end == message ? length : (size_t) (line_end - message);
}

void log_raw(int level, const char *message)
{
    log_print_fn print = atomic_load(&host_print);

    while (print != NULL && *message != '\0') {
        size_t length = piece_length(message);
        print(level, NULL, 0, "%.*s", (int) length, message);
        message += length;
        message += *message == '\n';
    }
}

void log_line(int level, const char *format, ...)
{
    char text[PIECE_BYTES];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);

    log_print_fn print = atomic_load(&host_print);
    if (print != NULL) {
        print(level, NULL, 0, "[gardener] %s", text);
    }
}
