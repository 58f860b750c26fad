/* The functions that the host's executable imports. */
#ifndef GARDENER_IMPORTS_H
#define GARDENER_IMPORTS_H

#include <stdbool.h>

/*
 * Makes the executable's calls of the imported function go to replacement. Only the executable's:
 * libraries, the JVM among them, keep calling the function itself. False when it has no such import.
 */
bool imports_redirect(const char *function, void *replacement);

#endif
