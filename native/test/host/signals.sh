# Hot reloads and SIGCONT while Java lives on its fault handlers: collects garbage and takes null
# pointers in a loop, on a thread that also runs between the two outputs of a reload. With and without
# compiled code: both find a null pointer by a fault.
. "$(dirname "$0")/lib.sh"

RELOADS=5
UNPROTECTED=$(dirname "$PLUGIN_DIR")/unprotected/output_plugin.so

churn() {
    {
        dummy 200 a
        printf '[OUTPUT]\n    Name gardener\n    Match *\n    Act churn\n'
    } | configure
    start
    await '\[bridge\] flush' 3
}

reload_often() {
    for _ in $(seq $RELOADS); do
        reload
        kill -CONT "$HOST_PID"
        await '\[bridge\] flush' $(($(lines '\[bridge\] flush') + 2))
    done
}

survives() {
    churn
    reload_often
    stop
    [ "$(lines '\[bridge\] close')" -eq $((RELOADS + 1)) ] || fail 'an output was not closed'
    expect_none 'SIG\(SEGV\|FPE\|BUS\|ILL\) handler modified'
}

should_survive_reloads_of_interpreted_code() {
    GARDENER_PLUGIN_JAVA_OPTS="$GARDENER_PLUGIN_JAVA_OPTS -Xint"
    survives
    expect_none 'by a relay'
}

should_survive_reloads_of_compiled_code() {
    GARDENER_PLUGIN_JAVA_OPTS="$GARDENER_PLUGIN_JAVA_OPTS -Xcomp -XX:TieredStopAtLevel=1"
    survives
    expect_none 'by a relay'
}

# Calm Java but for the faults that this asks for: the relay leaves a moment open in which one would kill.
calm() {
    {
        dummy 200 a
        printf '[OUTPUT]\n    Name gardener\n    Match *\n    Act fault_when\n    When %s\n' "$FOLDER/when"
    } | configure
    start
    await '\[bridge\] flush'
}

take_faults() {
    faults=$(lines 'took faults')
    touch "$FOLDER/when"
    await 'took faults' $((faults + 1))
}

should_take_faults_after_reloads_with_the_relay() {
    export GARDENER_PLUGIN_SIGNALS=relay
    calm
    for i in $(seq $RELOADS); do
        reload
        take_faults
        kill -CONT "$HOST_PID"
        await SIGCONT "$i"
        take_faults
    done
    stop
    expect 'keeps the JVM.s signal handlers by a relay'
}

# The controls: were these to survive, the tests above would prove nothing.
should_abort_in_a_reload_without_protection() {
    PLUGIN=$UNPROTECTED
    churn
    kill -HUP "$HOST_PID"
    await_abort
}

should_abort_at_a_fault_after_a_reload_without_protection() {
    PLUGIN=$UNPROTECTED
    calm
    touch "$FOLDER/when"
    await 'took faults'
    reload
    touch "$FOLDER/when"
    await_abort
}

await_abort() {
    STATUS=0
    wait "$HOST_PID" || STATUS=$?
    HOST_PID=
    [ "$STATUS" -eq 134 ] || fail "ended with $STATUS, not by SIGABRT"
}

should_leave_the_stop_signals_to_the_host_after_a_reload() {
    churn
    reload
    kill -INT "$HOST_PID"
    await_end
    [ "$STATUS" -eq 0 ] || fail "the host ended with $STATUS"
}

# A handler that is gone after one call, as System V had it, would let the second signal kill the host.
should_keep_a_handler_that_was_called() {
    churn
    reload
    kill -CONT "$HOST_PID"
    kill -CONT "$HOST_PID"
    reload
    kill -TERM "$HOST_PID"
    kill -TERM "$HOST_PID" || true # it may be gone already
    await_end
    [ "$STATUS" -eq 0 ] || fail "the host ended with $STATUS"
}

should_ignore_a_reload_that_is_not_enabled() {
    churn
    kill -KILL "$HOST_PID"
    wait "$HOST_PID" || true
    sed -i 's/Hot_Reload On/Hot_Reload Off/' "$CONF"
    start
    await '\[bridge\] flush'
    kill -HUP "$HOST_PID"
    await 'hot reloading is not enabled'
    await '\[bridge\] flush' $(($(lines '\[bridge\] flush') + 2))
    stop
}

run_test "$@"
