#include "pages.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"
#include "files.h"

enum { PAGES = 1000, PAGE_BYTES = 4096, LAST = (PAGES - 1) * PAGE_BYTES };

/* A private mapping of a file of some pages, all of them used. */
static char *map(const char *name, int rights)
{
    const char *path = test_write(name, "file");
    int fd = open(path, O_RDWR);
    char *start = MAP_FAILED;
    volatile char sum = 0;

    CHECK(fd >= 0 && ftruncate(fd, PAGES * PAGE_BYTES) == 0);
    start = mmap(NULL, PAGES * PAGE_BYTES, rights, MAP_PRIVATE, fd, 0);
    CHECK(start != MAP_FAILED);
    close(fd);
    for (int i = 0; i < PAGES; i++) {
        sum += start[i * PAGE_BYTES];
    }
    return start;
}

/* Whether the process has the page; the upper bit of its entry says so. */
static bool is_resident(const char *page)
{
    uint64_t entry = 0;
    int fd = open("/proc/self/pagemap", O_RDONLY);

    CHECK(fd >= 0 && pread(fd, &entry, sizeof(entry), (off_t) ((uintptr_t) page / PAGE_BYTES * sizeof(entry))) == 8);
    close(fd);
    return entry >> 63;
}

static void should_release_what_was_only_read(void)
{
    char *file = map("jvm/server/file", PROT_READ);

    CHECK(is_resident(file));
    pages_release(test_path("jvm"));
    CHECK(!is_resident(file));
    CHECK(strcmp(file, "file") == 0);
    CHECK(is_resident(file));
}

static void should_leave_what_was_changed(void)
{
    char *writable = map("jvm/writable", PROT_READ | PROT_WRITE);
    char *relocated = map("jvm/relocated", PROT_READ | PROT_WRITE);

    writable[0] = 'w';
    relocated[LAST] = 'r';
    CHECK(mprotect(relocated, PAGES * PAGE_BYTES, PROT_READ) == 0);
    pages_release(test_path("jvm"));
    CHECK(strcmp(writable, "wile") == 0);
    CHECK(relocated[LAST] == 'r');
}

static void should_leave_what_is_of_another_folder(void)
{
    char *file = map("jvm2/file", PROT_READ);

    pages_release(test_path("jvm"));
    CHECK(is_resident(file));
}

int main(void)
{
    RUN(should_release_what_was_only_read);
    RUN(should_leave_what_was_changed);
    RUN(should_leave_what_is_of_another_folder);
}
