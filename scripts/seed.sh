#!/usr/bin/env bash
# A seed in a box: API server, collectors, VictoriaLogs, Prometheus and Fluent Bit with Gardener's configuration, on
# loopback, with pods that write. Prints a table while it runs, and the verdict at its end. Fails when a record was
# lost, or came to a tenant that is not its own.
#
#   CLUSTERS (5)     shoots
#   JOBS (4)         pods in each shoot, and in the seed
#   LOGS (3000)      records of each pod
#   LOGS_DELAY (12s) how long a pod waits before its first record
#   RATE (100)       records of a pod in a second; 0: as fast as they can be written
#   FLUSH (1)        Fluent Bit's Flush in seconds; 30 on Gardener's seeds
#   KEEP             anything: keeps the folder with the logs of all programs
#   GO_PLUGIN        the plugin in Go, to run the same with, after this one
set -euo pipefail
cd "$(dirname "$0")/.."

PATH=$PATH:$(scripts/real.sh bin)
java=$(scripts/find-jdk.sh newest)/bin/java
classpath=build/seed-classpath

JAVA_HOME=$(scripts/find-jdk.sh 17) ./mvnw -q -B -ntp -pl plugin-core,plugin-jni package -DskipTests \
    dependency:build-classpath -Dmdep.outputFile="$PWD/$classpath" -Dmdep.includeScope=test
exec "$java" -XX:+UseSerialGC -Xmx64m \
    -cp "plugin-jni/target/test-classes:plugin-jni/target/classes:$(cat $classpath)" \
    cloud.gardener.logging.seed.SeedMain build
