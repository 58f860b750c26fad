/* The host's log. Thread-safe after log_init. */
#ifndef GARDENER_LOG_H
#define GARDENER_LOG_H

struct flb_api;

/* Stores the host's log function. Called at each init: a reload passes a new api. */
void log_init(const struct flb_api *api);

/* Writes one line (or several, for a stack trace) with the plugin's prefix. */
void log_line(int level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Writes a message that already contains its prefix. A long one (a stack trace) is written in pieces of complete
 * lines.
 */
void log_raw(int level, const char *message);

#endif
