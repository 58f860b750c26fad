/* Forwards the JVM's own messages to the host's log, because the JVM has no terminal. */
#ifndef GARDENER_JVM_LOG_H
#define GARDENER_JVM_LOG_H

#include <stdarg.h>
#include <stdio.h>

/* The JVM's vfprintf: logs each line separately, however the JVM splits its output. Thread-safe. */
int jvm_log_print(FILE *stream, const char *format, va_list args);

/* Logs that the JVM cannot start, with the meaning of the JNI error and what to check. */
void jvm_log_start_failure(int error);

#endif
