#define _GNU_SOURCE
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

enum { BUFFER_BYTES = 128 << 10, TEMPORARY_LENGTH = 32 };

/* Short, because `name` may already have the maximum length of a name. */
static void temporary_name(char name[TEMPORARY_LENGTH])
{
    snprintf(name, TEMPORARY_LENGTH, ".cp-%ld", (long) getpid());
}

static const char *write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return "write";
        }
        bytes += written;
        length -= (size_t) written;
    }
    return NULL;
}

/* Copies from the current offset of both files up to `end`. */
static const char *copy_range(int in, int out, off_t offset, off_t end)
{
    static char buffer[BUFFER_BYTES];
    const char *failed = NULL;

    while (failed == NULL && offset < end) {
        size_t wanted = end - offset < BUFFER_BYTES ? (size_t) (end - offset) : BUFFER_BYTES;
        ssize_t got = read(in, buffer, wanted);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return "read";
        }
        if (got == 0) {
            return NULL; /* the source was truncated */
        }
        failed = write_all(out, buffer, (size_t) got);
        offset += got;
    }
    return failed;
}

/* Copies only data, not holes. A file system without support for holes reports the whole file as data. */
static const char *copy_data(int in, int out, off_t size)
{
    off_t offset = 0;

    while (offset < size) {
        off_t data = lseek(in, offset, SEEK_DATA);
        off_t hole;
        if (data < 0 && errno == ENXIO) {
            break; /* the rest is a hole */
        }
        if (data < 0) {
            data = offset;
            hole = size;
        } else {
            hole = lseek(in, data, SEEK_HOLE);
        }
        if (hole < 0) {
            hole = size;
        }
        if (lseek(in, data, SEEK_SET) < 0) {
            return "read";
        }
        if (lseek(out, data, SEEK_SET) < 0) {
            return "write";
        }
        const char *failed = copy_range(in, out, data, hole);
        if (failed != NULL) {
            return failed;
        }
        offset = hole;
    }
    return ftruncate(out, size) == 0 ? NULL : "write";
}

static const char *copy_content(int in, int out, const struct stat *status)
{
    const struct timespec times[2] = {status->st_mtim, status->st_mtim};
    const char *failed = copy_data(in, out, status->st_size);

    if (failed == NULL && fchmod(out, status->st_mode & 0777) != 0) {
        failed = "set the mode of";
    }
    if (failed == NULL && futimens(out, times) != 0) {
        failed = "set the time of";
    }
    return failed;
}

const char *file_copy(int from, const char *name, const struct stat *status, int to, const char *to_name)
{
    char temporary[TEMPORARY_LENGTH];
    const char *failed;
    int saved;
    int in = openat(from, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    if (in < 0) {
        return "read";
    }
    temporary_name(temporary);
    int out = openat(to, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (out < 0) {
        failed = "create the copy of";
    } else {
        failed = copy_content(in, out, status);
        saved = errno;
        if (close(out) != 0 && failed == NULL) {
            failed = "write";
            saved = errno;
        }
        errno = saved;
        if (failed == NULL && renameat(to, temporary, to, to_name) != 0) {
            failed = "replace";
        }
        if (failed != NULL) {
            saved = errno;
            unlinkat(to, temporary, 0);
            errno = saved;
        }
    }
    saved = errno;
    close(in);
    errno = saved;
    return failed;
}

const char *link_copy(int from, const char *name, int to, const char *to_name)
{
    char temporary[TEMPORARY_LENGTH];
    char target[PATH_MAX];
    ssize_t length = readlinkat(from, name, target, sizeof(target) - 1);

    if (length < 0) {
        return "read";
    }
    target[length] = '\0';
    temporary_name(temporary);
    unlinkat(to, temporary, 0);
    if (symlinkat(target, to, temporary) != 0) {
        return "create the copy of";
    }
    if (renameat(to, temporary, to, to_name) != 0) {
        int saved = errno;
        unlinkat(to, temporary, 0);
        errno = saved;
        return "replace";
    }
    return NULL;
}
