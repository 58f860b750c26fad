# What a process takes of its machine, by /proc. Part of scripts/bench.sh.

cpu_ms() { # pid: CPU time since its start, in steps of 10 ms; ended threads count
    awk '{ print ($14 + $15) * 10 }' "/proc/$1/stat"
}

threads_ns() { # pid: CPU time of the threads that live
    cat "/proc/$1"/task/*/schedstat | awk '{ ns += $1 } END { printf "%.0f\n", ns }'
}

threads() { # pid
    ls "/proc/$1/task" | wc -l
}

memory_mb() { # pid: "resident anonymous file"
    awk '/^Rss:/ { r = $2 } /^Anonymous:/ { a = $2 } END { printf "%.0f %.0f %.0f\n", r / 1e3, a / 1e3, (r - a) / 1e3 }' \
        "/proc/$1/smaps_rollup"
}

end() { # pid: ends it by SIGTERM
    kill "$1" 2>/dev/null || return 0
    wait "$1" || true
}

stop_all() {
    [ -z "${host_pid:-}" ] || end "$host_pid"
    [ -z "${sink_pid:-}" ] || end "$sink_pid"
}
