#!/usr/bin/env bash
# Runs the JUnit tests with the tag `real` on the newest JDK: against a real API server, real collectors, a real
# VictoriaLogs, which it installs where they are missing. Prints what the tests say and ends with one line of totals.
# Fails when a test failed, or when none ran. TESTS=A,B runs these alone; REAL_LIMIT=20m ends an installation that
# takes longer; OUTAGE_SECONDS is how long the API server is away, two minutes by default.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

newest=$(scripts/find-jdk.sh newest)
oldest=$(scripts/find-jdk.sh 17)
log=build/test-real.log
status=0
mkdir -p build

${REAL_LIMIT:+timeout "$REAL_LIMIT"} bash scripts/real.sh
case $? in
0) ;;
124) echo "!!! NOT INSTALLED within $REAL_LIMIT: the tests that need what is missing are SKIPPED" ;;
*) echo "!!! NOT INSTALLED, the lines above say what and why: the tests that need it are SKIPPED" ;;
esac
# Behind the others: a program on PATH goes before one that was installed.
PATH=$PATH:$(bash scripts/real.sh bin)

echo "== real peers, on $("$newest/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/Java \1/p')"
JAVA_HOME=$oldest GARDENER_PLUGIN_JAVA_HOME=$newest ./mvnw -B -ntp test -Dmaven.test.failure.ignore=true \
    -Dtests.excluded= -Dgroups=real -Dseed.outage="${OUTAGE_SECONDS:-120}" ${TESTS:+"-Dtest=$TESTS" -Dsurefire.failIfNoSpecifiedTests=false} \
    -Djvm="$newest/bin/java" 2>&1 | tee "$log" |
    grep --line-buffered -E '^[A-Z][A-Za-z]*Test\b|Time elapsed|^(outage|silent|backends|[0-9]+ Clusters)|ERROR|FAIL|end-to-end host|did not run' ||
    true
[ "${PIPESTATUS[0]}" -eq 0 ] || status=1

read -r ran failed skipped < <(
    sed -n 's/.*Tests run: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\), Skipped: \([0-9]*\)$/\1 \2 \3 \4/p' "$log" |
        awk '{ r += $1; f += $2 + $3; s += $4 } END { print r + 0, f + 0, s + 0 }')
[ "$ran" -gt 0 ] || { echo "no test ran, see $log"; status=1; }
[ "$failed" -eq 0 ] || status=1
echo "$((ran - failed - skipped)) passed, $failed failed, $skipped skipped"
exit $status
