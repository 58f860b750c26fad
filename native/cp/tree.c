#define _GNU_SOURCE
#include "tree.h"

#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* An entry to copy, and its path for messages on stderr. */
struct entry {
    int from;
    const char *name;
    int to;
    const char *to_name;
    const char *path;
};

/* The target folder, once it exists. It is not copied into itself, which would never end. */
struct root {
    bool known;
    dev_t device;
    ino_t inode;
};

static int copy_entry(const struct entry *entry, struct root *root);

static int fail(const char *format, ...)
{
    va_list arguments;

    fputs("cp: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return -1;
}

static int fail_with_errno(const char *what, const char *path)
{
    return fail("cannot %s %s: %s", what, path, strerror(errno));
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool is_root(const struct root *root, const struct stat *status)
{
    return root->known && root->device == status->st_dev && root->inode == status->st_ino;
}

static bool find_root(struct root *root, int folder)
{
    struct stat status;

    if (fstat(folder, &status) != 0) {
        return false;
    }
    *root = (struct root) {true, status.st_dev, status.st_ino};
    return true;
}

static int copy_children(DIR *folder, int from, int to, const char *path, struct root *root)
{
    int result = 0;

    while (result == 0) {
        errno = 0;
        struct dirent *child = readdir(folder);
        if (child == NULL) {
            return errno == 0 ? 0 : fail_with_errno("read", path);
        }
        if (is_dots(child->d_name)) {
            continue;
        }
        char *child_path;
        if (asprintf(&child_path, "%s/%s", path, child->d_name) < 0) {
            return fail("no memory");
        }
        struct entry entry = {from, child->d_name, to, child->d_name, child_path};
        result = copy_entry(&entry, root);
        free(child_path);
    }
    return result;
}

/* Copies the content of the open folder `from` to the open folder `to`; closes neither. */
static int copy_content(int from, int to, const char *path, struct root *root)
{
    int duplicate = dup(from);
    DIR *folder = duplicate < 0 ? NULL : fdopendir(duplicate);

    if (folder == NULL) {
        int result = fail_with_errno("read", path);
        if (duplicate >= 0) {
            close(duplicate);
        }
        return result;
    }
    int result = copy_children(folder, from, to, path, root);
    closedir(folder);
    return result;
}

static int copy_folder(const struct entry *entry, const struct stat *status, struct root *root)
{
    const struct timespec times[2] = {status->st_mtim, status->st_mtim};
    int result = -1;
    int from = -1;
    int to = -1;

    if (is_root(root, status)) {
        return fail("cannot copy %s into itself", entry->path);
    }
    /* Writable for this process until it is complete, whatever its final mode. */
    bool made = mkdirat(entry->to, entry->to_name, 0700) == 0;
    if (!made && errno != EEXIST) {
        return fail_with_errno("create the copy of", entry->path);
    }
    from = openat(entry->from, entry->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (from < 0) {
        fail_with_errno("read", entry->path);
        goto done;
    }
    to = openat(entry->to, entry->to_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (to < 0 || (!root->known && !find_root(root, to))) {
        fail_with_errno("replace", entry->path);
        goto done;
    }
    result = copy_content(from, to, entry->path, root);
    if (result == 0 && made && (fchmod(to, status->st_mode & 0777) != 0 || futimens(to, times) != 0)) {
        result = fail_with_errno("set the mode and time of", entry->path);
    }
done:
    if (to >= 0) {
        close(to);
    }
    if (from >= 0) {
        close(from);
    }
    return result;
}

static int copy_entry(const struct entry *entry, struct root *root)
{
    struct stat status;
    const char *failed;

    if (fstatat(entry->from, entry->name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return fail_with_errno("read", entry->path);
    }
    switch (status.st_mode & S_IFMT) {
    case S_IFDIR:
        return copy_folder(entry, &status, root);
    case S_IFREG:
        failed = file_copy(entry->from, entry->name, &status, entry->to, entry->to_name);
        break;
    case S_IFLNK:
        failed = link_copy(entry->from, entry->name, entry->to, entry->to_name);
        break;
    default:
        return fail("cannot copy %s: neither a file nor a folder nor a link", entry->path);
    }
    return failed == NULL ? 0 : fail_with_errno(failed, entry->path);
}

/* The path without trailing slashes; NULL when there is no memory. */
static char *trimmed(const char *path)
{
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return strndup(path, length);
}

static int copy_content_of(const char *source, const char *target, int to, struct root *root)
{
    struct stat status;
    int result;
    int from = open(source, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (from < 0) {
        return fail_with_errno("read", source);
    }
    if (fstat(from, &status) != 0) {
        result = fail_with_errno("read", source);
    } else if (is_root(root, &status)) {
        result = fail("%s and %s are the same folder", source, target);
    } else {
        result = copy_content(from, to, source, root);
    }
    close(from);
    return result;
}

static int copy_into(const char *source, const char *target, int to)
{
    const char *slash = strrchr(source, '/');
    const char *name = slash == NULL ? source : slash + 1;
    struct root root;

    if (!find_root(&root, to)) {
        return fail_with_errno("read", target);
    }
    if (*name == '\0' || is_dots(name)) {
        return copy_content_of(source, target, to, &root);
    }
    struct entry entry = {AT_FDCWD, source, to, name, source};
    return copy_entry(&entry, &root);
}

/* The folder `target` does not exist: its parent gets an entry of this name. */
static int copy_as(const char *source, char *target)
{
    struct root root = {.known = false};
    struct stat from;
    struct stat to;
    char *slash = strrchr(target, '/');
    const char *name = slash == NULL ? target : slash + 1;

    if (stat(source, &from) == 0 && stat(target, &to) == 0 && from.st_dev == to.st_dev && from.st_ino == to.st_ino) {
        return fail("%s and %s are the same file", source, target);
    }
    if (slash != NULL) {
        *slash = '\0';
    }
    const char *parent = slash == NULL ? "." : slash == target ? "/" : target;
    int folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return fail_with_errno("open", parent);
    }
    struct entry entry = {AT_FDCWD, source, folder, name, source};
    int result = copy_entry(&entry, &root);
    close(folder);
    return result;
}

int tree_copy(const char *source, const char *target)
{
    char *from = trimmed(source);
    char *to = trimmed(target);
    int result;

    if (from == NULL || to == NULL) {
        result = fail("no memory");
    } else {
        int folder = open(to, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folder >= 0) {
            result = copy_into(from, to, folder);
            close(folder);
        } else if (errno == ENOENT || errno == ENOTDIR) {
            result = copy_as(from, to);
        } else {
            result = fail_with_errno("open", to);
        }
    }
    free(to);
    free(from);
    return result;
}
