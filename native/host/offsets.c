#include "offsets.h"

#include <limits.h>

static void temporary_name(char *name, size_t size, const char *path)
{
    snprintf(name, size, "%s.tmp", path);
}

bool offsets_find(const char *path, dev_t device, ino_t inode, off_t *offset)
{
    FILE *file = fopen(path, "re");
    unsigned long long line_device, line_inode;
    long long line_offset;
    bool found = false;

    if (file == NULL) {
        return false;
    }
    while (!found && fscanf(file, "%llu %llu %lld", &line_device, &line_inode, &line_offset) == 3) {
        if (line_device == device && line_inode == inode) {
            *offset = line_offset;
            found = true;
        }
    }
    fclose(file);
    return found;
}

FILE *offsets_begin(const char *path)
{
    char name[PATH_MAX];

    temporary_name(name, sizeof(name), path);
    return fopen(name, "we");
}

void offsets_put(FILE *file, dev_t device, ino_t inode, off_t offset)
{
    fprintf(file, "%llu %llu %lld\n", (unsigned long long) device, (unsigned long long) inode, (long long) offset);
}

bool offsets_end(FILE *file, const char *path)
{
    char name[PATH_MAX];

    temporary_name(name, sizeof(name), path);
    return fclose(file) == 0 && rename(name, path) == 0;
}
