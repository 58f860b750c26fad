#include "follow.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"
#include "offsets.h"
#include "tag.h"

static void free_file(struct followed *file)
{
    if (file->fd >= 0) {
        close(file->fd);
    }
    free(file->path);
    free(file);
}

/* NULL when the file cannot be opened, or there is no memory. */
static struct followed *open_file(struct follow *follow, const char *path)
{
    struct followed *file = calloc(1, sizeof(*file));
    char *tag = tag_of_file(follow->tag, path);

    if (file != NULL) {
        file->path = strdup(path);
        file->fd = open(path, O_RDONLY | O_CLOEXEC);
        file->stream = tag == NULL ? NULL : streams_of(follow->streams, tag);
    }
    free(tag);
    if (file != NULL && (file->path == NULL || file->fd < 0 || file->stream == NULL)) {
        free_file(file);
        file = NULL;
    }
    return file;
}

static void add_file(struct follow *follow, const char *path, const struct stat *status, bool from_head)
{
    struct followed *file = open_file(follow, path);

    if (file == NULL) {
        host_log(HOST_ERROR, "[input:%s] cannot open %s: %s", follow->input, path, strerror(errno));
        return;
    }
    file->device = status->st_dev;
    file->inode = status->st_ino;
    file->at_path = true;
    file->offset = from_head ? 0 : status->st_size;
    if (follow->offsets != NULL) {
        offsets_find(follow->offsets, file->device, file->inode, &file->offset);
    }
    file->next = follow->files;
    follow->files = file;
    host_log(HOST_INFO, "[input:%s] inode=%llu tails %s from %lld", follow->input,
             (unsigned long long) file->inode, path, (long long) file->offset);
}

static struct followed *find_file(struct follow *follow, const struct stat *status)
{
    struct followed *file = follow->files;

    while (file != NULL && (file->device != status->st_dev || file->inode != status->st_ino)) {
        file = file->next;
    }
    return file;
}

/* Whether the file was read completely and is no longer reachable by its path, so that nobody can open it to write. */
static bool is_done(const struct followed *file)
{
    struct stat status;

    return !file->at_path && fstat(file->fd, &status) == 0 && status.st_size == file->size;
}

static void drop_done(struct follow *follow)
{
    for (struct followed **place = &follow->files; *place != NULL;) {
        struct followed *file = *place;
        if (is_done(file)) {
            *place = file->next;
            free_file(file);
        }
        else {
            place = &file->next;
        }
    }
}

void follow_scan(struct follow *follow, bool from_head)
{
    glob_t found;

    for (struct followed *file = follow->files; file != NULL; file = file->next) {
        file->at_path = false;
    }
    if (glob(follow->pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            struct stat status;
            if (stat(found.gl_pathv[i], &status) != 0 || !S_ISREG(status.st_mode)) {
                continue;
            }
            struct followed *file = find_file(follow, &status);
            if (file == NULL) {
                add_file(follow, found.gl_pathv[i], &status, from_head);
            }
            else {
                file->at_path = true;
            }
        }
        globfree(&found);
    }
    drop_done(follow);
}

size_t follow_read(struct follow *follow, struct followed *file, char *buffer, size_t size)
{
    struct stat status;

    if (fstat(file->fd, &status) != 0) {
        return 0;
    }
    if (status.st_size < file->offset) {
        host_log(HOST_INFO, "[input:%s] %s was truncated, reads it from its head", follow->input, file->path);
        file->offset = 0;
        file->size = 0;
    }
    if (status.st_size == file->size) {
        return 0;
    }
    ssize_t length = pread(file->fd, buffer, size, file->offset);
    if (length <= 0) {
        return 0;
    }
    if ((size_t) length < size) {
        file->size = file->offset + length;
    }
    return (size_t) length;
}

void follow_consume(struct follow *follow, struct followed *file, size_t bytes)
{
    file->offset += (off_t) bytes;
    follow->moved |= bytes > 0;
}

void follow_save(struct follow *follow)
{
    if (follow->offsets == NULL || !follow->moved) {
        return;
    }
    FILE *saved = offsets_begin(follow->offsets);
    for (struct followed *file = follow->files; saved != NULL && file != NULL; file = file->next) {
        offsets_put(saved, file->device, file->inode, file->offset);
    }
    if (saved == NULL || !offsets_end(saved, follow->offsets)) {
        host_log(HOST_ERROR, "[input:%s] cannot save offsets in %s: %s", follow->input, follow->offsets,
                 strerror(errno));
    }
    follow->moved = false;
}

void follow_free(struct follow *follow)
{
    while (follow->files != NULL) {
        struct followed *file = follow->files;
        follow->files = file->next;
        free_file(file);
    }
}
