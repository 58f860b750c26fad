/* Redirects functions that the host's executable imports. */
#ifndef GARDENER_IMPORTS_H
#define GARDENER_IMPORTS_H

#include <stdbool.h>

/*
 * Makes the executable's calls of the imported function go to `replacement`. Other libraries, such as the JVM, still
 * call the original function. Returns false when there is no such import.
 */
bool imports_redirect(const char *function, void *replacement);

#endif
