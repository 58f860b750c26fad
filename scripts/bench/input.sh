# The lines that tail reads. Part of scripts/bench.sh.

BLOCK_LINES=100000

generate() { # count: so many lines
    awk -v n="$1" 'BEGIN {
        fill = sprintf("%240s", ""); gsub(/ /, "x", fill)
        for (i = 0; i < n; i++) {
            start = i % 2 ? sprintf("I1124 15:00:00.%06d       1 handler.go:42] handled request path=/api/v1/pods text=", i) \
                : sprintf("{\"level\":\"info\",\"ts\":%d,\"msg\":\"handled request\",\"path\":\"/api/v1/pods\",\"text\":\"", i)
            end = i % 2 ? "" : "\"}"
            print start substr(fill, 1, 239 - length(start) - length(end)) end
        }
    }'
}

# The file that all others are made of.
block() {
    [ -e "$bench/block" ] || { generate "$BLOCK_LINES" >"$bench/block.new" && mv "$bench/block.new" "$bench/block"; }
}

lines() { # count: sets file, to one with so many lines
    file=$bench/$1.log
    [ ! -e "$file" ] || return 0
    block
    for ((left = $1; left >= BLOCK_LINES; left -= BLOCK_LINES)); do cat "$bench/block"; done >"$file.new"
    head -n "$left" "$bench/block" >>"$file.new"
    mv "$file.new" "$file"
}

write_steadily() { # file, lines a second, seconds: in slices of a tenth of a second; what is late comes with the next
    local written=0 due start_us=${EPOCHREALTIME/./}
    block
    while ((written < $2 * $3)); do
        sleep 0.1
        due=$(((${EPOCHREALTIME/./} - start_us) * $2 / 1000000))
        ((due <= $2 * $3)) || due=$(($2 * $3))
        head -n $((due - written)) "$bench/block" >>"$1"
        written=$due
    done
}
