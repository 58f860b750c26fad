#include "values.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <strings.h>

bool value_bool(const char *text, bool *value)
{
    static const char *const YES[] = {"true", "on", "yes"};
    static const char *const NO[] = {"false", "off", "no"};

    for (int i = 0; i < 3; i++) {
        if (strcasecmp(text, YES[i]) == 0 || strcasecmp(text, NO[i]) == 0) {
            *value = strcasecmp(text, YES[i]) == 0;
            return true;
        }
    }
    return false;
}

bool value_number(const char *text, long *value)
{
    char *end;

    errno = 0;
    *value = strtol(text, &end, 10);
    return errno == 0 && end != text && *end == '\0';
}

bool value_seconds(const char *text, double *value)
{
    char *end;

    *value = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*value) && *value >= 0;
}

bool value_bytes(const char *text, size_t *value)
{
    static const char SUFFIXES[] = "kmg";
    char *end;
    unsigned long long factor = 1;

    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (errno != 0 || end == text || text[0] == '-') {
        return false;
    }
    for (int i = 0; SUFFIXES[i] != '\0' && *end != '\0'; i++) {
        factor *= 1000;
        if (strncasecmp(end, &SUFFIXES[i], 1) == 0) {
            end++;
            if (strcasecmp(end, "b") == 0) {
                end++;
            }
            break;
        }
    }
    if (*end != '\0' || number > (unsigned long long) -1 / factor) {
        return false;
    }
    *value = (size_t) (number * factor);
    return true;
}
