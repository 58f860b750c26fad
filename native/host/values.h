/* Values as Fluent Bit's configuration writes them. Each function returns false for invalid text. */
#ifndef HOST_VALUES_H
#define HOST_VALUES_H

#include <stdbool.h>
#include <stddef.h>

/* true, on, yes; false, off, no. */
bool value_bool(const char *text, bool *value);

/* A whole number. */
bool value_number(const char *text, long *value);

/* Seconds with a fraction, not negative: 0.2. */
bool value_seconds(const char *text, double *value);

/* Bytes, with k, M or G for powers of 1000 as in Fluent Bit: 64M. */
bool value_bytes(const char *text, size_t *value);

#endif
