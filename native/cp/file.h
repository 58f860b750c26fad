#ifndef FILE_H
#define FILE_H

#include <sys/stat.h>

/*
 * Both functions copy the entry `name` of the folder `from`, whose status is `status`, to the entry `to_name` of the
 * folder `to`, and replace an existing one. They return NULL on success. Otherwise they return what failed, and set
 * errno.
 */
const char *file_copy(int from, const char *name, const struct stat *status, int to, const char *to_name);
const char *link_copy(int from, const char *name, int to, const char *to_name);

#endif
