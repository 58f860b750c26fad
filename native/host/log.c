#include "log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

enum { MESSAGE_BYTES = 4096 };

static const char *const TITLES[] = {"off", "error", "warn", "info", "debug", "trace"};

static atomic_int shown = HOST_INFO;

int host_log_level(const char *name)
{
    if (strcasecmp(name, "warning") == 0) {
        return HOST_WARN;
    }
    for (int level = HOST_OFF; level <= HOST_TRACE; level++) {
        if (strcasecmp(name, TITLES[level]) == 0) {
            return level;
        }
    }
    return -1;
}

void host_log_set_level(int level)
{
    atomic_store(&shown, level);
}

static void print(int level, const char *format, va_list args)
{
    char text[MESSAGE_BYTES];
    struct timespec now;
    struct tm local;

    clock_gettime(CLOCK_REALTIME, &now);
    localtime_r(&now.tv_sec, &local);
    size_t used = strftime(text, sizeof(text), "[%Y/%m/%d %H:%M:%S", &local);
    used += (size_t) snprintf(text + used, sizeof(text) - used, ".%09ld] [%5s] ", now.tv_nsec,
                              level >= HOST_OFF && level <= HOST_TRACE ? TITLES[level] : "unknown");
    vsnprintf(text + used, sizeof(text) - used - 1, format, args);
    used += strlen(text + used);
    text[used++] = '\n';
    if (write(STDERR_FILENO, text, used) < 0) {
        return; /* nobody reads the log any more */
    }
}

void host_log(int level, const char *format, ...)
{
    va_list args;

    if (level > atomic_load(&shown)) {
        return;
    }
    va_start(args, format);
    print(level, format, args);
    va_end(args);
}

void host_log_print(int level, const char *file, int line, const char *format, ...)
{
    va_list args;

    (void) file;
    (void) line;
    va_start(args, format);
    print(level, format, args);
    va_end(args);
}
