/*
 * The files that a tail follows: those that its pattern matches, identified by inode, each with the offset up to
 * which it was read. Belongs to the engine's thread.
 */
#ifndef HOST_FOLLOW_H
#define HOST_FOLLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "stream.h"

struct followed {
    struct followed *next;
    char *path;
    int fd;
    dev_t device;
    ino_t inode;
    off_t offset; /* of the first byte that was not taken */
    off_t size;   /* size at the last read of the end: nothing below it is new */
    bool at_path; /* path still leads to this file */
    struct stream *stream;
};

struct follow {
    const char *input; /* for the log */
    const char *pattern;
    const char *tag;
    const char *offsets; /* where offsets are saved; NULL: nowhere */
    struct streams *streams;
    struct followed *files;
    bool moved; /* an offset changed since the last save */
};

/*
 * Finds new files, and closes those that left their path and were read to their end. A new file is read from its
 * saved offset; without one from its head or from its end.
 */
void follow_scan(struct follow *follow, bool from_head);

/* Reads new data from the file's offset on; returns the number of bytes, 0 for none. */
size_t follow_read(struct follow *follow, struct followed *file, char *buffer, size_t size);

/* Reports that so many of the read bytes need not be read again. */
void follow_consume(struct follow *follow, struct followed *file, size_t bytes);

/* Saves the offsets, if configured. */
void follow_save(struct follow *follow);

void follow_free(struct follow *follow);

#endif
