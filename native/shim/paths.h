/* Locates the plugin's own folder, a JVM, and the jars. */
#ifndef GARDENER_PATHS_H
#define GARDENER_PATHS_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

/* A JVM's library and where it was found; otherwise all places that were searched. */
struct jvm_place {
    char library[PATH_MAX];
    char searched[4096];
};

/* The folder gardener/ next to the library that contains this code. */
bool paths_home(char *home, size_t size);

/*
 * Finds a JVM of version 17 or newer. Searches only GARDENER_PLUGIN_JAVA_HOME when that is set. Otherwise it
 * searches <home>/runtime, JAVA_HOME, the java on PATH, and the newest one in the system's folder, in this order.
 */
bool paths_find_jvm(const char *home, const char *system_folder, struct jvm_place *place);

/* All jars of <home>/lib, sorted by name, as a class path; NULL when there are none. */
char *paths_class_path(const char *home);

#endif
