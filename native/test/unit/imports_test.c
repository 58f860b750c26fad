/*
 * Redirects imports of this program itself, which binds them at its start and then protects them. Runs without
 * sanitizers, which may replace signal().
 */
#include "imports.h"

#include <signal.h>
#include <unistd.h>

#include "check.h"

static int calls;

static pid_t counting_getppid(void)
{
    calls++;
    return 0;
}

typedef void (*handler_fn)(int);

static handler_fn counting_signal(int number, handler_fn handler)
{
    (void) number;
    (void) handler;
    calls++;
    return SIG_DFL;
}

static void should_redirect_the_programs_own_calls(void)
{
    CHECK(imports_redirect("getppid", (void *) counting_getppid));
    CHECK(getppid() == 0);
    CHECK(calls == 1);
    calls = 0;
    CHECK(imports_redirect("signal", (void *) counting_signal));
    signal(SIGHUP, SIG_IGN);
    CHECK(calls == 1);
}

static void should_say_that_there_is_no_such_import(void)
{
    CHECK(!imports_redirect("no_such_function", (void *) counting_getppid));
}

/* The lines of /proc/self/maps that belong to this program, including protections. */
static void read_maps(char *text, size_t size)
{
    char program[1024];
    char line[2048];
    FILE *maps = fopen("/proc/self/maps", "re");
    ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);

    CHECK(maps != NULL && length > 0);
    program[length] = '\0';
    text[0] = '\0';
    while (fgets(line, sizeof(line), maps) != NULL) {
        if (strstr(line, program) != NULL) {
            strncat(text, line, size - strlen(text) - 1);
        }
    }
    fclose(maps);
}

static void should_leave_the_protection_of_memory_as_it_was(void)
{
    static char before[16384];
    static char after[16384];

    read_maps(before, sizeof(before));
    CHECK(strstr(before, " rw-p ") != NULL && strstr(before, " r--p ") != NULL);
    CHECK(imports_redirect("getppid", (void *) counting_getppid));
    read_maps(after, sizeof(after));
    CHECK_TEXT(after, before);
}

int main(void)
{
    RUN(should_leave_the_protection_of_memory_as_it_was);
    RUN(should_redirect_the_programs_own_calls);
    RUN(should_say_that_there_is_no_such_import);
}
