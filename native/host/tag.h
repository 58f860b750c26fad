/* Tags, as Fluent Bit makes and matches them. */
#ifndef HOST_TAG_H
#define HOST_TAG_H

#include <stdbool.h>

/*
 * The tag of a file: the * of the pattern is replaced by the path, in which / becomes a dot.
 * kubernetes.* and /var/log/a.log make kubernetes.var.log.a.log. The caller frees it; NULL: no memory.
 */
char *tag_of_file(const char *pattern, const char *path);

/* Whether a tag matches a pattern, in which * stands for any text. */
bool tag_matches(const char *pattern, const char *tag);

#endif
