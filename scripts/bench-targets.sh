#!/usr/bin/env bash
# What shoots' targets cost: a log file for each shoot, through Fluent Bit (or the bundled host) with the
# built plugin, to backends on this machine that only count. For each number of targets: 20,000 records a second
# for 20 seconds, with its CPU time, then the memory; then RECORDS as fast as they are taken. The figures are the whole host's.
#
#   TARGETS ("1 100 500"), RECORDS (2000000): how many
set -euo pipefail
cd "$(dirname "$0")/.."

TARGETS=${TARGETS:-1 100 500}
RECORDS=${RECORDS:-2000000}

java=$(scripts/find-jdk.sh newest)/bin/java
folder=$(mktemp -d build/bench-targets.XXXXXX)
trap 'rm -rf "$folder"' EXIT

JAVA_HOME=$(scripts/find-jdk.sh 17) ./mvnw -q -B -ntp -pl plugin-core,plugin-jni package -DskipTests \
    dependency:build-classpath -Dmdep.outputFile="$PWD/build/test-classpath" -Dmdep.includeScope=test
echo "host: $(command -v fluent-bit || echo build/native/flb-host)"
printf '%7s %12s %12s %13s %12s %12s %8s %11s\n' \
    targets "steady ms/s" records/s "CPU-s/million" "resident MB" "peak MB" threads "open files"
for targets in $TARGETS; do
    "$java" -XX:+UseSerialGC -Xmx256m \
        -cp "plugin-jni/target/test-classes:plugin-jni/target/classes:$(cat build/test-classpath)" \
        cloud.gardener.logging.e2e.TargetsBenchmark "$folder/$targets" "$targets" "$RECORDS"
    rm -rf "${folder:?}/$targets"
done
