#!/bin/sh
# The JMH microbenchmarks, on the newest JDK: `scripts/jmh.sh [JMH's arguments]`, such as a part of a name. They run with
# C1 alone, as the plugin does (native/shim/options.c); COMPILER=c2 adds C2.
set -eu
cd "$(dirname "$0")/.."
case ${COMPILER:-c1} in
c1) level=1 ;;
c2) level=4 ;;
*) echo "COMPILER=$COMPILER cannot be used; accepted is c1 or c2" >&2 && exit 2 ;;
esac
JAVA_HOME=$(scripts/find-jdk.sh 17) ./mvnw -q -B -ntp -pl plugin-core test-compile dependency:build-classpath \
    -Dmdep.outputFile="$PWD/build/test-classpath" -Dmdep.includeScope=test
exec "$(scripts/find-jdk.sh newest)/bin/java" \
    -cp "plugin-core/target/classes:plugin-core/target/test-classes:$(cat build/test-classpath)" org.openjdk.jmh.Main \
    -jvmArgsAppend "-XX:TieredStopAtLevel=$level" "$@"
