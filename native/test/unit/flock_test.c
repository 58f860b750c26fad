#include "flock.h"

#include <errno.h>
#include <unistd.h>

#include "check.h"
#include "files.h"

static void should_lock_a_file_once(void)
{
    char path[256];
    snprintf(path, sizeof(path), "%s", test_write("lock.lock", ""));

    int first = flock_try(path);
    CHECK(first >= 0);
    CHECK(flock_try(path) == FLOCK_HELD);

    flock_release(first);
    int second = flock_try(path);
    CHECK(second >= 0);
    flock_release(second);
}

static void should_create_a_missing_file(void)
{
    char path[256];
    snprintf(path, sizeof(path), "%s", test_write("missing", ""));
    CHECK(unlink(path) == 0);

    int descriptor = flock_try(path);
    CHECK(descriptor >= 0);
    CHECK(access(path, F_OK) == 0);
    flock_release(descriptor);
}

static void should_tell_why_a_file_cannot_be_opened(void)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/lock.lock", test_write("no_folder", ""));

    CHECK(flock_try(path) == FLOCK_HELD - ENOTDIR);
}

int main(void)
{
    RUN(should_lock_a_file_once);
    RUN(should_create_a_missing_file);
    RUN(should_tell_why_a_file_cannot_be_opened);
}
