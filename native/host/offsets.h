/*
 * The offsets of a tail in its files, kept in a small text file across restarts and reloads: lines of device, inode
 * and offset. (Fluent Bit keeps them in SQLite.) Saved with a rename, without a sync.
 */
#ifndef HOST_OFFSETS_H
#define HOST_OFFSETS_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

/* The offset saved for a file; false when there is none. */
bool offsets_find(const char *path, dev_t device, ino_t inode, off_t *offset);

/* Starts a new version; NULL when it cannot be written. */
FILE *offsets_begin(const char *path);

void offsets_put(FILE *file, dev_t device, ino_t inode, off_t offset);

/* Replaces the old version with the new one; false on failure. */
bool offsets_end(FILE *file, const char *path);

#endif
