/* Tags, created and matched as in Fluent Bit. */
#ifndef HOST_TAG_H
#define HOST_TAG_H

#include <stdbool.h>

/*
 * The tag of a file: the * of the pattern is replaced by the path, with dots for slashes. kubernetes.* and
 * /var/log/a.log give kubernetes.var.log.a.log. The caller frees the result; NULL when there is no memory.
 */
char *tag_of_file(const char *pattern, const char *path);

/* Whether a tag matches a pattern, in which * matches any text. */
bool tag_matches(const char *pattern, const char *tag);

#endif
