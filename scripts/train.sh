#!/bin/sh
# train.sh RUNTIME FILE: the AOT cache of the plugin's classes for that runtime, from a run of the plugin in the
# bundled host: 800 000 lines over gRPC to a sink that accepts them, the logs of docs/examples to all kinds of targets,
# and the pages that are read on a node. Batches are small, because the JVM compiles early only what it compiled in the
# training: code that ran COMPILED_CALLS times, so there must be many requests. The other targets get few, and the watch
# small Clusters, so that they add nothing to it.
# TRAINED says what the cache has beside gRPC in plaintext and the pages of metrics and health: http, tls, shoots,
# status. All classes of the cache are loaded at each start, and take memory where they are not used:
# docs/performance.md has the figures. For nodes without shoots and TLS: TRAINED="http status" make dist. AotCacheTest
# expects all of them.
# Each step waits for its effect, on a busy machine up to PATIENCE_S. A training that fails leaves no cache.
set -eu
cd "$(dirname "$0")/.."
PATIENCE_S=${PATIENCE_S:-300}
TRAINED=${TRAINED-http tls shoots status}
MANY_LINES=800000
LONG_LINES=5000
BATCH=10
# Half of the requests. The start alone runs some code 10 000 times, and what is compiled early for it is CPU time lost at
# each start.
COMPILED_CALLS=40000
runtime=$PWD/$1
cache=$PWD/$2
lib=$PWD/dist/plugins/gardener/lib
train=$PWD/build/train
host=
rm -rf "$cache" "$cache.jars" "$train" && mkdir -p "$train/logs" "$train/pods" "$train/account"

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

is_trained() { # part
    case " $TRAINED " in *" $1 "*) ;; *) return 1 ;; esac
}

port() { # peer
    sed -n "1s/.*\\b$1 \\([0-9]*\\).*/\\1/p" "$train/peers.log"
}

arrived() { # peer, count: has it accepted so much?
    echo count >&9
    sleep 0.1
    [ "$(sed -n "2,\$s/.*\\b$1 \\([0-9]*\\).*/\\1/p" "$train/peers.log" | tail -n 1)" -ge "$2" ] 2>/dev/null
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

output() { # name, match, keys...
    printf '[OUTPUT]\n    Name gardener\n    DQueName %s\n    Match %s\n' "$1" "$2"
    shift 2
    printf '    %s\n' "DQueDir $train/queues" "MetricsPort $metrics_port" 'ShutdownGrace 5s' "$@"
}

JAVA_HOME=$JDK ./mvnw -q -B -ntp -pl plugin-core dependency:build-classpath \
    -Dmdep.outputFile="$train/classpath" -Dmdep.includeScope=test
mkfifo "$train/commands"
"$JDK/bin/java" -Xmx256m -cp "$(echo plugin-core/target/plugin-core-*-tests.jar):plugin-core/target/classes:$(cat "$train/classpath")" \
    cloud.gardener.logging.training.TrainingPeersMain "$train/account" <"$train/commands" >"$train/peers.log" 2>&1 &
peers=$!
exec 9>"$train/commands"
trap 'kill $peers $host 2>/dev/null || true' EXIT
await 'the peers listened' "$peers" grep -q '^grpc' "$train/peers.log"

# A batch of the long ones must be larger than the smallest array that the queue uses again.
awk -v lines="$MANY_LINES" -v long="$LONG_LINES" 'BEGIN {
    for (i = 0; i < lines; i++) {
        path = sprintf("/api/v1/pods/%0" (i < lines - long ? 1 : 2500) "d", 0)
        print i % 2 ? "I1124 15:00:00.000001       1 handler.go:42] handled request path=" path " n=" i \
            : "{\"level\":\"info\",\"ts\":" i ",\"msg\":\"handled request\",\"path\":\"" path "\"}" } }' \
    >"$train/logs/many"
