/* A folder for one test program, removed at its end. */
#ifndef TEST_FILES_H
#define TEST_FILES_H

/* The folder; created at the first call. */
const char *test_folder(void);

/* The path of a name in the folder, in a buffer that the fourth call after this one overwrites. */
const char *test_path(const char *name);

/* Writes a file in the folder, and creates its parent folders. Returns its path like test_path. */
const char *test_write(const char *name, const char *text);

#endif
