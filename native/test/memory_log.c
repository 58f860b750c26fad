/* Replaces memory.c in a test: a plugin that logs its calls. */
#include "memory.h"

#include <stdio.h>

void memory_tune_malloc(void)
{
    fprintf(stderr, "[memory] tuned\n");
}

void memory_adapt_to_chunk(const char *tag, size_t bytes)
{
    fprintf(stderr, "[memory] chunk of %s: %zu bytes\n", tag, bytes);
}

void memory_trim(void)
{
    fprintf(stderr, "[memory] trimmed\n");
}
