#include "flock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

int flock_try(const char *path)
{
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (descriptor < 0) {
        return FLOCK_HELD - errno;
    }
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        int error = errno;

        close(descriptor);
        return error == EWOULDBLOCK ? FLOCK_HELD : FLOCK_HELD - error;
    }
    return descriptor;
}

void flock_release(int descriptor)
{
    close(descriptor);
}
