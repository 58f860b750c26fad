/*
 * Tails files: every line of every file that Path matches becomes an event. It follows appends,
 * files that appear, are rotated away, or are cut to nothing. It polls; a partial line is read again
 * when its rest has come, so nothing but an offset is kept for a file.
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "input.h"
#include "log.h"
#include "offsets.h"
#include "tag.h"
#include "values.h"

/* A longer line becomes several events. */
enum { BUFFER_BYTES = 512 * 1024 };

/* How often files at their end are looked at. */
enum { POLL_MS = 20 };

struct tail_file {
    struct tail_file *next;
    char *path;
    int fd;
    dev_t device;
    ino_t inode;
    off_t offset;  /* of the first line that is not an event yet */
    off_t size;    /* when it was last read to its end: nothing new below it */
    bool at_path;  /* path still leads here */
    struct stream *stream;
};

struct tail {
    const char *pattern;
    const char *tag;
    const char *key;
    const char *offsets; /* NULL: starts anew each time */
    bool from_head;
    bool exit_on_eof;
    int64_t refresh_ns;
    int64_t next_scan_ns;
    bool moved; /* since the offsets were saved */
    struct tail_file *files;
    char buffer[BUFFER_BYTES];
};

static const char *const KEYS[] = {"Path", "Read_from_Head", "Refresh_Interval", "Exit_On_Eof", "DB", "Key",
                                   NULL};

static void add_file(struct input *input, const char *path, const struct stat *status, bool from_head)
{
    struct tail *tail = input->state;
    struct tail_file *file = calloc(1, sizeof(*file));
    char *tag = tag_of_file(tail->tag, path);

    if (file != NULL) {
        file->path = strdup(path);
        file->fd = open(path, O_RDONLY | O_CLOEXEC);
        file->stream = tag == NULL ? NULL : streams_of(&input->streams, tag);
    }
    free(tag);
    if (file == NULL || file->path == NULL || file->fd < 0 || file->stream == NULL) {
        host_log(HOST_ERROR, "[input:%s] cannot open %s: %s", input->name, path, strerror(errno));
        if (file != NULL && file->fd >= 0) {
            close(file->fd);
        }
        free(file == NULL ? NULL : file->path);
        free(file);
        return;
    }
    file->device = status->st_dev;
    file->inode = status->st_ino;
    file->at_path = true;
    bool known = tail->offsets != NULL && offsets_find(tail->offsets, file->device, file->inode, &file->offset);
    if (!known) {
        file->offset = from_head ? 0 : status->st_size;
    }
    file->next = tail->files;
    tail->files = file;
    host_log(HOST_INFO, "[input:%s] inode=%llu tails %s from %lld", input->name,
             (unsigned long long) file->inode, path, (long long) file->offset);
}

static struct tail_file *find_file(struct tail *tail, const struct stat *status)
{
    struct tail_file *file = tail->files;

    while (file != NULL && (file->device != status->st_dev || file->inode != status->st_ino)) {
        file = file->next;
    }
    return file;
}

static void drop_file(struct tail_file **place)
{
    struct tail_file *file = *place;

    *place = file->next;
    close(file->fd);
    free(file->path);
    free(file);
}

/* Whether all was read that can be, of a file to which nobody can be writing by its path any more. */
static bool is_done(const struct tail_file *file)
{
    struct stat status;

    return !file->at_path && fstat(file->fd, &status) == 0 && status.st_size == file->size;
}

/* Finds new files, and lets go of those that were read to their end and are gone from their place. */
static void scan(struct input *input, bool from_head)
{
    struct tail *tail = input->state;
    glob_t found;

    for (struct tail_file *file = tail->files; file != NULL; file = file->next) {
        file->at_path = false;
    }
    if (glob(tail->pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            struct stat status;
            if (stat(found.gl_pathv[i], &status) != 0 || !S_ISREG(status.st_mode)) {
                continue;
            }
            struct tail_file *file = find_file(tail, &status);
            if (file == NULL) {
                add_file(input, found.gl_pathv[i], &status, from_head);
            }
            else {
                file->at_path = true;
            }
        }
        globfree(&found);
    }
    for (struct tail_file **place = &tail->files; *place != NULL;) {
        if (is_done(*place)) {
            drop_file(place);
        }
        else {
            place = &(*place)->next;
        }
    }
    tail->next_scan_ns = clock_now_ns() + tail->refresh_ns;
}

