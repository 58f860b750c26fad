#include "jvm_log.h"

#include <jni.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "fluent_bit.h"
#include "log.h"

/*
 * The beginning of the message with which the JVM exits, and the process with it, when it cannot start and does not
 * return an error. No exit handler runs after it, so this is the last opportunity to log what to check.
 */
static const char FATAL[] = "Error occurred during initialization of VM";

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char line[1024]; /* the incomplete line so far; guarded by lock */

static void log_text(const char *text)
{
    if (text[0] != '\0') {
        log_line(FLB_LOG_WARN, "the JVM says: %s", text);
    }
    if (strncmp(text, FATAL, sizeof(FATAL) - 1) == 0) {
        jvm_log_start_failure(JNI_ERR);
    }
}

/* Logs the complete lines, or a full buffer, and keeps the rest. */
static void log_lines(void)
{
    char *start = line;
    char *end;

    while ((end = strchr(start, '\n')) != NULL) {
        *end = '\0';
        log_text(start);
        start = end + 1;
    }
    memmove(line, start, strlen(start) + 1);
    if (strlen(line) == sizeof(line) - 1) {
        log_text(line);
        line[0] = '\0';
    }
}

int jvm_log_print(FILE *stream, const char *format, va_list args)
{
    if (stream != stdout && stream != stderr) {
        return vfprintf(stream, format, args);
    }
    pthread_mutex_lock(&lock);
    size_t used = strlen(line);
    int length = vsnprintf(line + used, sizeof(line) - used, format, args);
    log_lines();
    pthread_mutex_unlock(&lock);
    return length;
}

void jvm_log_start_failure(int error)
{
    if (error == JNI_EEXIST) {
        log_line(FLB_LOG_ERROR, "another library has started a JVM in this process already: load the plugin "
                                "from one place only, and restart Fluent Bit");
        return;
    }
    /* The options themselves are not logged: they may contain a password. */
    log_line(FLB_LOG_ERROR,
             "the JVM does not start (JNI error %d); check GARDENER_PLUGIN_JAVA_OPTS (%s) and the memory that "
             "is free",
             error, getenv("GARDENER_PLUGIN_JAVA_OPTS") == NULL ? "not set" : "set");
}
