#!/usr/bin/env bash
# What shoots' targets cost, without Fluent Bit: chunks of one pod each, of all shoots in turn, through
# routing, encoding, the disk queues and the export to a standard output that is thrown away. One Java
# process for each number of targets, which runs twice over the records and measures the second time.
#
#   TARGETS ("1 100 500"), RECORDS (1000000): how many
set -euo pipefail
cd "$(dirname "$0")/.."

TARGETS=${TARGETS:-1 100 500}
RECORDS=${RECORDS:-1000000}

java=$(scripts/find-jdk.sh newest)/bin/java
folder=$(mktemp -d build/bench-targets.XXXXXX)
trap 'rm -rf "$folder"' EXIT

JAVA_HOME=$(scripts/find-jdk.sh 17) ./mvnw -q -B -ntp -pl plugin-core test-compile \
    dependency:build-classpath -Dmdep.outputFile="$PWD/build/test-classpath" -Dmdep.includeScope=test
printf '%7s %12s %13s %12s %8s %11s\n' targets records/s "CPU-s/million" "resident MB" threads "open files"
for targets in $TARGETS; do
    "$java" -XX:+UseSerialGC -Xmx128m \
        -cp "plugin-core/target/test-classes:plugin-core/target/classes:$(cat build/test-classpath)" \
        cloud.gardener.logging.pipeline.TargetsBenchmark "$folder/$targets" "$targets" "$RECORDS" \
        2>&1 >/dev/null | grep '^ *[0-9]'
done