/* Appends the whole lines of the buffer, a full buffer without an end too; the bytes that they took. */
static size_t append_lines(struct tail *tail, struct tail_file *file, size_t length)
{
    struct timespec now;
    const char *line = tail->buffer;
    const char *end = tail->buffer + length;
    const char *newline;

    clock_gettime(CLOCK_REALTIME, &now);
    while ((newline = memchr(line, '\n', (size_t) (end - line))) != NULL) {
        size_t size = (size_t) (newline - line);
        if (size > 0 && line[size - 1] == '\r') {
            size--;
        }
        stream_append(file->stream, &now, tail->key, line, size);
        line = newline + 1;
    }
    if (line == tail->buffer && length == sizeof(tail->buffer)) {
        stream_append(file->stream, &now, tail->key, line, length);
        return length;
    }
    return (size_t) (line - tail->buffer);
}

/* Reads one buffer of the file; false when there was nothing new. */
static bool read_file(struct input *input, struct tail_file *file)
{
    struct tail *tail = input->state;
    struct stat status;

    if (fstat(file->fd, &status) != 0) {
        return false;
    }
    if (status.st_size < file->offset) {
        host_log(HOST_INFO, "[input:%s] %s was truncated, reads it from its head", input->name, file->path);
        file->offset = 0;
        file->size = 0;
    }
    if (status.st_size == file->size) {
        return false;
    }
    ssize_t length = pread(file->fd, tail->buffer, sizeof(tail->buffer), file->offset);
    if (length <= 0) {
        return false;
    }
    if ((size_t) length < sizeof(tail->buffer)) {
        file->size = file->offset + length;
    }
    size_t taken = append_lines(tail, file, (size_t) length);
    file->offset += (off_t) taken;
    tail->moved |= taken > 0;
    return taken > 0;
}

static enum input_state tail_read(struct input *input)
{
    struct tail *tail = input->state;
    int64_t now_ns = clock_now_ns();
    bool more = false;

    if (tail->next_scan_ns - now_ns <= 0) {
        scan(input, true);
    }
    for (struct tail_file *file = tail->files; file != NULL; file = file->next) {
        more |= read_file(input, file);
    }
    if (more) {
        return INPUT_MORE;
    }
    input->next_ns = now_ns + POLL_MS * NS_PER_MS;
    return tail->exit_on_eof ? INPUT_ENDED : INPUT_IDLE;
}

static bool tail_open(struct input *input)
{
    struct tail *tail = calloc(1, sizeof(*tail));
    const char *refresh = input_value(input, "Refresh_Interval", "60");
    double refresh_s;

    input->state = tail;
    if (tail == NULL) {
        return false;
    }
    tail->pattern = input_value(input, "Path", NULL);
    tail->tag = input_value(input, "Tag", input->name);
    tail->key = input_value(input, "Key", "log");
    tail->offsets = input_value(input, "DB", NULL);
    if (tail->pattern == NULL) {
        host_log(HOST_ERROR, "[input:%s] no Path: which files shall it read?", input->name);
        return false;
    }
    if (!value_seconds(refresh, &refresh_s)) {
        host_log(HOST_ERROR, "[input:%s] Refresh_Interval '%s' is no number of seconds", input->name, refresh);
        return false;
    }
    tail->refresh_ns = (int64_t) (refresh_s * NS_PER_SECOND);
    if (!input_switch(input, "Read_from_Head", false, &tail->from_head)
        || !input_switch(input, "Exit_On_Eof", false, &tail->exit_on_eof)) {
        return false;
    }
    scan(input, tail->from_head);
    return true;
}

static void tail_flushed(struct input *input)
{
    struct tail *tail = input->state;

    if (tail->offsets == NULL || !tail->moved) {
        return;
    }
    FILE *saved = offsets_begin(tail->offsets);
    for (struct tail_file *file = tail->files; saved != NULL && file != NULL; file = file->next) {
        offsets_put(saved, file->device, file->inode, file->offset);
    }
    if (saved == NULL || !offsets_end(saved, tail->offsets)) {
        host_log(HOST_ERROR, "[input:%s] cannot save offsets in %s: %s", input->name, tail->offsets,
                 strerror(errno));
    }
    tail->moved = false;
}

static void tail_close(struct input *input)
{
    struct tail *tail = input->state;

    while (tail != NULL && tail->files != NULL) {
        drop_file(&tail->files);
    }
    free(tail);
}

const struct input_kind input_tail = {
    .name = "tail",
    .form = MSGPACK_WIDE,
    .keys = KEYS,
    .open = tail_open,
    .read = tail_read,
    .flushed = tail_flushed,
    .close = tail_close,
};
