#!/bin/sh
# train.sh RUNTIME FILE: the AOT cache of the plugin's classes for that runtime, from a run of the plugin in the
# bundled host: logs of docs/examples and 250 000 lines over gRPC to a sink that accepts them, and the two pages that
# are read on each node. Batches are small, because the JVM compiles early only what it compiled in the training: code
# that ran COMPILED_CALLS times, so there must be many requests. The cache's classes are all loaded at each start, and
# take memory: what few nodes use (HTTP, TLS, the watch of shoots, the status page) is not in it and loads from the jars.
# Each step waits for its effect, on a busy machine up to PATIENCE_S. A training that fails leaves no cache.
set -eu
cd "$(dirname "$0")/.."
PATIENCE_S=${PATIENCE_S:-300}
MANY_LINES=250000
BATCH=50
# Half of the requests. With the JVM's 200, a third of what is compiled early is code of the start alone, which does not
# run again, and takes 2 MB.
COMPILED_CALLS=2500
runtime=$PWD/$1
cache=$PWD/$2
lib=$PWD/dist/plugins/gardener/lib
train=$PWD/build/train
host=
rm -rf "$cache" "$cache.jars" "$train" && mkdir -p "$train/logs"

fail() { # what
    echo "the training of the AOT cache failed: $1; its logs:" >&2
    tail -n 40 "$train"/*.log >&2
    rm -f "$cache.new" "$cache.jars"
    exit 1
}

await() { # what, process, condition...
    what=$1 process=$2 tries=$((PATIENCE_S * 10))
    shift 2
    until "$@"; do
        kill -0 "$process" 2>/dev/null || fail "a process ended before $what"
        [ $((tries -= 1)) -gt 0 ] || fail "$what took longer than $PATIENCE_S s"
        sleep 0.1
    done
}

arrived() { # count: so many records at the sink
    echo count >&9
    sleep 0.1
    [ "$(sed -n 's/^records \([0-9]*\) .*/\1/p' "$train/sink.log" | tail -n 1)" -ge "$1" ] 2>/dev/null
}

# The first port from 23021 on that nobody listens at.
free_port() {
    for port in $(seq 23021 23999); do
        grep -qi ":$(printf %04x "$port") [0-9A-F]*:0000 0A" /proc/net/tcp /proc/net/tcp6 2>/dev/null || break
    done
    echo "$port"
}

page() { # path
    curl -sf -m 20 -o /dev/null "http://127.0.0.1:$metrics_port/$1"
}

JAVA_HOME=$JDK ./mvnw -q -B -ntp -pl plugin-core dependency:build-classpath \
    -Dmdep.outputFile="$train/classpath" -Dmdep.includeScope=test
mkfifo "$train/commands"
"$JDK/bin/java" -Xmx256m -cp "$(echo plugin-core/target/plugin-core-*-tests.jar):plugin-core/target/classes:$(cat "$train/classpath")" \
    cloud.gardener.logging.sink.OtlpSinkMain <"$train/commands" >"$train/sink.log" 2>&1 &
sink=$!
exec 9>"$train/commands"
trap 'kill $sink $host 2>/dev/null || true' EXIT
await 'the sink listened' "$sink" grep -q listening "$train/sink.log"

awk -v lines="$MANY_LINES" 'BEGIN {
    for (i = 0; i < lines; i++)
        print i % 2 ? "I1124 15:00:00.000001       1 handler.go:42] handled request path=/api/v1/pods n=" i \
            : "{\"level\":\"info\",\"ts\":" i ",\"msg\":\"handled request\",\"path\":\"/api/v1/pods\"}" }' \
    >"$train/logs/many"
metrics_port=$(free_port)
cat >"$train/fluent-bit.conf" <<EOF
[SERVICE]
    Flush 0.2
    Grace 10
[INPUT]
    Name tail
    Path $PWD/docs/examples/logs/*.log
    Tag kubernetes.*
    Read_from_Head On
[INPUT]
    Name tail
    Path $train/logs/many
    Tag kubernetes.*
    Read_from_Head On
[OUTPUT]
    Name gardener
    Match *
    SeedType otlp_grpc
    Endpoint $(sed -n 's/^listening //p' "$train/sink.log")
    Insecure true
    MetricsPort $metrics_port
    ShutdownGrace 5s
    DQueBatchProcessorMaxBatchSize $BATCH
    DQueDir $train/queues
EOF
thresholds="-XX:Tier3InvocationThreshold=$COMPILED_CALLS -XX:Tier3MinInvocationThreshold=$((COMPILED_CALLS / 2))\
 -XX:Tier3CompileThreshold=$((COMPILED_CALLS * 4))"
GARDENER_PLUGIN_JAVA_HOME=$runtime \
    GARDENER_PLUGIN_JAVA_OPTS="-XX:AOTMode=record -XX:AOTConfiguration=$train/configuration -XX:+UseCompactObjectHeaders -Xlog:aot*=off $thresholds" \
    build/native/flb-host -e dist/plugins/output_plugin.so -c "$train/fluent-bit.conf" >"$train/host.log" 2>&1 &
host=$!
await 'all records arrived' "$host" arrived "$(cat docs/examples/logs/*.log "$train/logs/many" | wc -l)"
for page in metrics healthz; do
    await "the page /$page was answered" "$host" page "$page"
done
kill "$host"
# Its end writes the configuration.
wait "$host" || fail 'the host failed'
host=
"$runtime/bin/java" -XX:AOTMode=create -XX:AOTConfiguration="$train/configuration" -XX:AOTCache="$cache.new" \
    -XX:+UseCompactObjectHeaders -XX:+UseSerialGC -cp "$(LC_ALL=C ls "$lib"/*.jar | paste -sd: -)" \
    >"$train/create.log" 2>&1 && [ -s "$cache.new" ] || fail 'the JVM made no cache of what the host recorded'
# With which jars the shim uses it.
(cd "$lib" && LC_ALL=C ls -- *.jar | xargs stat -c '%n %s %Y') >"$cache.jars"
mv "$cache.new" "$cache"
echo quit >&9
wait "$sink"
