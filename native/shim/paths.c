#include "paths.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MIN_JAVA_VERSION = 17 };

bool paths_home(char *home, size_t size)
{
    Dl_info self;

    if (dladdr((void *) paths_home, &self) == 0 || self.dli_fname == NULL) {
        return false;
    }
    char file[PATH_MAX];
    if (realpath(self.dli_fname, file) == NULL) {
        return false;
    }
    char *slash = strrchr(file, '/');
    if (slash == NULL) {
        return false;
    }
    *slash = '\0';
    return (size_t) snprintf(home, size, "%s/gardener", file) < size;
}

/* The feature version in the file `release` of a Java home; 0 when it is missing. */
static int java_version(const char *java_home)
{
    char file[PATH_MAX + 16];
    char line[256];
    int version = 0;

    snprintf(file, sizeof(file), "%s/release", java_home);
    FILE *release = fopen(file, "re");
    if (release == NULL) {
        return 0;
    }
    while (version == 0 && fgets(line, sizeof(line), release) != NULL) {
        if (sscanf(line, "JAVA_VERSION=\"%d", &version) == 1 && version == 1) {
            version = 8; /* up to 8, versions have the form 1.8 */
        }
    }
    fclose(release);
    return version;
}

static void add_searched(struct jvm_place *place, const char *text, const char *what, const char *why)
{
    size_t used = strlen(place->searched);

    snprintf(place->searched + used, sizeof(place->searched) - used, "%s%s%s (%s)",
             used == 0 ? "" : ", ", text, what, why);
}

/* True when java_home contains a suitable JVM. */
static bool try_home(struct jvm_place *place, const char *name, const char *java_home)
{
    char why[64];
    int length = snprintf(place->library, sizeof(place->library), "%s/lib/server/libjvm.so", java_home);

    if (length >= (int) sizeof(place->library) || access(place->library, R_OK) != 0) {
        add_searched(place, name, java_home, "no lib/server/libjvm.so");
        return false;
    }
    int version = java_version(java_home);
    if (version != 0 && version < MIN_JAVA_VERSION) {
        snprintf(why, sizeof(why), "Java %d is too old", version);
        add_searched(place, name, java_home, why);
        return false;
    }
    return true;
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);

    return value != NULL && value[0] != '\0';
}

static bool try_variable(struct jvm_place *place, const char *variable)
{
    char name[64];

    if (!is_set(variable)) {
        add_searched(place, variable, "", "not set");
        return false;
    }
    snprintf(name, sizeof(name), "%s=", variable);
    return try_home(place, name, getenv(variable));
}

/* The home of the java on PATH: two folders above the program that its symbolic links resolve to. */
static bool try_path(struct jvm_place *place)
{
    const char *path = getenv("PATH");
    char *copy = path == NULL ? NULL : strdup(path);
    bool found = false;
    bool any = false;
    char *rest = NULL;

    for (char *folder = copy == NULL ? NULL : strtok_r(copy, ":", &rest); folder != NULL && !any;
         folder = strtok_r(NULL, ":", &rest)) {
        char program[PATH_MAX];
        char real[PATH_MAX];
        snprintf(program, sizeof(program), "%s/java", folder);
        if (access(program, X_OK) != 0 || realpath(program, real) == NULL) {
            continue;
        }
        any = true;
        for (int up = 0; up < 2; up++) {
            char *slash = strrchr(real, '/');
            if (slash != NULL) {
                *slash = '\0';
            }
        }
        found = try_home(place, "java on PATH: ", real);
    }
    free(copy);
    if (!any) {
        add_searched(place, "PATH", "", "no java");
    }
    return found;
}

/* The newest JVM in the folder. */
static bool try_system(struct jvm_place *place, const char *folder)
{
    struct dirent **names;
    int count = scandir(folder, &names, NULL, alphasort);
    char newest[PATH_MAX] = "";
    int newest_version = -1;

    for (int i = 0; i < count; i++) {
        char java_home[PATH_MAX];
        char library[PATH_MAX + 32];
        snprintf(java_home, sizeof(java_home), "%s/%s", folder, names[i]->d_name);
        snprintf(library, sizeof(library), "%s/lib/server/libjvm.so", java_home);
        int version = java_version(java_home);
        if (names[i]->d_name[0] != '.' && access(library, R_OK) == 0 && version > newest_version) {
            newest_version = version;
            memcpy(newest, java_home, sizeof(newest));
        }
        free(names[i]);
    }
    if (count >= 0) {
        free(names);
    }
    if (newest_version < 0) {
        add_searched(place, folder, "", count < 0 ? "not there" : "no JVM");
        return false;
    }
    return try_home(place, "", newest);
}

bool paths_find_jvm(const char *home, const char *system_folder, struct jvm_place *place)
{
    char runtime[PATH_MAX];

    place->searched[0] = '\0';
    if (is_set("GARDENER_PLUGIN_JAVA_HOME")) {
        return try_variable(place, "GARDENER_PLUGIN_JAVA_HOME");
    }
    add_searched(place, "GARDENER_PLUGIN_JAVA_HOME", "", "not set");
    snprintf(runtime, sizeof(runtime), "%s/runtime", home);
    return try_home(place, "", runtime) || try_variable(place, "JAVA_HOME") || try_path(place)
        || try_system(place, system_folder);
}

static int is_jar(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > 4 && strcmp(entry->d_name + length - 4, ".jar") == 0;
}

char *paths_class_path(const char *home)
{
    char folder[PATH_MAX];
    struct dirent **jars;
    char *path = NULL;
    size_t size = 0;

    snprintf(folder, sizeof(folder), "%s/lib", home);
    int count = scandir(folder, &jars, is_jar, alphasort);
    if (count <= 0) {
        return NULL;
    }
    FILE *text = open_memstream(&path, &size);
    for (int i = 0; i < count; i++) {
        if (text != NULL) {
            fprintf(text, "%s%s/%s", i == 0 ? "" : ":", folder, jars[i]->d_name);
        }
        free(jars[i]);
    }
    free(jars);
    if (text != NULL) {
        fclose(text);
    }
    return path;
}
