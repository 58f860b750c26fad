#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "log.h"

static char *trim(char *text)
{
    while (isspace((unsigned char) *text)) {
        text++;
    }
    size_t length = strlen(text);
    while (length > 0 && isspace((unsigned char) text[length - 1])) {
        text[--length] = '\0';
    }
    return text;
}

/* The text with each ${NAME} replaced by the environment's value; NULL when nothing is left. */
static char *replace_variables(const char *text)
{
    char *result = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&result, &size);

    if (out == NULL) {
        return NULL;
    }
    while (*text != '\0') {
        const char *start = strstr(text, "${");
        const char *end = start == NULL ? NULL : strchr(start, '}');
        if (end == NULL) {
            fputs(text, out);
            break;
        }
        char *name = strndup(start + 2, (size_t) (end - start - 2));
        const char *value = name == NULL ? NULL : getenv(name);
        if (value == NULL) {
            host_log(HOST_WARN, "[env] variable ${%s} is used but not set", name == NULL ? "" : name);
        }
        fprintf(out, "%.*s%s", (int) (start - text), text, value == NULL ? "" : value);
        free(name);
        text = end + 1;
    }
    fclose(out);
    if (result != NULL && result[0] == '\0') {
        free(result);
        result = NULL;
    }
    return result;
}

static bool add_section(struct config *config, const char *name)
{
    size_t bytes = (config->count + 1) * sizeof(*config->sections);
    struct config_section *sections = realloc(config->sections, bytes);

    if (sections == NULL) {
        return false;
    }
    config->sections = sections;
    sections[config->count++] = (struct config_section){.name = strdup(name)};
    return sections[config->count - 1].name != NULL;
}

static bool add_property(struct config_section *section, const char *key, const char *value)
{
    size_t bytes = (section->count + 1) * sizeof(*section->properties);
    struct config_property *properties = realloc(section->properties, bytes);

    if (properties == NULL) {
        return false;
    }
    section->properties = properties;
    properties[section->count++] =
        (struct config_property){.key = strdup(key), .value = replace_variables(value)};
    return properties[section->count - 1].key != NULL;
}

/* NULL when the line is valid, otherwise what is wrong with it. */
static const char *read_line(struct config *config, char *line)
{
    line = trim(line);
    size_t length = strlen(line);

    if (length == 0 || line[0] == '#') {
        return NULL;
    }
    if (line[0] == '@') {
        return "commands are not supported";
    }
    if (line[0] == '[') {
        if (line[length - 1] != ']' || length == 2) {
            return "a section looks like [NAME]";
        }
        line[length - 1] = '\0';
        return add_section(config, line + 1) ? NULL : "no memory";
    }
    if (config->count == 0) {
        return "a key before the first section";
    }
    size_t key_length = strcspn(line, " \t");
    if (key_length == length) {
        return "a key without a value";
    }
    line[key_length] = '\0';
    return add_property(&config->sections[config->count - 1], line, trim(line + key_length + 1)) ? NULL
                                                                                               : "no memory";
}

struct config *config_read(const char *path, char *error, size_t error_size)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t line_size = 0;
    int number = 0;
    const char *wrong = NULL;

    if (file == NULL) {
        snprintf(error, error_size, "cannot read %s: %s", path, strerror(errno));
        return NULL;
    }
    struct config *config = calloc(1, sizeof(*config));
    while (config != NULL && wrong == NULL && getline(&line, &line_size, file) >= 0) {
        number++;
        wrong = read_line(config, line);
    }
    free(line);
    fclose(file);
    if (wrong != NULL) {
        snprintf(error, error_size, "%s:%d: %s", path, number, wrong);
        config_free(config);
        return NULL;
    }
    return config;
}

void config_free(struct config *config)
{
    for (size_t i = 0; config != NULL && i < config->count; i++) {
        struct config_section *section = &config->sections[i];
        for (size_t j = 0; j < section->count; j++) {
            free(section->properties[j].key);
            free(section->properties[j].value);
        }
        free(section->properties);
        free(section->name);
    }
    if (config != NULL) {
        free(config->sections);
    }
    free(config);
}

const struct config_section *config_next(const struct config *config, const char *name,
                                         const struct config_section *previous)
{
    size_t first = previous == NULL ? 0 : (size_t) (previous - config->sections) + 1;

    for (size_t i = first; i < config->count; i++) {
        if (strcasecmp(config->sections[i].name, name) == 0) {
            return &config->sections[i];
        }
    }
    return NULL;
}

const char *config_get(const struct config_section *section, const char *key)
{
    for (size_t i = 0; section != NULL && i < section->count; i++) {
        if (strcasecmp(section->properties[i].key, key) == 0) {
            return section->properties[i].value;
        }
    }
    return NULL;
}
