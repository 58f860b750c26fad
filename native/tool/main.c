/*
 * flb-gardener: starts the plugin's command-line tool, which is written in Java. Finds the JVM as the plugin does, and
 * becomes it: no shell is needed, and signals and the exit code are the tool's own.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flock.h"
#include "paths.h"

enum { CANNOT_START = 3 };
enum { LOCKED = 0, NOT_LOCKED = 1 };

static const char LAUNCHER_PROPERTY[] = "-Dgardener.tool=";

static const char MAIN_CLASS[] = "cloud.gardener.logging.tool.FlbGardener";
static const char JVM_LIBRARY[] = "/lib/server/libjvm.so";
static const char SYSTEM_JVMS[] = "/usr/lib/jvm";

/* A tool runs for a second beside Fluent Bit, in its container: little memory and a quick start. */
static char *const OPTIONS[] = {
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData", /* no file in /tmp */
    "-Xms8m",
    "-Xmx64m",
    "-Xss512k",
    "-Djava.awt.headless=true",
    "-Dsun.misc.unsafe.memory.access=allow",
};

enum { OPTION_COUNT = sizeof(OPTIONS) / sizeof(OPTIONS[0]) };

/*
 * `flb-gardener --lock FILE`, which the tool runs: Java has no flock(2). Prints whether the file is locked now, and holds
 * the lock until the end of its input, which comes at the latest when the tool ends.
 */
static int hold_lock(const char *file)
{
    char ignored[64];
    int descriptor = flock_try(file);

    if (descriptor < 0) {
        puts(descriptor == FLOCK_HELD ? "held" : strerror(FLOCK_HELD - descriptor));
        return NOT_LOCKED;
    }
    puts("locked");
    fflush(stdout);
    while (read(STDIN_FILENO, ignored, sizeof(ignored)) > 0) {
    }
    return LOCKED;
}

static bool find_program(char *program, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", program, size - 1);

    if (length <= 0) {
        return false;
    }
    program[length] = '\0';
    return true;
}

/* The folder gardener/: two folders above the program that its symbolic links resolve to. */
static bool find_home(char *home, size_t size)
{
    if (!find_program(home, size)) {
        return false;
    }
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(home, '/');
        if (slash == NULL) {
            return false;
        }
        *slash = '\0';
    }
    return true;
}

int main(int argc, char **argv)
{
    static struct jvm_place place;
    char home[PATH_MAX];
    char java[PATH_MAX + 16];
    static char launcher[sizeof(LAUNCHER_PROPERTY) + PATH_MAX];

    if (argc == 3 && strcmp(argv[1], "--lock") == 0) {
        return hold_lock(argv[2]);
    }
    strcpy(launcher, LAUNCHER_PROPERTY);
    if (!find_program(launcher + sizeof(LAUNCHER_PROPERTY) - 1, PATH_MAX) || !find_home(home, sizeof(home))) {
        fprintf(stderr, "flb-gardener: cannot find its own folder: %s\n", strerror(errno));
        return CANNOT_START;
    }
    if (!paths_find_jvm(home, SYSTEM_JVMS, &place)) {
        fprintf(stderr, "flb-gardener: no JVM of version 17 or newer: looked at %s\n", place.searched);
        return CANNOT_START;
    }
    char *class_path = paths_class_path(home);
    if (class_path == NULL) {
        fprintf(stderr, "flb-gardener: no jars in %s/lib: copy the whole folder of the distribution\n", home);
        return CANNOT_START;
    }
    snprintf(java, sizeof(java), "%.*s/bin/java", (int) (strlen(place.library) - strlen(JVM_LIBRARY)), place.library);

    char **command = calloc((size_t) argc + OPTION_COUNT + 5, sizeof(char *));
    if (command == NULL) {
        fputs("flb-gardener: no memory\n", stderr);
        return CANNOT_START;
    }
    int count = 0;
    command[count++] = java;
    for (int i = 0; i < OPTION_COUNT; i++) {
        command[count++] = OPTIONS[i];
    }
    command[count++] = launcher;
    command[count++] = "-cp";
    command[count++] = class_path;
    command[count++] = (char *) MAIN_CLASS;
    for (int i = 1; i < argc; i++) {
        command[count++] = argv[i];
    }
    execv(java, command);
    fprintf(stderr, "flb-gardener: cannot run %s: %s\n", java, strerror(errno));
    return CANNOT_START;
}