metrics_port=$(free_port)
authority="TLSCAFile $train/account/ca.crt"
{
    cat <<EOF
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
    Path $train/pods/*.log
    Tag kubernetes.*
    Read_from_Head On
    Refresh_Interval 1
[INPUT]
    Name tail
    Path $train/logs/many
    Tag kubernetes.*
    Read_from_Head On
EOF
    output grpc 'kubernetes.*' 'SeedType otlp_grpc' "Endpoint 127.0.0.1:$(port grpc)" 'Insecure true' \
        "DQueBatchProcessorMaxBatchSize $BATCH"
    # Of the other inputs' records, these get those of docs/examples and of pods alone.
    ! is_trained http || output http 'kubernetes.*.log' 'SeedType otlp_http' "Endpoint http://127.0.0.1:$(port http)" \
        'Compression gzip'
    ! is_trained tls || output https 'kubernetes.*.log' 'SeedType otlp_http' \
        "Endpoint https://127.0.0.1:$(port https)" 'Compression zstd' "$authority"
    ! is_trained tls || output grpcs 'kubernetes.*.log' 'SeedType otlp_grpc' "Endpoint 127.0.0.1:$(port grpcs)" \
        "$authority"
    # The name of the namespace is the shoot's host.
    ! is_trained shoots || output shoots 'kubernetes.*.log' 'SeedType otlp_grpc' 'ShootType otlp_grpc' \
        "Endpoint 127.0.0.1:$(port grpc)" 'Insecure true' 'LogLevel info' \
        'DynamicHostPath {"kubernetes": {"namespace_name": "namespace"}}' "DynamicHostSuffix :$(port grpc)" \
        'DynamicHostRegex ^localhost$' 'FallbackToTagWhenMetadataIsMissing true' \
        "TagPrefix kubernetes\\.$(echo "${train#/}" | tr / .)\\.pods"
} >"$train/fluent-bit.conf"
# A Cluster that the first list has, and that matches nothing.
echo 'ready garden' >&9
thresholds="-XX:Tier3InvocationThreshold=$COMPILED_CALLS -XX:Tier3MinInvocationThreshold=$((COMPILED_CALLS / 2))\
 -XX:Tier3CompileThreshold=$((COMPILED_CALLS * 4))"
# The API server is found as in a pod: a kubeconfig would load 1 100 classes more, of Jackson's databind above all.
KUBERNETES_SERVICE_HOST=127.0.0.1 KUBERNETES_SERVICE_PORT=$(port api) GARDENER_PLUGIN_JAVA_HOME=$runtime \
    GARDENER_PLUGIN_JAVA_OPTS="-Dgardener.service.account=$train/account -XX:AOTMode=record -XX:AOTConfiguration=$train/configuration -Xlog:aot*=off $thresholds" \
    build/native/flb-host -e dist/plugins/output_plugin.so -c "$train/fluent-bit.conf" >"$train/host.log" 2>&1 &
host=$!
examples=$(cat docs/examples/logs/*.log | wc -l)
grpc=$((MANY_LINES + examples))
! is_trained shoots || grpc=$((grpc + examples))
await 'all records arrived' "$host" arrived grpc "$grpc"
! is_trained http || await 'a request arrived over HTTP' "$host" arrived http 1
! is_trained tls || await 'a request arrived over HTTPS' "$host" arrived https 1
! is_trained tls || await 'records arrived over gRPC with TLS' "$host" arrived grpcs "$examples"
if is_trained shoots; then
    echo 'ready localhost' >&9
    await 'the shoot had a target' "$host" grep -q 'localhost: sends to' "$train/host.log"
    pod=pod-0_localhost_etcd-$(printf '0f%.0s' $(seq 32)).log
    cat docs/examples/logs/*.log >"$train/pod" && mv "$train/pod" "$train/pods/$pod"
    await 'the records of the shoot arrived' "$host" arrived grpc $((grpc + 2 * examples))
fi
for page in metrics healthz; do
    await "the page /$page was answered" "$host" page "$page"
done
! is_trained status || await 'the status page was answered' "$host" page ''
kill "$host"
# Its end writes the configuration.
wait "$host" || fail 'the host failed'
host=
"$runtime/bin/java" -XX:AOTMode=create -XX:AOTConfiguration="$train/configuration" -XX:AOTCache="$cache.new" \
    -XX:+UseSerialGC -cp "$(LC_ALL=C ls "$lib"/*.jar | paste -sd: -)" \
    >"$train/create.log" 2>&1 && [ -s "$cache.new" ] || fail 'the JVM made no cache of what the host recorded'
# With which jars the shim uses it.
(cd "$lib" && LC_ALL=C ls -- *.jar | xargs stat -c '%n %s %Y') >"$cache.jars"
mv "$cache.new" "$cache"
exec 9>&-
wait "$peers"
rm "$train/logs/many" # 100 MB
