/* The host's log. Thread-safe once log_open has been called. */
#ifndef GARDENER_LOG_H
#define GARDENER_LOG_H

struct flb_api;

/* Remembers where the host's log is. Called at each init: a reload brings a new api. */
void log_open(const struct flb_api *api);

/* Writes one line (or a few, for a stack trace) with the plugin's prefix. */
void log_line(int level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Writes a message that carries its prefix already; a long one (a stack trace) in pieces of whole
 * lines.
 */
void log_raw(int level, const char *message);

#endif
