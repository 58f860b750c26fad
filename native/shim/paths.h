/* Where things are: the plugin's own folder, a JVM, the jars. */
#ifndef GARDENER_PATHS_H
#define GARDENER_PATHS_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

/* A JVM's library and where it was found; or every place that was looked at. */
struct jvm_place {
    char library[PATH_MAX];
    char looked_at[4096];
};

/* The folder gardener/ beside the library that this code is in. */
bool paths_home(char *home, size_t size);

/*
 * Looks for a JVM of version 17 or newer: GARDENER_PLUGIN_JAVA_HOME and, where that is set, nowhere else;
 * then <home>/runtime, JAVA_HOME, the java on PATH, the newest one in the system's folder.
 */
bool paths_find_jvm(const char *home, const char *system_folder, struct jvm_place *place);

/* All jars of <home>/lib, in order of their names, as a class path; NULL when there are none. */
char *paths_class_path(const char *home);

#endif
