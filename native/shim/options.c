#include "options.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "aot_cache.h"

/*
 * The maximum heap is 1/HEAP_DIVISOR of the container's memory limit, within the two bounds. The container is shared
 * with Fluent Bit, and its request is 200 MiB for both. The live set is a few MiB; the rest of the heap is room for
 * the chunks and requests in flight.
 */
enum { HEAP_DIVISOR = 25, MIN_HEAP_MIB = 32, DEFAULT_HEAP_MIB = 40, MAX_HEAP_MIB = 64 };

/* A larger limit means none: cgroup v1 then reports a number near 2^63. */
#define MAX_MEMORY_MIB (1ULL << 30)

static const char *const DEFAULTS[] = {
    "-Xrs",                          /* the host owns its signals */
    "-XX:-UsePerfData",              /* no file in /tmp */
    "-XX:+UseSerialGC",              /* one small heap: no GC threads, least memory */
    "-Xms10m",                       /* grows with the need, and shrinks at a full collection */
    "-Xmn4m",                        /* a young generation that grew would never shrink */
    "-XX:MinHeapFreeRatio=20",
    "-XX:MaxHeapFreeRatio=40",
    "-XX:-ShrinkHeapInSteps",        /* by default, it takes four full collections */
    "-XX:SurvivorRatio=4",           /* entries die soon, but are too large for the default survivor spaces */
    "-Xss512k",
    "-XX:StringTableSize=1024",      /* few strings are interned; the default takes 512 KiB */
    "-XX:ReservedCodeCacheSize=32m",
    "-XX:SweeperThreshold=50",       /* by default, a full collection at the first request: 5 MB of code were made */
    "-XX:CICompilerCount=2",
    /*
     * C1 alone. At the load of a busy node, 2000 records a second, C2 takes 1 CPU second for its own work in the
     * first minute, as much as the rest of the plugin, and saves 3 ms a second of the work afterwards. Only nodes
     * that are at full speed for minutes gain from it: WITH_C2 in GARDENER_PLUGIN_JAVA_OPTS.
     */
    "-XX:TieredStopAtLevel=1",
    "-XX:Tier4InvocationThreshold=1500", /* for C2: compiles what runs once a request, gRPC above all */
    "-XX:Tier4MinInvocationThreshold=200", /* ... after one million records instead of fifteen million */
    "-XX:Tier4CompileThreshold=3000",
    "-XX:Tier4BackEdgeThreshold=15000",
    "-XX:MaxMetaspaceSize=96m",
    "-XX:MaxDirectMemorySize=32m",
    "-XX:+DisableAttachMechanism",
    "-XX:+UnlockDiagnosticVMOptions",
    "-XX:AsyncDeflationInterval=10000", /* 250 ms by default: 4 wake-ups a second on an idle node */
    "-Djava.awt.headless=true",
    "-Djdk.reflect.useNativeAccessorOnly=true", /* else the JVM makes classes for what is called by reflection */
    "-Djdk.httpclient.bufsize=65536", /* for the watch: with 16 KiB, the default, a quarter as much a system call */
    "-Dsun.misc.unsafe.memory.access=allow", /* used by zstd: avoids four lines of warning from JDK 24 on */
};

static const char *const WITH_C2 = "-XX:TieredStopAtLevel=4";

static bool add(struct jvm_options *options, char *text)
{
    if (text == NULL || options->count == MAX_JVM_OPTIONS) {
        free(text);
        return false;
    }
    options->text[options->count++] = text;
    return true;
}

static bool add_format(struct jvm_options *options, const char *format, const char *value)
{
    char *text;

    return asprintf(&text, format, value) >= 0 && add(options, text);
}

/* The container's memory limit in bytes, from cgroup v2 or v1; 0 when there is none. */
static unsigned long long memory_limit(void)
{
    static const char *const FILES[] = {
        "/sys/fs/cgroup/memory.max",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
    };
    unsigned long long limit = 0;

    for (size_t i = 0; i < sizeof(FILES) / sizeof(FILES[0]) && limit == 0; i++) {
        FILE *file = fopen(FILES[i], "re");
        if (file != NULL) {
            if (fscanf(file, "%llu", &limit) != 1) {
                limit = 0; /* "max" */
            }
            fclose(file);
        }
    }
    return limit;
}

