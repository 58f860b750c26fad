#include "files.h"

#include <ftw.h>
#include <limits.h>
#include <sys/stat.h>

#include "check.h"

enum { PATHS = 4 };

static char folder[] = "/tmp/gardener-test-XXXXXX";
static int made;

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void) status;
    (void) type;
    (void) where;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *test_folder(void)
{
    if (!made) {
        CHECK(mkdtemp(folder) != NULL);
        made = 1;
        atexit(remove_folder);
    }
    return folder;
}

const char *test_path(const char *name)
{
    static char paths[PATHS][PATH_MAX];
    static int last;

    last = (last + 1) % PATHS;
    snprintf(paths[last], sizeof(paths[last]), "%s/%s", test_folder(), name);
    return paths[last];
}

const char *test_write(const char *name, const char *text)
{
    const char *path = test_path(name);
    char parent[PATH_MAX];

    snprintf(parent, sizeof(parent), "%s", path);
    for (char *slash = strchr(parent + strlen(folder) + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(parent, 0700);
        *slash = '/';
    }
    FILE *file = fopen(path, "we");
    CHECK(file != NULL);
    fputs(text, file);
    CHECK(fclose(file) == 0);
    return path;
}
