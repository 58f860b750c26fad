/* The JVM's options: the plugin's, then those of GARDENER_PLUGIN_JAVA_OPTS, which take precedence. */
#ifndef GARDENER_OPTIONS_H
#define GARDENER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum { MAX_JVM_OPTIONS = 64 };

struct jvm_options {
    char *text[MAX_JVM_OPTIONS];
    int count;
};

/*
 * `jvm_library` is the JVM to start, `class_path` the plugin's jars. Returns false when there is no memory, or there
 * are more than MAX_JVM_OPTIONS.
 */
bool options_build(struct jvm_options *options, const char *jvm_library, const char *class_path);

void options_free(struct jvm_options *options);

/* Whether the JVM writes a file at its end, which takes it seconds: the record for an AOT cache. */
bool options_is_recording(const struct jvm_options *options);

/* The maximum heap in MiB for a container's memory limit in bytes; 0 for no limit. */
int options_heap_mib(unsigned long long limit_bytes);

#endif
