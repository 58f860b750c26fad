#include "tag.h"

#include "check.h"

static void check_tag(const char *pattern, const char *path, const char *wanted)
{
    char *tag = tag_of_file(pattern, path);

    CHECK_TEXT(tag, wanted);
    free(tag);
}

static void should_put_the_path_in_the_place_of_the_star(void)
{
    check_tag("kubernetes.*", "/var/log/containers/pod_ns_app-1.log",
              "kubernetes.var.log.containers.pod_ns_app-1.log");
    check_tag("*", "/a/b", "a.b");
    check_tag("x.*.y", "/a", "x.a.y");
}

static void should_make_one_dot_of_many_separators(void)
{
    check_tag("k.*", "//a///b..c:d\\e/", "k.a.b.c.d.e");
}

static void should_leave_a_tag_without_a_star_alone(void)
{
    check_tag("a/b", "/c", "a/b");
}

static void should_match_a_star_with_any_text(void)
{
    CHECK(tag_matches("*", "a"));
    CHECK(tag_matches("kubernetes.*", "kubernetes.a.b"));
    CHECK(tag_matches("a*b*c", "a.b.b.c"));
    CHECK(tag_matches("a**", "a"));
    CHECK(tag_matches("a", "a"));
    CHECK(!tag_matches("a*b", "a.bc"));
    CHECK(!tag_matches("a", "ab"));
    CHECK(!tag_matches("", "a"));
    CHECK(!tag_matches("A*", "a"));
}

int main(void)
{
    RUN(should_put_the_path_in_the_place_of_the_star);
    RUN(should_make_one_dot_of_many_separators);
    RUN(should_leave_a_tag_without_a_star_alone);
    RUN(should_match_a_star_with_any_text);
}
