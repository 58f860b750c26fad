#include "tag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Replaces each run of separators with one dot, removes dots at both ends, and omits stars. */
static void normalize(char *tag)
{
    size_t length = 0;

    for (const char *from = tag; *from != '\0'; from++) {
        bool separator = strchr("/\\:", *from) != NULL;
        bool dot = separator || *from == '.';
        bool after_dot = length > 0 && tag[length - 1] == '.';
        if (*from != '*' && !(dot && after_dot) && !(separator && length == 0)) {
            tag[length++] = dot ? '.' : *from;
        }
    }
    if (length > 0 && tag[length - 1] == '.') {
        length--;
    }
    tag[length] = '\0';
}

char *tag_of_file(const char *pattern, const char *path)
{
    const char *star = strchr(pattern, '*');
    char *tag;

    if (star == NULL) {
        return strdup(pattern);
    }
    if (asprintf(&tag, "%.*s%s%s", (int) (star - pattern), pattern, path, star + 1) < 0) {
        return NULL;
    }
    normalize(tag);
    return tag;
}

bool tag_matches(const char *pattern, const char *tag)
{
    const char *star = NULL; /* the last star, and the position in the tag to retry from */
    const char *retry = NULL;

    while (*tag != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            retry = tag;
        }
        else if (*pattern == *tag) {
            pattern++;
            tag++;
        }
        else if (star != NULL) {
            pattern = star + 1;
            tag = ++retry;
        }
        else {
            return false;
        }
    }
    while (*pattern == '*') {
        pattern++;
    }
    return *pattern == '\0';
}
