# The loads: each is a function that runs one output and prints its row. Part of scripts/bench.sh.

configure() { # output, tail's keys...
    rm -rf "$bench/dque"
    {
        printf '[SERVICE]\n    Flush %s\n    Grace 60\n    Log_Level %s\n' "$flush" "$log_level"
        printf '[INPUT]\n    Name tail\n    Tag kubernetes.*\n    Read_from_Head On\n    Mem_Buf_Limit 20M\n'
        printf '    %s\n' 'Buffer_Chunk_Size 256k' 'Buffer_Max_Size 512k' "${@:2}"
        section "$1"
    } >"$bench/fluent-bit.conf"
}

run_lines() { # output, lines: sets seconds, cpu, kb
    local flush=0.2 log_level=error user sys
    lines "$2"
    start_sink
    configure "$1" "Path $file" 'Exit_On_Eof On'
    /usr/bin/time -o "$bench/time" -f '%e %U %S %M' \
        "$host" -e "$(library "$1")" -c "$bench/fluent-bit.conf" >"$bench/host.log" 2>&1 ||
        { cat "$bench/host.log" >&2; exit 1; }
    stop_sink "$1" "$2"
    read -r seconds user sys kb <"$bench/time"
    cpu=$(awk -v u="$user" -v s="$sys" 'BEGIN { print u + s }')
}

declare -A null_cpu # CPU seconds per million records of the null output, by load

full_speed_header() {
    [ -x /usr/bin/time ] || { echo "GNU time is missing: apt-get install time" >&2; exit 1; }
    printf '\n%-5s %-18s %9s %8s %10s %8s %8s %8s\n' "$1" output records 'wall s' records/s CPU-s/M above 'peak MB'
}

full_speed_row() { # load, output, lines, seconds, cpu, kb
    [ "$2" != null ] || null_cpu[$1$3]=$(awk -v c="$5" -v n="$3" 'BEGIN { print c / n * 1e6 }')
    awk -v load="$1" -v out="$2" -v n="$3" -v s="$4" -v c="$5" -v kb="$6" -v null="${null_cpu[$1$3]:-0}" 'BEGIN {
        printf "%-5s %-18s %9d %8.2f %10.0f %8.2f %8.2f %8.0f\n", load, out, n, s, n / s, c / n * 1e6, c / n * 1e6 - null, kb / 1e3 }'
}

cold_header() { full_speed_header cold; }

cold() { # output
    local count
    for count in $LINES; do
        run_lines "$1" "$count"
        full_speed_row cold "$1" "$count" "$seconds" "$cpu" "$kb"
    done
}

warm_header() { full_speed_header warm; }

warm() { # output
    local first_seconds first_cpu
    run_lines "$1" "$WARM_LINES"
    first_seconds=$seconds first_cpu=$cpu
    run_lines "$1" $((2 * WARM_LINES))
    full_speed_row warm "$1" "$WARM_LINES" "$(awk -v a="$seconds" -v b="$first_seconds" 'BEGIN { print a - b }')" \
        "$(awk -v a="$cpu" -v b="$first_cpu" 'BEGIN { print a - b }')" "$kb"
}

node_header() {
    printf '\n%-5s %-18s %11s %13s %9s %9s %9s %8s %10s\n' \
        node output 'start CPU-s' 'steady ms/s' 'RSS MB' anonymous file threads 'idle ms/s'
}

node() { # output
    local flush=1 log_level=info file=$bench/steady.log start before after memory threads_now idle_before idle_after
    : >"$file"
    start_sink
    configure "$1" "Path $file"
    "$host" -e "$(library "$1")" -c "$bench/fluent-bit.conf" >"$bench/host.log" 2>&1 &
    host_pid=$!
    # The first is Fluent Bit's line after its outputs' Init; the bundled host has none, but this plugin does.
    for ((i = 0; i < 1000; i++)); do
        ! grep -q 'stream processor started\|in force:' "$bench/host.log" || break
        sleep 0.01
    done
    start=$(cpu_ms $host_pid)
    sleep 2
    before=$(cpu_ms $host_pid)
    write_steadily "$file" "$RATE" "$STEADY_S"
    after=$(cpu_ms $host_pid)
    memory=$(memory_mb $host_pid)
    threads_now=$(threads $host_pid)
    sleep 5
    idle_before=$(threads_ns $host_pid)
    sleep "$IDLE_S"
    idle_after=$(threads_ns $host_pid)
    end $host_pid
    host_pid=
    stop_sink "$1" $((RATE * STEADY_S))
    # shellcheck disable=SC2086 # three figures
    printf '%-5s %-18s %11s %13s %9s %9s %9s %8s %10s\n' node "$1" "$(awk -v ms="$start" 'BEGIN { printf "%.2f", ms / 1e3 }')" \
        "$(awk -v a="$after" -v b="$before" -v s="$STEADY_S" 'BEGIN { printf "%.1f", (a - b) / s }')" $memory "$threads_now" \
        "$(awk -v a="$idle_after" -v b="$idle_before" -v s="$IDLE_S" 'BEGIN { printf "%.2f", (a - b) / 1e6 / s }')"
}
