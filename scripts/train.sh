#!/bin/sh
# train.sh RUNTIME FILE: the AOT cache of the plugin's classes for that runtime, from a run of the plugin in the
# bundled host: logs of docs/examples and 100 000 lines over gRPC to a sink that accepts them, and the pages of the
# metrics server. The cache's classes are all loaded at each start, and take memory: what few nodes use (HTTP, TLS, the
# watch of shoots) is not in it and loads from the jars.
set -eu
cd "$(dirname "$0")/.."
runtime=$PWD/$1
cache=$PWD/$2
lib=$PWD/dist/plugins/gardener/lib
train=$PWD/build/train
rm -rf "$cache" "$train" && mkdir -p "$train"

JAVA_HOME=$JDK ./mvnw -q -B -ntp -pl plugin-core dependency:build-classpath \
    -Dmdep.outputFile="$train/classpath" -Dmdep.includeScope=test
mkfifo "$train/commands"
"$JDK/bin/java" -Xmx256m -cp "$(echo plugin-core/target/plugin-core-*-tests.jar):plugin-core/target/classes:$(cat "$train/classpath")" \
    cloud.gardener.logging.sink.OtlpSinkMain <"$train/commands" >"$train/sink.log" 2>&1 &
sink=$!
exec 9>"$train/commands"
trap 'kill $sink 2>/dev/null || true' EXIT

fail() {
    cat "$train"/*.log >&2
    exit 1
}

await() { # pattern, file, process: within a minute
    for _ in $(seq 600); do
        ! grep -q "$1" "$2" || return 0
        kill -0 "$3" 2>/dev/null || fail
        sleep 0.1
    done
    fail
}

touch "$train/host.log"
await listening "$train/sink.log" "$sink"
awk 'BEGIN {
    for (i = 0; i < 100000; i++)
        print i % 2 ? "I1124 15:00:00.000001       1 handler.go:42] handled request path=/api/v1/pods n=" i \
            : "{\"level\":\"info\",\"ts\":" i ",\"msg\":\"handled request\",\"path\":\"/api/v1/pods\"}" }' >"$train/many.log"
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
    Path $train/many.log
    Tag kubernetes.*
    Read_from_Head On
[OUTPUT]
    Name gardener
    Match *
    SeedType otlp_grpc
    Endpoint $(sed -n 's/^listening //p' "$train/sink.log")
    Insecure true
    MetricsPort ${TRAIN_PORT:-23021}
    ShutdownGrace 5s
    DQueDir $train/queues
EOF
GARDENER_PLUGIN_JAVA_HOME=$runtime \
    GARDENER_PLUGIN_JAVA_OPTS="-XX:AOTMode=record -XX:AOTConfiguration=$train/configuration -XX:+UseCompactObjectHeaders -Xlog:aot*=off" \
    build/native/flb-host -e dist/plugins/output_plugin.so -c "$train/fluent-bit.conf" >"$train/host.log" 2>&1 &
host=$!
await 'in force:' "$train/host.log" $host
sleep 3 # the work of two flushes and their requests
for page in metrics healthz ''; do
    curl -s -o /dev/null "http://127.0.0.1:${TRAIN_PORT:-23021}/$page" || true # a port in use leaves the page out
done
kill "$host"
wait "$host" || fail
"$runtime/bin/java" -XX:AOTMode=create -XX:AOTConfiguration="$train/configuration" -XX:AOTCache="$cache" \
    -XX:+UseCompactObjectHeaders -XX:+UseSerialGC -cp "$(LC_ALL=C ls "$lib"/*.jar | paste -sd: -)" \
    >"$train/create.log" 2>&1 || fail
[ -s "$cache" ] || fail
# With which jars the shim uses it.
(cd "$lib" && LC_ALL=C ls -- *.jar | xargs stat -c '%n %s %Y') >"$cache.jars"
echo quit >&9
wait "$sink"