int options_heap_mib(unsigned long long limit_bytes)
{
    unsigned long long mib = limit_bytes >> 20;
    unsigned long long share = mib / HEAP_DIVISOR;

    if (mib == 0 || mib > MAX_MEMORY_MIB) {
        return DEFAULT_HEAP_MIB;
    }
    if (share < MIN_HEAP_MIB) {
        return MIN_HEAP_MIB;
    }
    return share > MAX_HEAP_MIB ? MAX_HEAP_MIB : (int) share;
}

/* Options with the AOT cache, which a JVM of version 25 or newer made: others may not know them. */
static const char *const CACHE_OPTIONS[] = {
    "-XX:ServiceThreadCleanupInterval=10000", /* the service thread wakes once a second by default */
    "-XX:+UnlockExperimentalVMOptions",
    /*
     * Compiles what the training compiled as soon as its class is there, not after 200 calls: a node with 4 requests
     * a second would interpret what sends them for the first minute, at three times the cost.
     */
    "-XX:+AOTCompileEagerly",
    "-XX:SymbolTableSize=4096",    /* the cache has the symbols of its classes */
    "-XX:ArchiveRelocationMode=0", /* a relocation takes CPU time, and makes the pages of the cache anonymous */
    "-Xlog:aot*=off",              /* jni.AotCache says when the JVM does not use it */
    "-Xlog:cds*=off",
};

static bool add_cache(struct jvm_options *options, const char *jvm_library, const char *class_path, bool with_c2)
{
    char cache[PATH_MAX + 32];

    if (!aot_cache_find(jvm_library, cache, sizeof(cache))) {
        return true;
    }
    bool ok = add_format(options, "-Dgardener.aot.cache=%s", cache);
    if (!aot_cache_matches(cache, class_path)) {
        return ok;
    }
    for (size_t i = 0; i < sizeof(CACHE_OPTIONS) / sizeof(CACHE_OPTIONS[0]) && ok; i++) {
        ok = add(options, strdup(CACHE_OPTIONS[i]));
    }
    if (with_c2) {
        /* The training compiled with C1 alone, and what ended there in the training never gets to C2. */
        ok = ok && add(options, strdup("-XX:-AOTReplayTraining"));
    }
    return ok && add_format(options, "-XX:AOTCache=%s", cache);
}

static bool add_words(struct jvm_options *options, const char *words)
{
    char *copy = words == NULL ? NULL : strdup(words);
    char *rest = NULL;
    bool ok = true;

    for (char *word = copy == NULL ? NULL : strtok_r(copy, " \t\n", &rest); word != NULL && ok;
         word = strtok_r(NULL, " \t\n", &rest)) {
        ok = add(options, strdup(word));
    }
    free(copy);
    return ok;
}

bool options_build(struct jvm_options *options, const char *jvm_library, const char *class_path)
{
    const char *words = getenv("GARDENER_PLUGIN_JAVA_OPTS");
    bool with_c2 = words != NULL && strstr(words, WITH_C2) != NULL;
    char heap[16];
    bool ok = true;

    options->count = 0;
    for (size_t i = 0; i < sizeof(DEFAULTS) / sizeof(DEFAULTS[0]) && ok; i++) {
        ok = add(options, strdup(DEFAULTS[i]));
    }
    snprintf(heap, sizeof(heap), "%d", options_heap_mib(memory_limit()));
    ok = ok && add_format(options, "-Xmx%sm", heap);
    ok = ok && add_format(options, "-Djava.class.path=%s", class_path);
    ok = ok && add_cache(options, jvm_library, class_path, with_c2);
    ok = ok && add_words(options, words);
    if (!ok) {
        options_free(options);
    }
    return ok;
}

void options_free(struct jvm_options *options)
{
    for (int i = 0; i < options->count; i++) {
        free(options->text[i]);
    }
    options->count = 0;
}

bool options_is_recording(const struct jvm_options *options)
{
    for (int i = 0; i < options->count; i++) {
        if (strcmp(options->text[i], "-XX:AOTMode=record") == 0) {
            return true;
        }
    }
    return false;
}
