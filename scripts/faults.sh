#!/bin/sh
# The fault suite in its long form: the tests that are tagged `faults`. `make test` runs a shorter one. Prints a row for
# each fault.
set -eu
cd "$(dirname "$0")/.."
status=0
newest=$(scripts/find-jdk.sh newest)
JAVA_HOME=$(scripts/find-jdk.sh 17) GARDENER_PLUGIN_JAVA_HOME=$newest ./mvnw -B -ntp package \
    -Djvm="$newest/bin/java" -Dgroups=faults \
    -Dfaults.kills="${KILLS:-200}" -Dfaults.reloads="${RELOADS:-100}" -Dfaults.records="${RECORDS:-200000}" \
    -Dfaults.longest="${LONGEST:-0.25}" -Dchurn.targets="${TARGETS:-10000}" \
    -Dtests.excluded= -Dwatch.outages=8,25,60 -Dwatch.silence=true -Dwatch.clusters=540 \
    >build/faults.log 2>&1 || status=$?
grep -E '^(fault|kill|reload|certificate|churn|outage|silent|[0-9]+ Clusters)|did not run|ERROR|Tests run:.*[0-9]$' build/faults.log
exit $status
