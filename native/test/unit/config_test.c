#include "config.h"

#include "check.h"
#include "files.h"

static struct config *read_text(const char *text)
{
    char error[256] = "";
    struct config *config = config_read(test_write("host.conf", text), error, sizeof(error));

    CHECK_TEXT(error, "");
    return config;
}

static void check_refused(const char *text, const char *reason)
{
    char error[256] = "";

    CHECK(config_read(test_write("host.conf", text), error, sizeof(error)) == NULL);
    CHECK(strstr(error, reason) != NULL);
}

static void should_read_sections_of_one_name_in_their_order(void)
{
    struct config *config = read_text("[SERVICE]\n  Flush 1\n[OUTPUT]\n  Name a\n[output]\n\tName\tb\n");
    const struct config_section *first = config_next(config, "OUTPUT", NULL);
    const struct config_section *second = config_next(config, "Output", first);

    CHECK_TEXT(config_get(first, "name"), "a");
    CHECK_TEXT(config_get(second, "NAME"), "b");
    CHECK(config_next(config, "OUTPUT", second) == NULL);
    CHECK(config_next(config, "INPUT", NULL) == NULL);
    config_free(config);
}

static void should_skip_comments_and_keep_a_hash_inside_a_value(void)
{
    struct config *config = read_text("# one\n[A]\n  # two\n\n  Key  a # b  \n");
    const struct config_section *section = config_next(config, "A", NULL);

    CHECK(section->count == 1);
    CHECK_TEXT(config_get(section, "Key"), "a # b");
    config_free(config);
}

static void should_replace_variables(void)
{
    setenv("TEST_ONE", "1", 1);
    setenv("TEST_EMPTY", "", 1);
    unsetenv("TEST_NONE");
    struct config *config = read_text("[A]\n  Both <${TEST_ONE}-${TEST_ONE}>\n  None a${TEST_NONE}b\n"
                                      "  Nothing ${TEST_EMPTY}\n  Open ${TEST_ONE\n");
    const struct config_section *section = config_next(config, "A", NULL);

    CHECK_TEXT(config_get(section, "Both"), "<1-1>");
    CHECK_TEXT(config_get(section, "None"), "ab");
    CHECK(config_get(section, "Nothing") == NULL);
    CHECK_TEXT(config_get(section, "Open"), "${TEST_ONE");
    config_free(config);
}

static void should_take_the_first_of_two_values(void)
{
    struct config *config = read_text("[A]\n  Key one\n  Key two\n");

    CHECK_TEXT(config_get(config_next(config, "A", NULL), "Key"), "one");
    config_free(config);
}

static void should_say_where_a_file_is_malformed(void)
{
    check_refused("[A]\n  Key\n", "host.conf:2: a key without a value");
    check_refused("Key value\n", "host.conf:1: a key before the first section");
    check_refused("\n[A\n", "host.conf:2: a section looks like [NAME]");
    check_refused("[]\n", "host.conf:1: a section looks like [NAME]");
    check_refused("@SET a=b\n", "host.conf:1: commands are not supported");
}

static void should_say_that_a_file_is_not_there(void)
{
    char error[256];

    CHECK(config_read(test_path("none.conf"), error, sizeof(error)) == NULL);
    CHECK(strstr(error, "none.conf: No such file") != NULL);
}

int main(void)
{
    RUN(should_read_sections_of_one_name_in_their_order);
    RUN(should_skip_comments_and_keep_a_hash_inside_a_value);
    RUN(should_replace_variables);
    RUN(should_take_the_first_of_two_values);
    RUN(should_say_where_a_file_is_malformed);
    RUN(should_say_that_a_file_is_not_there);
}
