/* The resident pages of the JVM's files. Thread-safe. */
#ifndef GARDENER_PAGES_H
#define GARDENER_PAGES_H

/*
 * Takes the pages of the files below `folder` out of this process, where they are mapped without the right to write
 * and none was changed. The kernel still has them in its cache, and maps one again when it is used.
 */
void pages_release(const char *folder);

#endif
