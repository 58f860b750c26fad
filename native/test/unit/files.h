/* A folder for one test program, gone at its end. */
#ifndef TEST_FILES_H
#define TEST_FILES_H

/* The folder; made at the first call. */
const char *test_folder(void);

/* The path of a name in it, in a buffer that the next call but three overwrites. */
const char *test_path(const char *name);

/* Writes a file in it, with the folders that it lies in; its path as test_path. */
const char *test_write(const char *name, const char *text);

#endif
