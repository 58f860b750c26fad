/*
 * The host's log on standard error, in Fluent Bit's format: [2025/01/31 10:20:30.123456789] [ info] text.
 * Thread-safe; a message is one write.
 */
#ifndef HOST_LOG_H
#define HOST_LOG_H

/* Fluent Bit's numbers. A line is shown when its level is not above the configured one. */
enum host_level { HOST_OFF = 0, HOST_ERROR = 1, HOST_WARN = 2, HOST_INFO = 3, HOST_DEBUG = 4, HOST_TRACE = 5 };

/* The level with this name in Log_Level; -1 for any other name. */
int host_log_level(const char *name);

/* Sets the level that host_log shows; info by default. */
void host_log_set_level(int level);

/* Logs one line of the host. */
void host_log(int level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Passed to plugins as log_print. As in Fluent Bit, it does not filter, and truncates messages at 4 KiB. */
void host_log_print(int level, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
