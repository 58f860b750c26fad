#include "options.h"

#include <stdbool.h>
#include <sys/stat.h>

#include "check.h"
#include "files.h"

static int index_of(const struct jvm_options *options, const char *text)
{
    for (int i = 0; i < options->count; i++) {
        if (strcmp(options->text[i], text) == 0) {
            return i;
        }
    }
    return -1;
}

static void should_put_the_users_options_last_so_that_they_win(void)
{
    struct jvm_options options;

    setenv("GARDENER_PLUGIN_JAVA_OPTS", " -Xmx1g \t-Da=b\n-Xss1m ", 1);
    CHECK(options_build(&options, "/none", "a.jar:b.jar"));
    CHECK(index_of(&options, "-Xmx1g") == options.count - 3);
    CHECK(index_of(&options, "-Da=b") == options.count - 2);
    CHECK(index_of(&options, "-Xss1m") == options.count - 1);
    CHECK(index_of(&options, "-Djava.class.path=a.jar:b.jar") >= 0);
    CHECK(index_of(&options, "-Xrs") >= 0);
    options_free(&options);
    unsetenv("GARDENER_PLUGIN_JAVA_OPTS");
}

static void should_use_the_aot_cache_next_to_the_jvm_with_the_jars_of_the_cache_alone(void)
{
    struct jvm_options options;
    struct stat status;
    char cache[4200];
    char library[4200];
    char jars[256];
    char jar[4200];

    snprintf(jar, sizeof(jar), "%s", test_write("app/a.jar", "jar"));
    snprintf(library, sizeof(library), "%s/lib/libjvm.so", test_folder());
    CHECK(options_build(&options, library, jar));
    CHECK(index_of(&options, "-XX:+AOTCompileEagerly") == -1); /* Java 17 does not know it */
    options_free(&options);

    snprintf(cache, sizeof(cache), "-XX:AOTCache=%s", test_write("lib/gardener.aot", ""));
    CHECK(stat(jar, &status) == 0);
    snprintf(jars, sizeof(jars), "a.jar 3 %lld\n", (long long) status.st_mtime);
    test_write("lib/gardener.aot.jars", jars);
    CHECK(options_build(&options, library, jar));
    CHECK(index_of(&options, cache) >= 0);
    CHECK(index_of(&options, "-XX:+AOTCompileEagerly") >= 0);
    /* The JVM refuses it without the option before it. */
    CHECK(index_of(&options, "-XX:+AOTCompileEagerly") > index_of(&options, "-XX:+UnlockExperimentalVMOptions"));
    CHECK(index_of(&options, "-XX:-AOTReplayTraining") == -1);
    options_free(&options);

    /* Else C2 would compile nothing of what the training compiled. */
    setenv("GARDENER_PLUGIN_JAVA_OPTS", "-XX:TieredStopAtLevel=4", 1);
    CHECK(options_build(&options, library, jar));
    CHECK(index_of(&options, "-XX:-AOTReplayTraining") >= 0);
    options_free(&options);
    unsetenv("GARDENER_PLUGIN_JAVA_OPTS");

    test_write("lib/gardener.aot.jars", "a.jar 4 1\n");
    CHECK(options_build(&options, library, jar));
    CHECK(index_of(&options, cache) == -1);
    CHECK(index_of(&options, "-XX:+AOTCompileEagerly") == -1);
    options_free(&options);
}

/* An argument that sets this many options. */
static void set_options(int count)
{
    char text[1024] = "";

    for (int i = 0; i < count; i++) {
        strcat(text, "-Da ");
    }
    setenv("GARDENER_PLUGIN_JAVA_OPTS", text, 1);
}

static void should_refuse_more_options_than_it_holds(void)
{
    struct jvm_options options;

    CHECK(options_build(&options, "/none", "a.jar"));
    int room = MAX_JVM_OPTIONS - options.count;
    options_free(&options);
    set_options(room);
    CHECK(options_build(&options, "/none", "a.jar"));
    options_free(&options);
    set_options(room + 1);
    CHECK(!options_build(&options, "/none", "a.jar"));
    CHECK(options.count == 0);
    unsetenv("GARDENER_PLUGIN_JAVA_OPTS");
}

static void should_tell_whether_the_jvm_writes_a_record_at_its_end(void)
{
    struct jvm_options options;

    CHECK(options_build(&options, "/none", "a.jar"));
    CHECK(!options_is_recording(&options));
    options_free(&options);
    setenv("GARDENER_PLUGIN_JAVA_OPTS", "-XX:AOTMode=record -XX:AOTConfiguration=/a", 1);
    CHECK(options_build(&options, "/none", "a.jar"));
    CHECK(options_is_recording(&options));
    options_free(&options);
    unsetenv("GARDENER_PLUGIN_JAVA_OPTS");
}

static void should_take_a_share_of_the_containers_memory_within_bounds(void)
{
    static const unsigned long long MIB = 1 << 20;

    CHECK(options_heap_mib(0) == 40);
    CHECK(options_heap_mib(100 * MIB) == 32);
    CHECK(options_heap_mib(25 * 50 * MIB) == 50);
    CHECK(options_heap_mib(1024 * MIB) == 40); /* the limit that Gardener sets */
    CHECK(options_heap_mib(64 * 1024 * MIB) == 64);
    CHECK(options_heap_mib(0x7ffffffffffff000ULL) == 40); /* the value of cgroup v1 for no limit */
}

int main(void)
{
    RUN(should_put_the_users_options_last_so_that_they_win);
    RUN(should_use_the_aot_cache_next_to_the_jvm_with_the_jars_of_the_cache_alone);
    RUN(should_refuse_more_options_than_it_holds);
    RUN(should_tell_whether_the_jvm_writes_a_record_at_its_end);
    RUN(should_take_a_share_of_the_containers_memory_within_bounds);
}
