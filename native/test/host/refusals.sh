# A start that cannot succeed ends with one clear line and a code that is not 0, and never with a crash.
. "$(dirname "$0")/lib.sh"

refused() {
    {
        dummy 1 a
        printf '[OUTPUT]\n    Name gardener\n    Match *\n%s\n' "${1:-}"
    } | configure
    start
    await_end
    [ "$STATUS" -eq 1 ] || [ "$STATUS" -eq 255 ] || fail "the host ended with $STATUS" # 255 is Fluent Bit's
    expect "failed to initialize 'gardener' plugin"
}

should_name_the_place_when_there_is_no_jvm() {
    export GARDENER_PLUGIN_JAVA_HOME=$FOLDER/nowhere
    refused
    expect_once "\[gardener\] no JVM found.*GARDENER_PLUGIN_JAVA_HOME=$FOLDER/nowhere (no lib/server/libjvm.so)"
}

should_refuse_a_jvm_that_is_too_old() {
    mkdir -p "$FOLDER/old/lib/server"
    touch "$FOLDER/old/lib/server/libjvm.so"
    echo 'JAVA_VERSION="11.0.2"' >"$FOLDER/old/release"
    export GARDENER_PLUGIN_JAVA_HOME=$FOLDER/old
    refused
    expect_once "\[gardener\] no JVM found.*$FOLDER/old (Java 11 is too old)"
}

should_say_that_a_library_is_no_jvm() {
    mkdir -p "$FOLDER/broken/lib/server"
    echo 'no library' >"$FOLDER/broken/lib/server/libjvm.so"
    export GARDENER_PLUGIN_JAVA_HOME=$FOLDER/broken
    refused
    expect_once "\[gardener\] cannot load the JVM: $FOLDER/broken"
}

should_name_the_folder_that_has_no_jars() {
    copy_plugin
    rm -r "$FOLDER/plugin/gardener"
    refused
    expect_once "\[gardener\] no jars in $FOLDER/plugin/gardener/lib"
}

should_say_that_a_jar_is_broken() {
    copy_plugin
    echo 'no jar' >"$(echo "$FOLDER"/plugin/gardener/lib/*.jar)"
    refused
    expect_once "\[gardener\] the plugin's jars do not fit.*cloud/gardener/logging/jni/Bridge"
}

should_name_a_misspelt_jvm_option() {
    export GARDENER_PLUGIN_JAVA_OPTS=-XX:+UseSerialGc
    refused
    expect_once "\[gardener\] the JVM says: .*UseSerialGc"
    expect_once "\[gardener\] the JVM does not start.*GARDENER_PLUGIN_JAVA_OPTS (set)"
}

should_name_the_options_when_the_jvm_gives_up() {
    export GARDENER_PLUGIN_JAVA_OPTS=-Xmx1k
    dummy 1 a | configure
    printf '[OUTPUT]\n    Name gardener\n    Match *\n' >>"$CONF"
    start
    await_end
    [ "$STATUS" -ne 0 ] || fail 'the host started'
    expect_once '\[gardener\] the JVM says: .*heap size'
    expect_once "\[gardener\] the JVM does not start.*GARDENER_PLUGIN_JAVA_OPTS (set)"
}

should_not_show_the_options_of_the_jvm() {
    export GARDENER_PLUGIN_JAVA_OPTS="-Dpassword=s3cr3t -XX:+UseSerialGc"
    refused
    expect 'GARDENER_PLUGIN_JAVA_OPTS'
    expect_none s3cr3t
}

should_say_that_there_are_too_many_options() {
    GARDENER_PLUGIN_JAVA_OPTS=$(seq 1 70 | sed 's/^/-Dnumber/')
    refused
    expect_once '\[gardener\] no memory, or more than 64 options'
}

should_log_an_exception_of_open_with_its_cause() {
    refused '    Open throw'
    expect_once '\[gardener\] the output cannot start: java.lang.IllegalStateException: no open, caused by'
    expect_once 'caused by java.lang.IllegalArgumentException: on demand$'
}

should_take_a_refusal_of_java() {
    refused '    Open refuse'
    expect_none 'java.lang'
}

should_not_crash_when_the_first_of_two_outputs_has_no_jvm() {
    export GARDENER_PLUGIN_JAVA_HOME=$FOLDER/nowhere
    refused "$(printf '[OUTPUT]\n    Name gardener\n    Match b\n')"
}

should_end_the_outputs_that_started_when_another_does_not() {
    refused "$(printf '    Label first\n[OUTPUT]\n    Name gardener\n    Match b\n    Open refuse\n')"
    expect_once '\[bridge\] close first'
}

run_test "$@"
