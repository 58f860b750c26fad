/* Locks files with flock(2), as the plugin in Go does, which Java cannot. Thread-safe. */
#ifndef GARDENER_FLOCK_H
#define GARDENER_FLOCK_H

enum { FLOCK_HELD = -1 }; /* Somebody else holds the lock. */

/*
 * Locks a file exclusively, and creates it when it is missing. Does not wait. Returns a descriptor, whose close
 * releases the lock; FLOCK_HELD; or another negative number, which is FLOCK_HELD - errno.
 */
int flock_try(const char *path);

void flock_release(int descriptor);

#endif
