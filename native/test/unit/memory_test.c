#include "memory.h"

#include <malloc.h>

#include "check.h"

enum { LARGE_BYTES = 8 * 1024 * 1024 };

/* Volatile: the compiler would omit blocks that nobody uses. */
static void *volatile block;

static size_t blocks_of_their_own(void)
{
    return mallinfo2().hblks;
}

static void free_a_large_block(void)
{
    block = malloc(LARGE_BYTES);
    free(block);
}

static void should_leave_the_settings_of_the_environment_alone(void)
{
    setenv("GLIBC_TUNABLES", "glibc.malloc.arena_max=2:glibc.malloc.mmap_threshold=1048576", 1);
    memory_tune_malloc();
    free_a_large_block();
    size_t before = blocks_of_their_own();
    block = malloc(LARGE_BYTES);
    CHECK(blocks_of_their_own() == before); /* glibc's default rule: the next large block comes from the arena */
    free(block);
    unsetenv("GLIBC_TUNABLES");
}

static void should_map_large_blocks_also_after_one_was_freed(void)
{
    memory_tune_malloc();
    free_a_large_block();
    size_t before = blocks_of_their_own();
    block = malloc(LARGE_BYTES);
    CHECK(blocks_of_their_own() == before + 1);
    free(block);
    CHECK(blocks_of_their_own() == before);
}

static void should_trim_while_blocks_are_in_use(void)
{
    block = malloc(LARGE_BYTES);
    memset(block, 7, LARGE_BYTES);
    memory_trim();
    CHECK(((unsigned char *) block)[LARGE_BYTES - 1] == 7);
    free(block);
}

int main(void)
{
    RUN(should_leave_the_settings_of_the_environment_alone);
    RUN(should_map_large_blocks_also_after_one_was_freed);
    RUN(should_trim_while_blocks_are_in_use);
    return EXIT_SUCCESS;
}
