#!/bin/sh
# The JMH microbenchmarks, on the newest JDK: `scripts/jmh.sh [JMH's arguments]`, such as a part of a name.
set -eu
cd "$(dirname "$0")/.."
JAVA_HOME=$(scripts/find-jdk.sh 17) ./mvnw -q -B -ntp -pl plugin-core test-compile dependency:build-classpath \
    -Dmdep.outputFile="$PWD/build/test-classpath" -Dmdep.includeScope=test
exec "$(scripts/find-jdk.sh newest)/bin/java" \
    -cp "plugin-core/target/classes:plugin-core/target/test-classes:$(cat build/test-classpath)" org.openjdk.jmh.Main "$@"
