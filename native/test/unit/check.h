/* The minimum that the unit tests need: a check that reports what failed, and the list of tests to run. */
#ifndef TEST_CHECK_H
#define TEST_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                       \
    do {                                                                                       \
        if (!(condition)) {                                                                    \
            fprintf(stderr, "FAILED: %s:%d: %s: %s\n", __FILE__, __LINE__, __func__, #condition); \
            exit(EXIT_FAILURE);                                                                \
        }                                                                                      \
    } while (0)

#define CHECK_TEXT(found, wanted)                                                                    \
    do {                                                                                             \
        const char *check_found = (found);                                                           \
        if (check_found == NULL || strcmp(check_found, (wanted)) != 0) {                             \
            fprintf(stderr, "FAILED: %s:%d: %s: \"%s\" is not \"%s\"\n", __FILE__, __LINE__, __func__, \
                    check_found == NULL ? "NULL" : check_found, (wanted));                           \
            exit(EXIT_FAILURE);                                                                      \
        }                                                                                            \
    } while (0)

#define RUN(test)           \
    do {                    \
        puts(#test);        \
        test();             \
    } while (0)

#endif
