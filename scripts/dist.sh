#!/bin/sh
# Builds dist/: the library, the jars, and a runtime where a JDK with jlink is there.
set -eu
cd "$(dirname "$0")/.."

jdk=$(scripts/find-jdk.sh 17)
newest=$(scripts/find-jdk.sh newest)
out=dist/plugins

echo "== native library and test host"
cmake -S native -B build/native -DJAVA_HOME="$jdk" >build/cmake.log || { cat build/cmake.log; exit 1; }
cmake --build build/native -j 2

echo "== jars"
JAVA_HOME=$jdk ./mvnw -q -B -ntp package -DskipTests
mkdir -p $out/gardener/lib
cp build/native/output_plugin.so $out/output_plugin.so
# Only what changed: the class archive knows the jars by their time.
rm -rf build/lib && mkdir -p build/lib
cp -p plugin-jni/target/lib/*.jar plugin-jni/target/plugin-jni-*.jar build/lib/
rm -f build/lib/*-tests.jar
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
    rm -f $out/gardener/lib/classes.jsa
fi
echo "== done: $out"
