/*
 * Keeps SIGSEGV, SIGFPE, SIGBUS and SIGILL for the JVM, which faults on purpose (safepoints, null
 * checks), while Fluent Bit's handlers for SIGHUP (a hot reload) and SIGCONT install Fluent Bit's own
 * handlers for SIGSEGV and SIGFPE anew, and these abort the process.
 *
 * First choice: the host executable's import of signal() is redirected to a wrapper that leaves these
 * four alone, before the JVM starts, so that there is no moment without the JVM's handlers. Where the
 * import is not found (a host that binds it in another way), a relay stands before the host's SIGHUP
 * and SIGCONT handlers, calls them, and restores the JVM's handlers and itself at once; the
 * microseconds inside it, and a reload while the JVM starts, stay open.
 *
 * The JVM passes a fault that is not its own on to the handler that the host had before: a crash
 * inside the host still ends with the host's own stack trace.
 */
#ifndef GARDENER_SIGNALS_H
#define GARDENER_SIGNALS_H

/*
 * These two are called once, right before the JVM starts and right after. GARDENER_PLUGIN_SIGNALS=relay
 * chooses the relay, for tests and for hosts on which the redirection misbehaves.
 */
void signals_before_jvm(void);

void signals_after_jvm(void);

#endif
