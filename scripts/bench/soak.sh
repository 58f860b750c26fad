# The soak: a steady load for many minutes, whose memory should stay as it is. Part of scripts/bench.sh.

SOAK_RATE=${SOAK_RATE:-20000}
SOAK_MINUTES=${SOAK_MINUTES:-30}
METRICS_PORT=${METRICS_PORT:-2021}

soak_header() {
    printf '\n%-5s %-18s %7s %9s %9s %9s %8s %11s\n' soak output minute 'RSS MB' anonymous file threads 'CPU ms/s'
}

# A file for each minute, as log rotation makes them; the file of two minutes ago is deleted.
soak() { # output
    local flush=1 log_level=info logs=$bench/soak-logs metrics_port=$METRICS_PORT minute before after resident=()
    rm -rf "$logs" && mkdir "$logs"
    start_sink
    configure "$1" "Path $logs/*.log" 'Refresh_Interval 1'
    "$host" -e "$(library "$1")" -c "$bench/fluent-bit.conf" >"$bench/host.log" 2>&1 &
    host_pid=$!
    before=$(cpu_ms $host_pid)
    for ((minute = 1; minute <= SOAK_MINUTES; minute++)); do
        write_steadily "$logs/$minute.log" "$SOAK_RATE" 60
        after=$(cpu_ms $host_pid)
        soak_row "$1" $minute "$(memory_mb $host_pid)" "$(threads $host_pid)" $((after - before))
        before=$after
        rm -f "$logs/$((minute - 2)).log"
    done
    sleep 5
    case $1 in gardener*) flush_p99 ;; esac
    end $host_pid
    host_pid=
    stop_sink "$1" $((SOAK_RATE * 60 * SOAK_MINUTES))
    rm -rf "$logs"
    soak_plot
}

soak_row() { # output, minute, memory, threads, CPU ms in this minute; keeps the resident memory in the caller's array
    resident+=("${3%% *}")
    # shellcheck disable=SC2086 # three figures
    printf '%-5s %-18s %7d %9s %9s %9s %8s %11s\n' soak "$1" "$2" $3 "$4" $(($5 / 60))
}

flush_p99() { # the bucket of the plugin's histogram that holds the 99th percentile
    curl -sf "http://127.0.0.1:$METRICS_PORT/metrics" | awk '
        /^fluentbit_gardener_flush_duration_seconds_count/ { count += $NF }
        /^fluentbit_gardener_flush_duration_seconds_bucket/ { match($0, /le="[^"]*"/); le[++n] = substr($0, RSTART + 4, RLENGTH - 5); below[n] = $NF }
        /^fluentbit_gardener_flush_longest_seconds/ { longest = $NF }
        END {
            for (i = 1; i <= n && below[i] < 0.99 * count; i++);
            printf "flushes: %d, p99 <= %s s, longest %.3f s\n", count, le[i], longest
        }'
}

soak_plot() { # the resident memory of each minute, for the docs
    local IFS=,
    printf 'xychart-beta\n    x-axis "minute" 1 --> %d\n    y-axis "resident MB" 0 --> 200\n    line [%s]\n' \
        "$SOAK_MINUTES" "${resident[*]}"
}
