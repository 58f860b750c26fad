#include "pages.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

struct mapping {
    uintptr_t start;
    uintptr_t end;
    bool is_of_folder;
};

/* Whether the line begins a mapping, which is then read. */
static bool read_head(const char *line, const char *folder, struct mapping *mapping)
{
    uintptr_t start; /* other lines also begin with what may be a number */
    uintptr_t end;
    char rights[5];
    int path = 0;

    if (sscanf(line, "%lx-%lx %4s %*s %*s %*s %n", &start, &end, rights, &path) != 3 || path == 0) {
        return false;
    }
    size_t length = strlen(folder);
    mapping->start = start;
    mapping->end = end;
    mapping->is_of_folder = strchr(rights, 'w') == NULL && strncmp(line + path, folder, length) == 0
        && line[path + length] == '/';
    return true;
}

void pages_release(const char *folder)
{
    char line[PATH_MAX + 128];
    struct mapping mapping = {0};
    unsigned long changed_kb;
    FILE *smaps = fopen("/proc/self/smaps", "re");

    while (smaps != NULL && fgets(line, sizeof(line), smaps) != NULL) {
        /* What the linker relocated is no longer writable, but its changes would be lost. */
        if (!read_head(line, folder, &mapping) && mapping.is_of_folder
            && sscanf(line, "Anonymous: %lu kB", &changed_kb) == 1 && changed_kb == 0) {
            madvise((void *) mapping.start, mapping.end - mapping.start, MADV_DONTNEED);
        }
    }
    if (smaps != NULL) {
        fclose(smaps);
    }
}
