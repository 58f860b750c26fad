/*
 * A classic configuration file: sections of keys and values, comments, ${VARIABLES}. Commands (@SET, @INCLUDE) are
 * rejected.
 */
#ifndef HOST_CONFIG_H
#define HOST_CONFIG_H

#include <stddef.h>

struct config_property {
    char *key;
    char *value; /* variables replaced; NULL (not set, as in Fluent Bit) when nothing is left */
};

struct config_section {
    char *name; /* without brackets */
    struct config_property *properties;
    size_t count;
};

struct config {
    struct config_section *sections;
    size_t count;
};

/* NULL when the file cannot be read or is malformed; `error` is then one line that says where and why. */
struct config *config_read(const char *path, char *error, size_t error_size);

void config_free(struct config *config);

/* The next section of this name after `previous`, or the first one for NULL; case-insensitive. */
const struct config_section *config_next(const struct config *config, const char *name,
                                         const struct config_section *previous);

/* The value of the key, case-insensitive; NULL when it is not set. */
const char *config_get(const struct config_section *section, const char *key);

#endif
