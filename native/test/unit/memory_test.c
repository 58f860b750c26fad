#include "memory.h"

#include <malloc.h>
#include <stdbool.h>

#include "check.h"

enum { LARGE_BYTES = 8 * 1024 * 1024, BLOCK_BYTES = 128 * 1024, CHUNK_BYTES = 64 * 1024 };

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

static bool is_mapped(size_t bytes)
{
    malloc_trim(0); /* else a block may fit in what the arena has */
    size_t before = blocks_of_their_own();

    block = malloc(bytes);
    bool mapped = blocks_of_their_own() > before;
    free(block);
    return mapped;
}

static const char *next_chunk;

static void flush(const char *tag, int chunks)
{
    for (int i = 0; i < chunks; i++) {
        memory_adapt_to_chunk(tag, next_chunk++, CHUNK_BYTES);
    }
}

/* One chunk, for so many outputs. */
static void flush_to(const char *tag, int outputs)
{
    next_chunk++;
    for (int i = 0; i < outputs; i++) {
        memory_adapt_to_chunk(tag, next_chunk, CHUNK_BYTES);
    }
}

static void flush_of_each(int chunks)
{
    for (int i = 0; i < chunks; i++) {
        flush(i % 2 == 0 ? "kubernetes.a" : "kubernetes.b", 1);
    }
}

static void should_map_blocks_as_large_as_the_chunks_of_many_files(void)
{
    memory_tune_malloc();
    CHECK(is_mapped(BLOCK_BYTES));
    flush_of_each(100);
    CHECK(is_mapped(BLOCK_BYTES));
}

static void should_count_a_chunk_once_however_many_outputs_it_has(void)
{
    memory_tune_malloc();
    for (int i = 0; i < 100; i++) {
        flush_to(i % 2 == 0 ? "kubernetes.a" : "kubernetes.b", 20);
    }
    CHECK(is_mapped(BLOCK_BYTES));
    for (int i = 0; i < 4; i++) {
        CHECK(is_mapped(BLOCK_BYTES));
        flush_to("kubernetes.b", 20);
    }
    CHECK(!is_mapped(BLOCK_BYTES));
}

static void should_take_another_size_or_address_for_another_chunk(void)
{
    memory_tune_malloc();
    for (int i = 0; i < 5; i++) {
        CHECK(is_mapped(BLOCK_BYTES));
        memory_adapt_to_chunk("kubernetes.a", next_chunk, CHUNK_BYTES + i);
    }
    CHECK(!is_mapped(BLOCK_BYTES));
    memory_tune_malloc();
    for (int i = 0; i < 5; i++) {
        CHECK(is_mapped(BLOCK_BYTES));
        memory_adapt_to_chunk("kubernetes.a", next_chunk + i, CHUNK_BYTES);
    }
    CHECK(!is_mapped(BLOCK_BYTES));
}

static void should_keep_the_large_chunks_of_one_file_in_the_arena(void)
{
    memory_tune_malloc();
    flush("kubernetes.a", 1);
    for (int i = 0; i < 4; i++) {
        CHECK(is_mapped(BLOCK_BYTES));
        memory_adapt_to_chunk("kubernetes.b", next_chunk++, CHUNK_BYTES - 1);
        flush("kubernetes.a", 1);
    }
    CHECK(!is_mapped(BLOCK_BYTES));
}

static void should_follow_the_files(void)
{
    memory_tune_malloc();
    flush("kubernetes.c", 100);
    flush_of_each(3);
    CHECK(!is_mapped(BLOCK_BYTES));
    flush("kubernetes.c", 1);
    CHECK(is_mapped(BLOCK_BYTES));
    flush("kubernetes.c", 100);
    CHECK(!is_mapped(BLOCK_BYTES));
}

static void should_leave_the_settings_of_the_environment_alone_whatever_the_chunks(void)
{
    memory_tune_malloc();
    CHECK(is_mapped(BLOCK_BYTES));
    setenv("MALLOC_TRIM_THRESHOLD_", "262144", 1);
    memory_tune_malloc();
    flush("kubernetes.a", 100);
    CHECK(is_mapped(BLOCK_BYTES));
    unsetenv("MALLOC_TRIM_THRESHOLD_");
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
    RUN(should_map_blocks_as_large_as_the_chunks_of_many_files);
    RUN(should_count_a_chunk_once_however_many_outputs_it_has);
    RUN(should_take_another_size_or_address_for_another_chunk);
    RUN(should_keep_the_large_chunks_of_one_file_in_the_arena);
    RUN(should_follow_the_files);
    RUN(should_leave_the_settings_of_the_environment_alone_whatever_the_chunks);
    RUN(should_trim_while_blocks_are_in_use);
    return EXIT_SUCCESS;
}
