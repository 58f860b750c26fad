#!/usr/bin/env bash
# What the plugin costs, end to end, beside Fluent Bit's own outputs and the plugin in Go on the same input: container
# log lines of 240 bytes, half of them JSON, read by tail. The figures are those of the whole Fluent Bit.
#
# LOADS, what is measured:
#   cold  LINES lines from the start to the end
#   warm  what WARM_LINES lines cost behind as many: a run over twice the lines less one over the lines
#   node  the start, then RATE lines a second for STEADY_S seconds, then IDLE_S seconds without a line. Memory is
#         read at the end of the load; the CPU time of the load does not contain the start
#   soak  SOAK_RATE lines a second for SOAK_MINUTES, a row and a point of the plot each minute. Not run by default
# OUTPUTS, whose: null, opentelemetry and opentelemetry-grpc (Fluent Bit's own), gardener and gardener-http (this
#   plugin), go (the plugin in Go, where GO_PLUGIN names its library)
#
#   LOADS ("cold warm node"), OUTPUTS (all), RUNS (1)
#   LINES ("1000000 3000000"), WARM_LINES (5000000), RATE (2000), STEADY_S (40), IDLE_S (60: some
#   work of the plugin comes once a minute)
#   SOAK_RATE (20000), SOAK_MINUTES (30), METRICS_PORT (2021): where the soak reads the durations of flushes
set -euo pipefail
cd "$(dirname "$0")/.."

LOADS=${LOADS:-cold warm node}
OUTPUTS=${OUTPUTS:-null opentelemetry opentelemetry-grpc gardener gardener-http go}
RUNS=${RUNS:-1}
LINES=${LINES:-1000000 3000000}
WARM_LINES=${WARM_LINES:-5000000}
RATE=${RATE:-2000}
STEADY_S=${STEADY_S:-40}
IDLE_S=${IDLE_S:-60}

bench=$PWD/build/bench
java=$(scripts/find-jdk.sh newest)/bin/java
host=$(command -v fluent-bit || echo "$PWD/build/native/flb-host")
mkdir -p "$bench"
. scripts/bench/input.sh
. scripts/bench/output.sh
. scripts/bench/process.sh
. scripts/bench/loads.sh
. scripts/bench/soak.sh
trap stop_all EXIT

can_run() { # output
    case $1 in
    opentelemetry*) command -v fluent-bit >/dev/null ;;
    go) [ -n "${GO_PLUGIN:-}" ] ;;
    esac
}

version=$("$host" --version 2>/dev/null | head -n 1 || true)
echo "host: ${version:-flb-host}"
for load in $LOADS; do
    "${load}_header"
    for _ in $(seq "$RUNS"); do
        for out in $OUTPUTS; do
            ! can_run "$out" || "$load" "$out"
        done
    done
done
