# The backend, and the outputs that send to it. Part of scripts/bench.sh.

test_classpath() { # once: sets classpath
    [ -z "${classpath:-}" ] || return 0
    local file=build/test-classpath version
    version=$(sed -n 's/^  <version>\(.*\)<\/version>$/\1/p' pom.xml | head -n 1)
    JAVA_HOME=$(scripts/find-jdk.sh 17) ./mvnw -q -B -ntp -pl plugin-core dependency:build-classpath \
        -Dmdep.outputFile="$PWD/$file" -Dmdep.includeScope=test
    classpath=plugin-core/target/plugin-core-$version-tests.jar:plugin-core/target/classes:$(cat "$file")
}

start_sink() { # sets sink_pid, port and http_port
    test_classpath
    rm -f "$bench/commands"
    mkfifo "$bench/commands"
    "$java" -XX:+UseSerialGC -Xmx256m -cp "$classpath" \
        cloud.gardener.logging.sink.OtlpSinkMain <"$bench/commands" >"$bench/sink.log" 2>"$bench/sink.err" &
    sink_pid=$!
    exec 9>"$bench/commands"
    rm "$bench/commands"
    until grep -q listening "$bench/sink.log"; do sleep 0.1; done
    port=$(sed -n 's/.*127.0.0.1://p' "$bench/sink.log")
    echo http >&9
    until grep -q 'listening [0-9]*$' "$bench/sink.log"; do sleep 0.1; done
    http_port=$(sed -n 's/^listening \([0-9]*\)$/\1/p' "$bench/sink.log")
}

stop_sink() { # output, records: says so if it has counted another number; that is an error of this plugin alone
    local counted
    echo quit >&9
    exec 9>&-
    wait "$sink_pid"
    sink_pid=
    counted=$(sed -n 's/^records \([0-9]*\) .*/\1/p' "$bench/sink.log" | tail -n 1)
    [ "$1" != null ] && [ "$counted" != "$2" ] || return 0
    echo "$1: $counted records arrived, $2 were sent" >&2
    case $1 in gardener*) exit 1 ;; esac
}

section() { # output: its section of the configuration
    local keys=()
    case $1 in
    null) keys=('Name null') ;;
    opentelemetry) keys=('Name opentelemetry' 'Host 127.0.0.1' "Port $http_port" 'Logs_uri /v1/logs' 'Logs_body_key log') ;;
    opentelemetry-grpc) keys=('Name opentelemetry' 'Host 127.0.0.1' "Port $port" 'Grpc On' 'Logs_body_key log') ;;
    gardener) keys=('Name gardener' 'SeedType otlp_grpc' "Endpoint 127.0.0.1:$port" "MetricsPort ${metrics_port:-0}") ;;
    gardener-http) keys=('Name gardener' 'SeedType otlp_http' "Endpoint http://127.0.0.1:$http_port" "MetricsPort ${metrics_port:-0}") ;;
    # With its default of 512 records it would drop most of them.
    go) keys=('Name gardener' 'SeedType otlp_grpc' "Endpoint 127.0.0.1:$port" 'DQueBatchProcessorMaxQueueSize 10000000') ;;
    esac
    case $1 in
    gardener* | go)
        keys+=('Retry_Limit no_limits' 'Insecure true' "DQueDir $bench/dque" 'DQueBatchProcessorMaxBatchSize 500')
        ;;
    esac
    printf '[OUTPUT]\n    Match *\n'
    printf '    %s\n' "${keys[@]}"
}

library() { # output: what the host loads
    case $1 in go) echo "$GO_PLUGIN" ;; *) echo "$PWD/dist/plugins/output_plugin.so" ;; esac
}
