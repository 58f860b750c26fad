# What becomes of a chunk: the three results, exceptions, tags, counts.
. "$(dirname "$0")/lib.sh"

output() {
    printf '[OUTPUT]\n    Name gardener\n    Match *\n%s\n' "$1"
}

# All of these take one chunk: a file that is read once.
one_chunk() {
    printf 'one\ntwo\nthree\n' >"$FOLDER/pod.log"
    {
        printf '[INPUT]\n    Name tail\n    Tag kubernetes.*\n    Path %s\n' "$FOLDER/pod.log"
        printf '    Read_from_Head On\n'
        output "$1"
    } | configure
    start
}

should_deliver_each_event_once_with_its_tag() {
    one_chunk '    Label a'
    await '\[bridge\] flush a'
    stop
    tag=kubernetes$(echo "$FOLDER" | tr / .).pod.log
    expect_once "\[bridge\] close a flushes=1 events=3 threads=1 tags=\[$tag\]"
}

should_give_a_chunk_again_after_a_retry() {
    one_chunk '    Act retry_once'
    await 'succeeded at retry 1'
    stop
    expect_once '\[bridge\] close none flushes=2 events=6'
}

should_give_a_chunk_up_after_the_last_retry() {
    one_chunk '    Act retry
    Retry_Limit 2'
    await 'cannot be retried'
    stop
    expect_once '\[bridge\] close none flushes=3'
}

should_not_retry_where_retries_are_off() {
    one_chunk '    Act retry
    Retry_Limit no_retries'
    await 'is not retried'
    stop
    expect_once '\[bridge\] close none flushes=1'
}

should_not_give_a_refused_chunk_again() {
    one_chunk '    Act error'
    await '\[bridge\] flush none'
    stop
    expect_once '\[bridge\] close none flushes=1'
    expect_none 'failed to flush chunk'
}

should_answer_retry_when_java_throws() {
    one_chunk '    Act throw'
    await 'cannot be retried'
    stop
    expect_once '\[gardener\] a flush failed.*java.lang.IllegalStateException: flush 1 failed on demand'
    expect_once '\[gardener\] a flush failed.*java.lang.IllegalStateException: flush 2 failed on demand'
}

should_log_a_long_message_whole() {
    one_chunk '    Act long_log'
    await 'long line 199'
    stop
    [ "$(lines 'long line')" -eq 200 ] || fail 'lines are missing'
}

should_keep_the_properties_of_two_outputs_apart() {
    {
        dummy 100 a.tag
        dummy 100 b.tag
        printf '[OUTPUT]\n    Name gardener\n    Match a.*\n    Label first\n'
        printf '[OUTPUT]\n    Name gardener\n    Match b.*\n    Label second\n    Act retry_once\n'
    } | configure
    start
    await '\[bridge\] flush first' 3
    await '\[bridge\] flush second' 3
    stop
    expect_once 'close first .*tags=\[a.tag\]'
    expect_once 'close second .*tags=\[b.tag\]'
}

should_find_a_property_in_any_case_and_not_the_keys_of_the_host() {
    {
        dummy 1 a
        output '    lAbEl a
    Log_Level info
    Retry_Limit 3
    Workers 1'
    } | configure
    start
    await '\[bridge\] open'
    stop
    expect_once '\[bridge\] open {Label=a}'
}

should_give_a_value_with_spaces_and_a_variable_whole() {
    export WORD='of two'
    {
        dummy 1 a
        output '    Label a value ${WORD} words'
    } | configure
    start
    await '\[bridge\] open'
    stop
    expect_once '\[bridge\] open {Label=a value of two words}'
}

should_flush_on_eight_threads_at_once() {
    {
        dummy 1000 a
        output '    Workers 8
    Act meet
    Parties 8'
    } | configure
    start
    await '\[bridge\] met none' 8
    stop
    expect_once 'close none .* threads=8 '
}

run_test "$@"
