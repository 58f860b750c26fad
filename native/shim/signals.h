/*
 * Keeps SIGSEGV, SIGFPE, SIGBUS and SIGILL for the JVM, which faults on purpose (safepoints, null
 * checks), while Fluent Bit's handlers for SIGHUP (a hot reload) and SIGCONT install Fluent Bit's own
 * handlers for SIGSEGV and SIGFPE anew, and these abort the process.
 *
 * First choice: the host executable's import of signal() is redirected to a wrapper that leaves these
 * four alone, so that there is no moment without the JVM's handlers. Where the import is not found (a
 * static host), a relay stands before the host's SIGHUP and SIGCONT handlers, calls them, and restores
 * the JVM's handlers and itself at once; the microseconds inside it stay open.
 */
#ifndef GARDENER_SIGNALS_H
#define GARDENER_SIGNALS_H

/*
 * Called once, right after the JVM has started. GARDENER_PLUGIN_SIGNALS=relay chooses the relay, for
 * tests and for hosts on which the redirection misbehaves.
 */
void signals_keep(void);

#endif
