/*
 * The files that a tail follows: those that its pattern finds, by inode, each with the place up to
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
    off_t size;   /* when it was last read to its end: there is nothing new below it */
    bool at_path; /* path still leads here */
    struct stream *stream;
};

struct follow {
    const char *input; /* for the log */
    const char *pattern;
    const char *tag;
    const char *offsets; /* where they are kept; NULL: nowhere */
    struct streams *streams;
    struct followed *files;
    bool moved; /* an offset, since they were saved */
};

/*
 * Finds new files, and lets go of those that are gone from their place and were read to their end. A new
 * file is read from its saved offset; without one from its head or from its end.
 */
void follow_scan(struct follow *follow, bool from_head);

/* Reads what is new, from the file's offset on; how many bytes, 0 for nothing. */
size_t follow_read(struct follow *follow, struct followed *file, char *buffer, size_t size);

/* Says that so many of the bytes read need not come again. */
void follow_take(struct follow *follow, struct followed *file, size_t bytes);

/* Keeps the offsets, where they are to be kept. */
void follow_save(struct follow *follow);

void follow_free(struct follow *follow);

#endif
