/* The AOT cache of the plugin's classes, which `make dist` puts next to the JVM that it was made with. */
#ifndef GARDENER_AOT_CACHE_H
#define GARDENER_AOT_CACHE_H

#include <stdbool.h>
#include <stddef.h>

/* Writes the path of the cache next to this JVM's library. Returns false when there is none. */
bool aot_cache_find(const char *jvm_library, char *cache, size_t size);

/*
 * Whether the cache was made with these jars, separated by colons. `<cache>.jars` has a line "name size time" for
 * each, in the order of the class path. The JVM must not be asked: that of version 25 checks the jars of an archive,
 * but not those of a cache that was recorded and then created, and would run classes of the former jars.
 */
bool aot_cache_matches(const char *cache, const char *class_path);

#endif
