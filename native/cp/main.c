/*
 * The image's cp: `cp SOURCE TARGET` copies any SOURCE, including folders, without -r. It is linked statically,
 * because the image has no libc and no shell.
 */
#include "tree.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Options that are common with the real cp and are the default here. */
static bool is_default_option(const char *option)
{
    return option[0] == '-' && option[1] != '\0' && strspn(option + 1, "aRrdfp") == strlen(option + 1);
}

int main(int argc, char **argv)
{
    int first = 1;

    while (first < argc && is_default_option(argv[first])) {
        first++;
    }
    if (first < argc && strcmp(argv[first], "--") == 0) {
        first++;
    }
    if (argc - first != 2 || argv[first][0] == '\0' || argv[first + 1][0] == '\0') {
        fputs("cp: usage: cp SOURCE TARGET\n", stderr);
        return 2;
    }
    return tree_copy(argv[first], argv[first + 1]) == 0 ? 0 : 1;
}
