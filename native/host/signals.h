/*
 * The signals as Fluent Bit handles them: SIGINT, SIGQUIT and SIGTERM stop it, SIGHUP reloads, SIGCONT
 * dumps, SIGSEGV and SIGFPE abort. As in Fluent Bit, the handler of SIGHUP, SIGCONT, SIGSEGV and SIGFPE
 * installs all of them anew, through signal(): what a plugin must live with.
 */
#ifndef HOST_SIGNALS_H
#define HOST_SIGNALS_H

#include <stdbool.h>

/* Installs the handlers; false when there is no pipe for them. */
bool signals_init(void);

/* Ignores SIGPIPE, over whatever a plugin has made of it: Fluent Bit does so for each configuration. */
void signals_ignore_pipe(void);

/* Waits until a signal has come or signals_wake was called. */
void signals_wait(void);

/* Ends signals_wait; from any thread. */
void signals_wake(void);

/* The signal that asks for an end; 0 for none. */
int signals_stop(void);

/* True once after a SIGHUP; one that comes before signals_reloaded is refused with a line. */
bool signals_reload(void);

void signals_reloaded(void);

#endif
