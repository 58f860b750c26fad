#!/bin/sh
# Runs ctest, the tests of chart and release, and the JUnit tests, those on the oldest and the newest JDK that are
# there, and ends with one line of totals. Fails when a test failed, or when none ran.
set -u
cd "$(dirname "$0")/.."

oldest=$(scripts/find-jdk.sh 17)
newest=$(scripts/find-jdk.sh newest)
status=0
passed=0 failed=0 skipped=0

echo "== ctest"
ctest --test-dir build/native --output-on-failure -j 2 >build/ctest.log 2>&1 || status=1
cat build/ctest.log
ctest_total=$(sed -n 's/.*tests failed out of \([0-9]*\).*/\1/p' build/ctest.log)
ctest_failed=$(sed -n 's/.* \([0-9]*\) tests failed out of.*/\1/p' build/ctest.log)
passed=$((passed + ${ctest_total:-0} - ${ctest_failed:-0}))
failed=$((failed + ${ctest_failed:-0}))

for part in chart release; do
    echo "== $part"
    sh scripts/test-$part.sh >build/$part.log 2>&1 || status=1
    cat build/$part.log
    passed=$((passed + $(sed -n "s/^$part: \([0-9]*\) passed.*/\1/p" build/$part.log | grep . || echo 0)))
    failed=$((failed + $(sed -n "s/^$part: .* passed, \([0-9]*\) failed/\1/p" build/$part.log | grep . || echo 0)))
done

junit() { # home
    echo "== JUnit on $("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/Java \1/p')"
    log=build/junit-$(basename "$1").log
    JAVA_HOME=$oldest GARDENER_PLUGIN_JAVA_HOME=$1 \
        ./mvnw -B -ntp package -Dmaven.test.failure.ignore=true -Djvm="$1/bin/java" >"$log" 2>&1 || status=1
    grep -hE 'Tests run:.*[0-9]$|ERROR|FAIL|end-to-end host|did not run|^(fault|kill|reload|certificate)' "$log" |
        grep -v 'Time elapsed.*[^!]$' || true
    set -- $(sed -n 's/.*Tests run: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\), Skipped: \([0-9]*\)$/\1 \2 \3 \4/p' "$log" |
        awk '{ r += $1; f += $2 + $3; s += $4 } END { print r + 0, f + 0, s + 0 }')
    [ "$1" -gt 0 ] || { echo "no JUnit test ran, see $log"; status=1; }
    passed=$((passed + $1 - $2 - $3)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

junit "$oldest"
if [ "$oldest" != "$newest" ]; then
    junit "$newest"
else
    echo "== no second JDK on this machine: ran on one only"
fi

[ "$failed" -eq 0 ] || status=1
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
