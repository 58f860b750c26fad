# What the shim asks of malloc: a plugin with ../memory_log.c in place of memory.c, which logs it.
. "$(dirname "$0")/lib.sh"

should_tune_malloc_before_the_first_chunk_and_tell_each() {
    {
        dummy 100 a.tag
        printf '[OUTPUT]\n    Name gardener\n    Match *\n    Act retry_once\n'
    } | configure
    start
    await '\[bridge\] flush' 3
    stop
    expect_once '\[memory\] tuned'
    told=$(lines '^\[memory\] chunk of a.tag at 0x[0-9a-f]*: [1-9][0-9]* bytes')
    expect "close none flushes=$told "
    sed -n '/\[memory\]/{p;q;}' "$LOG" | grep -q tuned || fail 'tuned too late'
}

should_trim_when_an_output_has_stopped() {
    {
        dummy 1 a
        printf '[OUTPUT]\n    Name gardener\n    Match *\n'
    } | configure
    start
    await '\[bridge\] open'
    stop
    sed -n '/\[bridge\] close/,$p' "$LOG" | grep -q '\[memory\] trimmed' || fail 'not trimmed'
}

run_test "$@"
