#!/bin/sh
# Builds dist/: the library, the jars, and a runtime where a JDK with jlink is there. The same sources, compiler and JDK
# make the same files: `make test-reproducible`.
set -eu
cd "$(dirname "$0")/.."

jdk=$(scripts/find-jdk.sh 17)
newest=$(scripts/find-jdk.sh newest)
out=dist/plugins

echo "== native library and test host"
cmake -S native -B build/native -DJAVA_HOME="$jdk" >build/cmake.log || { cat build/cmake.log; exit 1; }
cmake --build build/native -j 2 >build/native.log 2>&1 || { cat build/native.log; exit 1; }

echo "== jars"
JAVA_HOME=$jdk ./mvnw -q -B -ntp package -DskipTests
mkdir -p $out/gardener/lib
cp build/native/output_plugin.so $out/output_plugin.so
# Only what changed: an older file of a running plugin stays as it is. The class archive knows the jars by their time,
# which is that of the release.
released=$(sed -n 's/.*<project.build.outputTimestamp>\(.*\)<.*/\1/p' pom.xml)
rm -rf build/lib && mkdir -p build/lib
cp plugin-jni/target/lib/*.jar plugin-jni/target/plugin-jni-*.jar build/lib/
rm -f build/lib/*-tests.jar
touch -d "$released" build/lib/*.jar
cp plugin-jni/target/bom.json $out/gardener/sbom.cdx.json
for jar in "$out"/gardener/lib/*.jar; do
    [ -e "build/lib/$(basename "$jar")" ] || rm -f "$jar"
done
for jar in build/lib/*.jar; do
    cmp -s "$jar" "$out/gardener/lib/$(basename "$jar")" || cp -p "$jar" "$out/gardener/lib/"
done

runtime=$out/gardener/runtime
if [ ! -x "$newest/bin/jlink" ]; then
    echo "== no runtime: $newest has no jlink; the plugin will look for a JVM on the machine"
elif [ "$(cat "$runtime/.jdk" 2>/dev/null)" != "$newest $(cat scripts/modules)" ]; then
    echo "== runtime, from $newest"
    rm -rf "$runtime"
    modules=$(grep -v '^#' scripts/modules | paste -sd, -)
    "$newest/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
        --compress zip-6 --output "$runtime"
    echo "$newest $(cat scripts/modules)" >"$runtime/.jdk"
fi

# The classes that the plugin loads, archived for the runtime: a shorter start and less memory. The list is
# what one run loads, with a backend that is not there and a look at the metrics.
archive=$runtime/lib/server/gardener.jsa
archived=$(cat "$runtime/.jdk" $out/gardener/lib/*.jar 2>/dev/null | cksum)
if [ -x "$runtime/bin/java" ] && { [ ! -e "$archive" ] || [ "$(cat build/archived 2>/dev/null)" != "$archived" ]; }; then
    echo "== class archive"
    rm -rf "$archive" build/train && mkdir -p build/train
    cat >build/train/fluent-bit.conf <<EOF
[SERVICE]
    Flush 0.1
    Grace 2
[INPUT]
    Name tail
    Path $PWD/docs/examples/logs/*.log
    Read_from_Head On
    Exit_On_Eof On
[OUTPUT]
    Name gardener
    Match *
    SeedType otlp_grpc
    Endpoint 127.0.0.1:9
    Insecure true
    MetricsPort 0
    ShutdownGrace 1s
    DQueDir $PWD/build/train/queues
EOF
    GARDENER_PLUGIN_JAVA_HOME=$PWD/$runtime \
        GARDENER_PLUGIN_JAVA_OPTS="-Xshare:off -XX:DumpLoadedClassList=$PWD/build/train/classes" \
        build/native/flb-host -e $out/output_plugin.so -c build/train/fluent-bit.conf >build/train/log 2>&1 ||
        { cat build/train/log; exit 1; }
    # Order, numbers and hints depend on threads, which class is in it does not.
    grep -v '^@cp ' build/train/classes | sed 's/ id: [0-9]*$//' | LC_ALL=C sort -u >build/train/archive
    "$runtime/bin/java" -XX:+UseSerialGC -Xshare:dump -XX:SharedClassListFile=build/train/archive \
        -XX:SharedArchiveFile="$archive" -cp "$(LC_ALL=C ls "$PWD"/$out/gardener/lib/*.jar | paste -sd: -)" \
        >build/train/dump.log 2>&1 || { cat build/train/dump.log; exit 1; }
    echo "$archived" >build/archived
fi
echo "== done: $out"
