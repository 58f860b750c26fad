#!/bin/sh
# The main job on sample container logs: Fluent Bit (or the bundled host), the plugin, OTLP. Prints OTLP
# JSON, a line a record; with ENDPOINT=host:port it sends OTLP/gRPC there instead.
set -eu
cd "$(dirname "$0")/.."

queues=${DEMO_QUEUES:-$PWD/build/demo/queues}
host=$(command -v fluent-bit || echo "$PWD/build/native/flb-host")
mkdir -p "$queues"
export DEMO_LOGS="$PWD/docs/examples/logs" DEMO_QUEUES="$queues"
if [ -n "${ENDPOINT:-}" ]; then
    export DEMO_TYPE=otlp_grpc DEMO_ENDPOINT="$ENDPOINT"
else
    export DEMO_TYPE=stdout DEMO_ENDPOINT=localhost:4317
fi

version=$("$host" --version 2>/dev/null | head -n 1)
echo "== ${version:-the bundled test host, for want of fluent-bit on PATH}: docs/examples/demo.conf, to $DEMO_TYPE${ENDPOINT:+ $ENDPOINT}"
"$host" -e "$PWD/dist/plugins/output_plugin.so" -c "$PWD/docs/examples/demo.conf"
left=$(find "$queues" -name '*.segment' | wc -l)
if [ "$left" -gt 0 ]; then
    echo "== the backend did not take all records: they wait in $queues for the next \`make demo ENDPOINT=...\`"
else
    echo "== done"
fi
