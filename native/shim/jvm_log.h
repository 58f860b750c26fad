/* What the JVM has to say outside of Java: to the host's log, since it has no terminal of its own. */
#ifndef GARDENER_JVM_LOG_H
#define GARDENER_JVM_LOG_H

#include <stdarg.h>
#include <stdio.h>

/* The JVM's vfprintf: one line of the log for each line, however the JVM cuts it. Thread-safe. */
int jvm_log_print(FILE *stream, const char *format, va_list args);

/* Says that the JVM does not start, for the JNI error that it answered, and what to check. */
void jvm_log_no_start(int error);

#endif
