/*
 * Keeps SIGSEGV, SIGFPE, SIGBUS and SIGILL for the JVM, which faults on purpose (safepoints, null checks). Fluent
 * Bit's handlers for SIGHUP (a hot reload) and SIGCONT reinstall Fluent Bit's own handlers for SIGSEGV and SIGFPE,
 * and these abort the process.
 *
 * First choice: before the JVM starts, the host executable's import of signal() is redirected to a wrapper that
 * ignores these four signals. So the JVM's handlers are always installed. When the import is not found (a host that
 * binds it in another way), a relay replaces the host's SIGHUP and SIGCONT handlers. It calls them, and restores the
 * JVM's handlers and itself at once. The relay does not protect the microseconds inside it, nor a reload while the
 * JVM starts.
 *
 * The JVM passes a fault that is not its own to the handler that the host had installed before: a crash inside the
 * host still ends with the host's own stack trace.
 */
#ifndef GARDENER_SIGNALS_H
#define GARDENER_SIGNALS_H

/*
 * These two are called once, right before and right after the JVM starts. GARDENER_PLUGIN_SIGNALS=relay selects the
 * relay, for tests and for hosts on which the redirection fails.
 */
void signals_before_jvm(void);

void signals_after_jvm(void);

#endif
