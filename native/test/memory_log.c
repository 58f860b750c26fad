/* Replaces memory.c in a test: a plugin that logs its calls. */
#include "memory.h"

#include <stdio.h>

void memory_tune_malloc(void)
{
    fprintf(stderr, "[memory] tuned\n");
}

void memory_adapt_to_chunk(const char *tag, const void *chunk, size_t bytes)
{
    fprintf(stderr, "[memory] chunk of %s at %p: %zu bytes\n", tag, chunk, bytes);
}

void memory_trim(void)
{
    fprintf(stderr, "[memory] trimmed\n");
}
