# Many hot reloads under load: nothing grows.
. "$(dirname "$0")/lib.sh"

WARM_UP=${WARM_UP:-10}
RELOADS=${RELOADS:-40}
GROWTH_KB=${GROWTH_KB:-8192}
# 0 for a real Fluent Bit: it starts the workers of a proxy output twice and stops them once, and crashes on
# those that are left after a reload.
WORKERS=${WORKERS:-2}

# A heap of fixed size that is touched at once: what grows is not Java's heap.
GARDENER_PLUGIN_JAVA_OPTS="$GARDENER_PLUGIN_JAVA_OPTS -Xms16m -Xmx16m -XX:+AlwaysPreTouch"

status_of() {
    sed -n "s/^$1:[^0-9]*\([0-9]*\).*/\1/p" "/proc/$HOST_PID/status"
}

files_of() {
    ls "/proc/$HOST_PID/fd" | wc -l
}

reload_times() {
    for _ in $(seq "$1"); do
        reload
    done
}

should_not_grow_with_reloads() {
    {
        dummy 20000 a
        printf '[OUTPUT]\n    Name gardener\n    Match *\n    Label first\n    Workers %s\n' "$WORKERS"
        printf '[OUTPUT]\n    Name gardener\n    Match *\n    Label second\n'
    } | configure
    start
    await '\[bridge\] flush first'
    await '\[bridge\] flush second'
    reload_times "$WARM_UP"
    threads=$(status_of Threads) files=$(files_of) memory_kb=$(status_of VmRSS)
    reload_times "$RELOADS"
    threads_after=$(status_of Threads) files_after=$(files_of) memory_kb_after=$(status_of VmRSS)
    echo "threads $threads -> $threads_after, files $files -> $files_after," \
        "resident $memory_kb kB -> $memory_kb_after kB"
    [ "$threads_after" -le "$threads" ] || fail 'threads grow'
    [ "$files_after" -le "$files" ] || fail 'file descriptors grow'
    [ $((memory_kb_after - memory_kb)) -le "$GROWTH_KB" ] || fail 'resident memory grows'
    stop
    [ "$(lines '\[bridge\] close')" -eq $((2 * (WARM_UP + RELOADS + 1))) ] || fail 'an output was not closed'
}

should_halt_a_reload_of_a_broken_configuration_and_run_on() {
    {
        dummy 100 a
        printf '[OUTPUT]\n    Name gardener\n    Match *\n'
    } | configure
    start
    await '\[bridge\] flush'
    cp "$CONF" "$FOLDER/good.conf"
    printf '[OUTPUT]\n    Name nothing\n' >>"$CONF"
    kill -HUP "$HOST_PID"
    await 'Reloading is halted'
    await '\[bridge\] flush' $(($(lines '\[bridge\] flush') + 2))
    cp "$FOLDER/good.conf" "$CONF"
    await_reload
    stop
}

# Fluent Bit waits a second after a halted reload before it takes another one.
await_reload() {
    end=$(($(date +%s) + PATIENCE_S))
    until [ "$(lines 'successful reload done')" -ge 1 ]; do
        kill -HUP "$HOST_PID"
        [ "$(date +%s)" -lt "$end" ] || fail 'no reload'
        sleep 0.3
    done
}

run_test "$@"
