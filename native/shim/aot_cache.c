#include "aot_cache.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool aot_cache_find(const char *jvm_library, char *cache, size_t size)
{
    const char *slash = strrchr(jvm_library, '/');
    int folder = slash == NULL ? 0 : (int) (slash - jvm_library) + 1;
    int length = snprintf(cache, size, "%.*sgardener.aot", folder, jvm_library);

    return length > 0 && (size_t) length < size && access(cache, R_OK) == 0;
}

/* Whether the next line of the list is that of this jar. */
static bool next_line_matches(FILE *list, const char *jar)
{
    char line[PATH_MAX + 64];
    char expected[PATH_MAX + 64];
    const char *slash = strrchr(jar, '/');
    struct stat status;

    if (stat(jar, &status) != 0 || fgets(line, sizeof(line), list) == NULL) {
        return false;
    }
    snprintf(expected, sizeof(expected), "%s %lld %lld\n", slash == NULL ? jar : slash + 1,
             (long long) status.st_size, (long long) status.st_mtime);
    return strcmp(line, expected) == 0;
}

bool aot_cache_matches(const char *cache, const char *class_path)
{
    char name[PATH_MAX + 64];
    char *rest = NULL;

    snprintf(name, sizeof(name), "%s.jars", cache);
    FILE *list = fopen(name, "re");
    char *jars = strdup(class_path);
    bool same = list != NULL && jars != NULL;
    for (char *jar = same ? strtok_r(jars, ":", &rest) : NULL; jar != NULL && same; jar = strtok_r(NULL, ":", &rest)) {
        same = next_line_matches(list, jar);
    }
    same = same && fgetc(list) == EOF;
    free(jars);
    if (list != NULL) {
        fclose(list);
    }
    return same;
}
