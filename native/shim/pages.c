#include "pages.h"

#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What /proc/self/pagemap says of a page, see "pagemap" in the kernel's documentation. */
static const uint64_t PRESENT = 1ULL << 63;
static const uint64_t SWAPPED = 1ULL << 62;
static const uint64_t OF_FILE = 1ULL << 61;

enum { PAGES_PER_READ = 512 };

struct mapping {
    uintptr_t start;
    uintptr_t end;
};

/* Whether the line is that of a mapping that is not writable, of a file in the folder. It is then read. */
static bool read_mapping(const char *line, const char *folder, struct mapping *mapping)
{
    size_t length = strlen(folder);
    char rights[5];
    int path = 0;

    return sscanf(line, "%lx-%lx %4s %*s %*s %*s %n", &mapping->start, &mapping->end, rights, &path) == 3 && path != 0
        && strchr(rights, 'w') == NULL && strncmp(line + path, folder, length) == 0 && line[path + length] == '/';
}

/*
 * Whether no page differs from the file. What the linker relocated is no longer writable, and a JVM may have moved its
 * cache: their changes would be lost. The file smaps also says that, but counts the pages of all mappings: 3 ms.
 */
static bool is_unchanged(int pagemap, const struct mapping *mapping)
{
    const size_t page_bytes = (size_t) sysconf(_SC_PAGESIZE);
    uint64_t pages[PAGES_PER_READ];
    uintptr_t at = mapping->start;

    while (at < mapping->end) {
        size_t count = (mapping->end - at) / page_bytes;
        size_t bytes = (count < PAGES_PER_READ ? count : PAGES_PER_READ) * sizeof(pages[0]);
        ssize_t got = pread(pagemap, pages, bytes, (off_t) (at / page_bytes * sizeof(pages[0])));

        if (got < (ssize_t) sizeof(pages[0])) {
            return false;
        }
        for (size_t i = 0; i < (size_t) got / sizeof(pages[0]); i++) {
            if ((pages[i] & SWAPPED) != 0 || (pages[i] & (PRESENT | OF_FILE)) == PRESENT) {
                return false;
            }
        }
        at += (size_t) got / sizeof(pages[0]) * page_bytes;
    }
    return true;
}

void pages_release(const char *folder)
{
    char line[PATH_MAX + 128];
    struct mapping mapping;
    FILE *maps = fopen("/proc/self/maps", "re");
    int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

    while (maps != NULL && fgets(line, sizeof(line), maps) != NULL) {
        if (read_mapping(line, folder, &mapping) && is_unchanged(pagemap, &mapping)) {
            madvise((void *) mapping.start, mapping.end - mapping.start, MADV_DONTNEED);
        }
    }
    if (pagemap >= 0) {
        close(pagemap);
    }
    if (maps != NULL) {
        fclose(maps);
    }
}
