# SIGTERM: what is under way is delivered within Grace, and no longer waited for after it.
. "$(dirname "$0")/lib.sh"

# Nothing is flushed before the stop: Flush is a minute.
fill() {
    printf 'one\ntwo\n' >"$FOLDER/pod.log"
    {
        printf '[SERVICE]\n    Flush 60\n    Grace %s\n    scheduler.base 1\n    scheduler.cap 1\n' "$2"
        printf '[INPUT]\n    Name tail\n    Tag a\n    Path %s\n    Read_from_Head On\n' "$FOLDER/pod.log"
        printf '[OUTPUT]\n    Name gardener\n    Match *\n    Retry_Limit no_limits\n%s\n' "$1"
    } >"$CONF"
    start
    await 'pod.log'
    await '\[bridge\] open'
}

should_deliver_what_was_read() {
    fill '' 5
    stop
    expect_once '\[bridge\] close none flushes=1 events=2'
    expect 'service has stopped (0 pending tasks)'
}

should_retry_within_the_grace() {
    fill '    Act retry_once' 10
    stop
    expect_once '\[bridge\] close none flushes=2'
    expect 'service has stopped (0 pending tasks)'
}

should_end_when_the_grace_is_over() {
    fill '    Act retry' 2
    stop
    expect 'service has stopped (1 pending tasks)'
    expect_once '\[bridge\] close none'
}

should_end_for_sigint_too() {
    fill '' 5
    kill -INT "$HOST_PID"
    await_end
    [ "$STATUS" -eq 0 ] || fail "the host ended with $STATUS"
    expect_once '\[bridge\] close none'
}

should_end_when_its_input_does() {
    fill '' 5
    kill -KILL "$HOST_PID"
    wait "$HOST_PID" || true
    sed -i 's/Read_from_Head On/&\n    Exit_On_Eof On/' "$CONF"
    start
    await_end
    [ "$STATUS" -eq 0 ] || fail "the host ended with $STATUS"
    expect_once '\[bridge\] close none flushes=1 events=2'
}

# The process's exit takes the JVM's own memory apart: a Java thread that still runs would crash it.
should_end_cleanly_while_a_java_thread_runs() {
    {
        dummy 200 a
        printf '[OUTPUT]\n    Name gardener\n    Match *\n    Act churn\n'
    } | configure
    for _ in $(seq 8); do
        start
        await '\[bridge\] flush'
        stop
    done
}

run_test "$@"
