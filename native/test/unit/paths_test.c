#include "paths.h"

#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "files.h"

/* A Java home of this version; without a release file for NULL. */
static void make_jvm(const char *name, const char *version)
{
    char file[256];
    char release[256];

    snprintf(file, sizeof(file), "%s/lib/server/libjvm.so", name);
    test_write(file, "");
    snprintf(file, sizeof(file), "%s/bin/java", name);
    CHECK(chmod(test_write(file, ""), 0700) == 0);
    if (version != NULL) {
        snprintf(file, sizeof(file), "%s/release", name);
        snprintf(release, sizeof(release), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\n", version);
        test_write(file, release);
    }
}

/* Hides all JVMs except those that a test creates. */
static void hide_all(void)
{
    unsetenv("GARDENER_PLUGIN_JAVA_HOME");
    unsetenv("JAVA_HOME");
    setenv("PATH", test_path("nowhere"), 1);
}

static void check_found(const char *system_folder, const char *java_home)
{
    struct jvm_place place;
    char wanted[4200];

    snprintf(wanted, sizeof(wanted), "%s/lib/server/libjvm.so", test_path(java_home));
    CHECK(paths_find_jvm(test_path("home"), test_path(system_folder), &place));
    CHECK_TEXT(place.library, wanted);
}

static void should_name_every_place_that_was_looked_at(void)
{
    struct jvm_place place;
    char wanted[8192];

    hide_all();
    CHECK(!paths_find_jvm(test_path("home"), test_path("none"), &place));
    snprintf(wanted, sizeof(wanted),
             "GARDENER_PLUGIN_JAVA_HOME (not set), %s/home/runtime (no lib/server/libjvm.so), "
             "JAVA_HOME (not set), PATH (no java), %s/none (not there)",
             test_folder(), test_folder());
    CHECK_TEXT(place.searched, wanted);
}

static void should_look_nowhere_else_when_the_jvm_is_chosen(void)
{
    struct jvm_place place;
    char wanted[4300];

    hide_all();
    make_jvm("good", "21.0.1");
    setenv("JAVA_HOME", test_path("good"), 1);
    setenv("GARDENER_PLUGIN_JAVA_HOME", test_path("typo"), 1);
    CHECK(!paths_find_jvm(test_path("home"), test_path("none"), &place));
    snprintf(wanted, sizeof(wanted), "GARDENER_PLUGIN_JAVA_HOME=%s (no lib/server/libjvm.so)", test_path("typo"));
    CHECK_TEXT(place.searched, wanted);
    setenv("GARDENER_PLUGIN_JAVA_HOME", test_path("good"), 1);
    check_found("none", "good");
}

static void should_prefer_its_own_runtime_then_java_home_then_path(void)
{
    hide_all();
    make_jvm("home/runtime", "25");
    make_jvm("by-variable", "17.0.2");
    make_jvm("by-path", "17.0.2");
    setenv("JAVA_HOME", test_path("by-variable"), 1);
    setenv("PATH", test_path("by-path/bin"), 1);
    check_found("none", "home/runtime");
    CHECK(remove(test_path("home/runtime/lib/server/libjvm.so")) == 0);
    check_found("none", "by-variable");
    unsetenv("JAVA_HOME");
    check_found("none", "by-path");
}

static void should_follow_the_links_of_a_java_on_path(void)
{
    hide_all();
    make_jvm("linked", "17");
    test_write("links/other", "");
    CHECK(symlink(test_path("linked/bin/java"), test_path("links/java")) == 0);
    setenv("PATH", test_path("links"), 1);
    check_found("none", "linked");
}

static void should_take_the_newest_jvm_of_the_system(void)
{
    hide_all();
    make_jvm("system/a-25", "25.0.1");
    make_jvm("system/z-17", "17.0.9");
    make_jvm("system/b-9", "9.0.4");
    check_found("system", "system/a-25");
}

static void should_pass_over_a_jvm_that_is_too_old(void)
{
    struct jvm_place place;

    hide_all();
    make_jvm("eight", "1.8.0_292");
    make_jvm("sixteen/16", "16.0.1");
    setenv("JAVA_HOME", test_path("eight"), 1);
    CHECK(!paths_find_jvm(test_path("home"), test_path("sixteen"), &place));
    CHECK(strstr(place.searched, "eight (Java 8 is too old)") != NULL);
    CHECK(strstr(place.searched, "sixteen/16 (Java 16 is too old)") != NULL);
}

static void should_take_a_jvm_that_does_not_say_its_version(void)
{
    hide_all();
    make_jvm("unknown", NULL);
    setenv("JAVA_HOME", test_path("unknown"), 1);
    check_found("none", "unknown");
}

static void should_cut_what_it_looked_at_to_the_room(void)
{
    struct jvm_place place;
    static char path[20000];

    hide_all();
    memset(path, 'x', sizeof(path) - 1);
    setenv("JAVA_HOME", path, 1);
    CHECK(!paths_find_jvm(test_path("home"), test_path("none"), &place));
    CHECK(strlen(place.searched) == sizeof(place.searched) - 1);
}

static void should_list_the_jars_in_the_order_of_their_names(void)
{
    char wanted[8400];

    test_write("app/lib/b.jar", "");
    test_write("app/lib/a.jar", "");
    test_write("app/lib/classes.jsa", "");
    test_write("app/lib/.jar", "");
    snprintf(wanted, sizeof(wanted), "%s:%s", test_path("app/lib/a.jar"), test_path("app/lib/b.jar"));
    char *class_path = paths_class_path(test_path("app"));
    CHECK_TEXT(class_path, wanted);
    free(class_path);
    CHECK(paths_class_path(test_path("none")) == NULL);
}

static void should_find_its_folder_beside_the_program(void)
{
    char program[PATH_MAX];
    char wanted[PATH_MAX + 16];
    char home[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);

    CHECK(length > 0);
    program[length] = '\0';
    *strrchr(program, '/') = '\0';
    snprintf(wanted, sizeof(wanted), "%s/gardener", program);
    CHECK(paths_home(home, sizeof(home)));
    CHECK_TEXT(home, wanted);
    CHECK(!paths_home(home, strlen(wanted)));
}

int main(void)
{
    RUN(should_name_every_place_that_was_looked_at);
    RUN(should_look_nowhere_else_when_the_jvm_is_chosen);
    RUN(should_prefer_its_own_runtime_then_java_home_then_path);
    RUN(should_follow_the_links_of_a_java_on_path);
    RUN(should_take_the_newest_jvm_of_the_system);
    RUN(should_pass_over_a_jvm_that_is_too_old);
    RUN(should_take_a_jvm_that_does_not_say_its_version);
    RUN(should_cut_what_it_looked_at_to_the_room);
    RUN(should_list_the_jars_in_the_order_of_their_names);
    RUN(should_find_its_folder_beside_the_program);
}
