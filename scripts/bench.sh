#!/usr/bin/env bash
# The plugin end to end, beside Fluent Bit's own outputs on the same input: container log lines of 240
# bytes, half of them JSON, read by tail. Prints for each output wall time, records a second, CPU seconds
# per million records (and those above the null output), and peak resident memory.
#
# "cold" is a run over LINES lines from start to end. "warm" is what WARM_LINES further lines cost behind
# as many: the difference between a run over twice the lines and one over the lines.
#
#   LINES (1000000), WARM_LINES (5000000), RUNS (1): how much; OUTPUTS ("null opentelemetry gardener")
set -euo pipefail
cd "$(dirname "$0")/.."

LINES=${LINES:-1000000}
WARM_LINES=${WARM_LINES:-5000000}
RUNS=${RUNS:-1}
OUTPUTS=${OUTPUTS:-null opentelemetry gardener}
BLOCK_LINES=100000

bench=$PWD/build/bench
java=$(scripts/find-jdk.sh newest)/bin/java
host=$(command -v fluent-bit || echo "$PWD/build/native/flb-host")
[ -x /usr/bin/time ] || { echo "GNU time is missing: apt-get install time" >&2; exit 1; }
mkdir -p "$bench"
trap '[ -z "${sink_pid:-}" ] || kill "$sink_pid" 2>/dev/null || true' EXIT

generate() { # count: so many lines
    awk -v n="$1" 'BEGIN {
        fill = sprintf("%240s", ""); gsub(/ /, "x", fill)
        for (i = 0; i < n; i++) {
            start = i % 2 ? sprintf("I1124 15:00:00.%06d       1 handler.go:42] handled request path=/api/v1/pods text=", i) \
                : sprintf("{\"level\":\"info\",\"ts\":%d,\"msg\":\"handled request\",\"path\":\"/api/v1/pods\",\"text\":\"", i)
            end = i % 2 ? "" : "\"}"
            print start substr(fill, 1, 239 - length(start) - length(end)) end
        }
    }'
}

lines() { # count: a file with so many lines
    file=$bench/$1.log
    [ ! -e "$file" ] || return 0
    [ -e "$bench/block" ] || generate "$BLOCK_LINES" >"$bench/block"
    for ((left = $1; left >= BLOCK_LINES; left -= BLOCK_LINES)); do cat "$bench/block"; done >"$file.new"
    head -n "$left" "$bench/block" >>"$file.new"
    mv "$file.new" "$file"
}

start_sink() {
    mkfifo "$bench/commands"
    "$java" -XX:+UseSerialGC -Xmx256m -cp "plugin-core/target/plugin-core-0.1.0-tests.jar:plugin-core/target/classes:$(cat build/test-classpath)" \
        cloud.gardener.logging.sink.OtlpSinkMain <"$bench/commands" >"$bench/sink.log" &
    sink_pid=$!
    exec 9>"$bench/commands"
    rm "$bench/commands"
    until grep -q listening "$bench/sink.log"; do sleep 0.1; done
    port=$(sed -n 's/.*127.0.0.1://p' "$bench/sink.log")
    echo http >&9
    until grep -q 'listening [0-9]*$' "$bench/sink.log"; do sleep 0.1; done
    http_port=$(sed -n 's/^listening \([0-9]*\)$/\1/p' "$bench/sink.log")
}

stop_sink() { # sets counted, to what it has counted
    echo quit >&9
    exec 9>&-
    wait "$sink_pid"
    sink_pid=
    counted=$(tail -n 1 "$bench/sink.log")
}

output() { # name: its section
    echo "[OUTPUT]"
    echo "    Name $1"
    echo "    Match *"
    case $1 in
    opentelemetry) printf '    %s\n' 'Host 127.0.0.1' "Port $http_port" 'Logs_uri /v1/logs' 'Logs_body_key log' ;;
    gardener)
        printf '    %s\n' 'Retry_Limit no_limits' 'SeedType otlp_grpc' "Endpoint 127.0.0.1:$port" 'Insecure true' \
            "DQueDir $bench/dque" 'DQueBatchProcessorMaxBatchSize 500' 'MetricsPort 0'
        ;;
    esac
}

run() { # output, lines: sets seconds, cpu, kb
    lines "$2"
    rm -rf "$bench/dque"
    start_sink
    {
        printf '[SERVICE]\n    Flush 0.2\n    Grace 60\n    Log_Level error\n'
        printf '[INPUT]\n    Name tail\n    Tag kubernetes.*\n    Path %s.log\n' "$bench/$2"
        printf '    Read_from_Head On\n    Exit_On_Eof On\n    Mem_Buf_Limit 20M\n    Buffer_Chunk_Size 256k\n    Buffer_Max_Size 512k\n'
        output "$1"
    } >"$bench/fluent-bit.conf"
    /usr/bin/time -o "$bench/time" -f '%e %U %S %M' \
        "$host" -e "$PWD/dist/plugins/output_plugin.so" -c "$bench/fluent-bit.conf" >"$bench/host.log" 2>&1 ||
        { cat "$bench/host.log" >&2; exit 1; }
    stop_sink
    case $1 in
    null) ;;
    *) case $counted in "records $2 "*) ;; *) echo "$1: $counted, expected $2" >&2; [ "$1" != gardener ] || exit 1 ;; esac ;;
    esac
    read -r seconds user sys kb <"$bench/time"
    cpu=$(echo "$user $sys" | awk '{ print $1 + $2 }')
}

row() { # label, output, lines, seconds, cpu, kb
    key=${1}_null
    [ "$2" != null ] || declare -g "$key=$(awk -v c="$5" -v n="$3" 'BEGIN { print c / n * 1e6 }')"
    awk -v label="$1" -v out="$2" -v n="$3" -v s="$4" -v c="$5" -v kb="$6" -v null="${!key:-0}" 'BEGIN {
        printf "%-5s %-14s %9d %8.2f %10.0f %8.2f %8.2f %8.0f\n", label, out, n, s, n / s, c / n * 1e6, c / n * 1e6 - null, kb / 1024 }'
}

CP=build/test-classpath
JAVA_HOME=$(scripts/find-jdk.sh 17) ./mvnw -q -B -ntp -pl plugin-core dependency:build-classpath \
    -Dmdep.outputFile="$PWD/$CP" -Dmdep.includeScope=test
version=$("$host" --version 2>/dev/null | head -n 1 || true)
echo "host: ${version:-flb-host}"
printf '%-5s %-14s %9s %8s %10s %8s %8s %8s\n' '' output records 'wall s' records/s CPU-s/M above MiB
for _ in $(seq "$RUNS"); do
    for out in $OUTPUTS; do
        [ "$out" != opentelemetry ] || command -v fluent-bit >/dev/null || continue
        run "$out" "$LINES"
        row cold "$out" "$LINES" "$seconds" "$cpu" "$kb"
        [ "$WARM_LINES" -gt 0 ] || continue
        run "$out" "$WARM_LINES"
        first_seconds=$seconds first_cpu=$cpu
        run "$out" $((2 * WARM_LINES))
        row warm "$out" "$WARM_LINES" \
            "$(awk -v a="$seconds" -v b="$first_seconds" 'BEGIN { print a - b }')" \
            "$(awk -v a="$cpu" -v b="$first_cpu" 'BEGIN { print a - b }')" "$kb"
    done
done
