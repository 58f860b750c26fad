#ifndef TREE_H
#define TREE_H

/*
 * Copies a file, a symbolic link, or a folder with all that is in it.
 *
 * Modes and times of files and folders are kept (the JVM's class archive knows its jars by their time), owners
 * are not. What exists is replaced: a file by renaming its finished copy over it, so that nobody ever sees half
 * of one; folders are merged, and a folder that was there keeps its mode. Links are copied as links. Holes stay
 * holes.
 *
 * As cp does, copies *into* target when that is a folder, unless source ends in "/.", which means its content.
 *
 * Ends at the first error with one line on stderr. Returns 0, or -1 after an error.
 */
int tree_copy(const char *source, const char *target);

#endif
