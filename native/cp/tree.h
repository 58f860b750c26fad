#ifndef TREE_H
#define TREE_H

/*
 * Copies a file, a symbolic link, or a folder with its content.
 *
 * Modes and times of files and folders are preserved (the JVM's AOT cache identifies its jars by their time),
 * owners are not. Existing entries are replaced: a file by renaming its complete copy over it, so that an incomplete
 * file is never visible. Folders are merged, and an existing folder keeps its mode. Links are copied as links. Holes
 * are preserved.
 *
 * Like cp, it copies *into* target when that is a folder, unless source ends in "/.", which means its content.
 *
 * Ends at the first error with one line on stderr. Returns 0, or -1 after an error.
 */
int tree_copy(const char *source, const char *target);

#endif
