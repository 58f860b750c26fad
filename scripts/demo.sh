#!/usr/bin/env bash
# The main job on sample container logs: Fluent Bit (or the bundled host), the plugin, OTLP. Two scenes: a record as the
# backend gets it; and a backend that is down while Fluent Bit is killed. With ENDPOINT=host:port it sends the sample
# logs there instead.
#
#   RECORDS (10000): of the second scene
set -euo pipefail
cd "$(dirname "$0")/.."

RECORDS=${RECORDS:-10000}
demo=${DEMO_FOLDER:-$PWD/build/demo}
host=$(command -v fluent-bit || echo "$PWD/build/native/flb-host")
version=$("$host" --version 2>/dev/null | head -n 1 || true)
export DEMO_LOGS="$PWD/docs/examples/logs" DEMO_QUEUES="$demo/queues"
mkdir -p "$DEMO_QUEUES"

host_pid='' backend_pid=''
trap 'kill -9 $host_pid $backend_pid 2>/dev/null || true' EXIT

run_host() { # configuration: as long as it runs
    "$host" -e "$PWD/dist/plugins/output_plugin.so" -c "$PWD/docs/examples/$1"
}

start_host() { # configuration: sets host_pid
    "$host" -e "$PWD/dist/plugins/output_plugin.so" -c "$PWD/docs/examples/$1" >>"$demo/outage.log" 2>&1 &
    host_pid=$!
}

echo "== ${version:-the bundled test host (no fluent-bit on PATH)} with dist/plugins/output_plugin.so"

if [ -n "${ENDPOINT:-}" ]; then
    export DEMO_TYPE=otlp_grpc DEMO_ENDPOINT="$ENDPOINT"
    echo "== sends docs/examples/logs to $ENDPOINT, with docs/examples/demo.conf"
    run_host demo.conf
    if [ "$(find "$DEMO_QUEUES" -name '*.segment' | wc -l)" -gt 0 ]; then
        echo "== the backend did not accept all records: they wait in $DEMO_QUEUES for the next \`make demo ENDPOINT=...\`"
    else
        echo "== done"
    fi
    exit
fi

java=$(scripts/find-jdk.sh newest)/bin/java
classpath=build/test-classpath
if [ ! -s "$classpath" ] || [ pom.xml -nt "$classpath" ]; then
    JAVA_HOME=$(scripts/find-jdk.sh 17) ./mvnw -q -B -ntp -pl plugin-core dependency:build-classpath \
        -Dmdep.outputFile="$PWD/$classpath" -Dmdep.includeScope=test
fi
classes="plugin-core/target/test-classes:plugin-core/target/classes:$(cat "$classpath")"

echo
echo "== 1. A line of docs/examples/logs, as the backend gets it"
export DEMO_TYPE=stdout DEMO_ENDPOINT=
run_host demo.conf >"$demo/records.json" 2>"$demo/stdout.log" || { cat "$demo/stdout.log" >&2; exit 1; }
grep '"slow request' "$demo/records.json" | head -n 1 | "$java" -cp "$classes" cloud.gardener.logging.sink.PrettyJson
echo "   all $(grep -c '^{' "$demo/records.json") records: $demo/records.json"

free_port() {
    local port
    while port=$((20000 + RANDOM % 12000)) && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

waiting() { # records in the queue on disk, as the plugin's metrics say
    curl -sf "http://127.0.0.1:$DEMO_METRICS_PORT/metrics" |
        awk '/^fluentbit_gardener_buffered_logs/ { n += $2 } END { printf "%d", n }' || true
}

until_equal() { # what, number, command...: waits a minute for it
    local what=$1 wanted=$2 got=
    shift 2
    for _ in $(seq 600); do
        got=$("$@")
        [ "$got" != "$wanted" ] || return 0
        sleep 0.1
    done
    echo "$what: $got of $wanted after a minute" >&2
    cat "$demo/outage.log" >&2
    exit 1
}

echo
echo "== 2. The backend is down, and Fluent Bit is killed"
rm -rf "$demo/outage" "$demo/outage.log" && mkdir -p "$demo/outage"
DEMO_QUEUES=$demo/outage/queues DEMO_LOG=$demo/outage/pod.log DEMO_PORT=$(free_port) DEMO_METRICS_PORT=$(free_port)
export DEMO_QUEUES DEMO_LOG DEMO_PORT DEMO_METRICS_PORT
mkdir -p "$DEMO_QUEUES"
awk -v n="$RECORDS" 'BEGIN { for (i = 0; i < n; i++) print "seq=" i " handled request path=/api/v1/pods" }' >"$DEMO_LOG"
start_host outage.conf
until_equal "records on disk" "$RECORDS" waiting
printf '   %-42s %7d\n' "records written to the log" "$RECORDS" "records on disk, none delivered" "$(waiting)"
kill -9 "$host_pid"
wait "$host_pid" 2>/dev/null || true
echo "   kill -9 of Fluent Bit; start of the backend, then of Fluent Bit"

mkfifo "$demo/outage/commands"
"$java" -XX:+UseSerialGC -Xmx128m -cp "$classes" cloud.gardener.logging.sink.OtlpSinkMain --ids --port "$DEMO_PORT" \
    <"$demo/outage/commands" >"$demo/outage/backend.log" 2>&1 &
backend_pid=$!
exec 9>"$demo/outage/commands"
accepted() {
    echo count >&9
    sleep 0.1
    sed -n 's/^records \([0-9]*\) .*/\1/p' "$demo/outage/backend.log" | tail -n 1
}
start_host outage.conf
until_equal "records that arrived" "$RECORDS" accepted
until_equal "records on disk" 0 waiting
echo "ids 0 $((RECORDS - 1))" >&9
echo quit >&9
exec 9>&-
wait "$backend_pid"
backend_pid=''
kill "$host_pid"
wait "$host_pid" 2>/dev/null || true
host_pid=''
# distinct N lost N doubled N out-of-order N without N
read -r _ distinct _ lost _ doubled _ < <(grep '^distinct' "$demo/outage/backend.log" | head -n 1)
printf '   %-42s %7d\n' "records that arrived" "$distinct" "lost" "$lost" "duplicated" "$doubled"
echo "== done; \`make demo ENDPOINT=host:port\` sends the sample logs to an OTLP/gRPC backend"
[ "$lost" -eq 0 ]
