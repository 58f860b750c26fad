# What the tests of the shim under a host share. A test is a function should_...; ctest runs
# `sh <file>.sh should_...` with FLB_HOST, PLUGIN_DIR and TEST_JDK set; GARDENER_PLUGIN_JAVA_HOME chooses another
# JDK. FLB_HOST may be a real fluent-bit.
set -eu

PATIENCE_S=${PATIENCE_S:-30}
FOLDER=$(mktemp -d)
CONF=$FOLDER/fluent-bit.conf
LOG=$FOLDER/log
PLUGIN=$PLUGIN_DIR/output_plugin.so
HOST_PID=
export GARDENER_PLUGIN_JAVA_HOME="${GARDENER_PLUGIN_JAVA_HOME:-$TEST_JDK}"

# -Xcheck:jni: a wrong JNI call of the shim's is a warning, and a warning fails the test.
export GARDENER_PLUGIN_JAVA_OPTS="-Xcheck:jni ${GARDENER_PLUGIN_JAVA_OPTS:-}"

clean_up() {
    if [ -n "$HOST_PID" ]; then
        kill -9 "$HOST_PID" 2>/dev/null || true
    fi
    rm -rf "$FOLDER"
}
trap clean_up EXIT

fail() {
    echo "FAILED: $*" >&2
    if [ -e "$LOG" ]; then
        sed 's/^/  | /' "$LOG" >&2
    fi
    exit 1
}

# Reads a configuration from standard input; [SERVICE] stands before it.
configure() {
    {
        printf '[SERVICE]\n    Flush 0.05\n    Grace 5\n    Hot_Reload On\n    scheduler.base 1\n    scheduler.cap 1\n'
        cat
    } >"$CONF"
}

# A second of events and more: Rate, the tag.
dummy() {
    printf '[INPUT]\n    Name dummy\n    Tag %s\n    Rate %s\n' "$2" "$1"
}

start() {
    : >"$LOG" # now, and not when the host gets to it: nobody may read an old one
    "$FLB_HOST" -e "$PLUGIN" -c "$CONF" >"$LOG" 2>&1 &
    HOST_PID=$!
}

lines() {
    grep -c -e "$1" "$LOG" || true
}

# Waits until the log has at least so many lines (one when not said) with the pattern.
await() {
    wanted=${2:-1}
    end=$(($(date +%s) + PATIENCE_S))
    while [ "$(lines "$1")" -lt "$wanted" ]; do
        kill -0 "$HOST_PID" 2>/dev/null || [ "$(lines "$1")" -ge "$wanted" ] || fail "the host ended before: $1"
        [ "$(date +%s)" -lt "$end" ] || fail "waited in vain for $wanted times: $1"
        sleep 0.02
    done
}

# Waits for the host's end; its code is in STATUS.
await_end() {
    STATUS=0
    wait "$HOST_PID" || STATUS=$?
    HOST_PID=
    expect_none 'the JVM says: .*WARNING'
    expect_none 'FATAL ERROR in native method'
}

stop() {
    kill -TERM "$HOST_PID"
    await_end
    [ "$STATUS" -eq 0 ] || fail "the host ended with $STATUS"
}

expect() {
    [ "$(lines "$1")" -ge 1 ] || fail "not in the log: $1"
}

expect_once() {
    [ "$(lines "$1")" -eq 1 ] || fail "$(lines "$1") times in the log, not once: $1"
}

expect_none() {
    [ "$(lines "$1")" -eq 0 ] || fail "in the log: $1"
}

# Reloads once and waits until it is done.
reload() {
    done_before=$(lines 'successful reload done')
    kill -HUP "$HOST_PID"
    await 'successful reload done' $((done_before + 1))
}

# A copy of the plugin that a test may spoil; PLUGIN is it then.
copy_plugin() {
    cp -r "$PLUGIN_DIR" "$FOLDER/plugin"
    PLUGIN=$FOLDER/plugin/output_plugin.so
}

# Runs the test that ctest names.
run_test() {
    "$1"
}
