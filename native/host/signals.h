/*
 * Handles signals like Fluent Bit: SIGINT, SIGQUIT and SIGTERM stop it, SIGHUP reloads, SIGCONT dumps, SIGSEGV and
 * SIGFPE abort. As in Fluent Bit, the handler of SIGHUP, SIGCONT, SIGSEGV and SIGFPE reinstalls all of them with
 * signal(), which plugins must tolerate.
 */
#ifndef HOST_SIGNALS_H
#define HOST_SIGNALS_H

#include <stdbool.h>

/* Installs the handlers; false when no pipe can be created for them. */
bool signals_init(void);

/* Ignores SIGPIPE, whatever a plugin changed: Fluent Bit does so for each configuration. */
void signals_ignore_pipe(void);

/* Waits for a signal or for signals_wake. */
void signals_wait(void);

/* Ends signals_wait; may be called from any thread. */
void signals_wake(void);

/* The signal that requests the end; 0 for none. */
int signals_stop(void);

/* True once after a SIGHUP; one that arrives before signals_reloaded is rejected with a log line. */
bool signals_reload(void);

void signals_reloaded(void);

#endif
