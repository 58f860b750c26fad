#!/bin/sh
# Builds dist/: the library, the jar, and a runtime where a JDK with jlink is there. The same sources, compiler and JDK
# make the same files: `make test-reproducible`.
set -eu
cd "$(dirname "$0")/.."

jdk=$(scripts/find-jdk.sh 17)
newest=$(scripts/find-jdk.sh newest)
out=dist/plugins

echo "== native library and test host"
cmake -S native -B build/native -DJAVA_HOME="$jdk" >build/cmake.log || { cat build/cmake.log; exit 1; }
cmake --build build/native -j 2 >build/native.log 2>&1 || { cat build/native.log; exit 1; }

echo "== jar"
JAVA_HOME=$jdk ./mvnw -q -B -ntp package -DskipTests
mkdir -p $out/gardener/lib $out/gardener/bin
cp build/native/output_plugin.so $out/output_plugin.so
cp build/native/flb-gardener $out/gardener/bin/flb-gardener
# Only when it changed: the file of a running plugin stays as it is. The AOT cache knows the jar by its time, which is
# that of the release.
released=$(sed -n 's/.*<project.build.outputTimestamp>\(.*\)<.*/\1/p' pom.xml)
built=$(echo plugin-jni/target/plugin-jni-*-all.jar)
jar=$out/gardener/lib/gardener-plugin.jar
touch -d "$released" "$built"
cp plugin-jni/target/bom.json $out/gardener/sbom.cdx.json
for other in "$out"/gardener/lib/*.jar; do
    [ "$other" = "$jar" ] || rm -f "$other"
done
cmp -s "$built" "$jar" || { cp -p "$built" "$jar.new" && mv "$jar.new" "$jar"; }

runtime=$out/gardener/runtime
if [ ! -x "$newest/bin/jlink" ]; then
    echo "== no runtime: $newest has no jlink; the plugin will look for a JVM on the machine"
elif [ "$(cat "$runtime/.jdk" 2>/dev/null)" != "$newest $(cat scripts/modules scripts/dist.sh | cksum)" ]; then
    echo "== runtime, from $newest"
    rm -rf "$runtime"
    modules=$(grep -v '^#' scripts/modules | paste -sd, -)
    "$newest/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
        --compress zip-9 --exclude-files '/java.base/lib/classlist,/java.base/lib/jrt-fs.jar' --output "$runtime"
    # 5 MB of names that only a debugger uses; those of the JDK's own libjvm.so fit a crash report's addresses.
    strip --strip-unneeded "$runtime/lib/server/libjvm.so" 2>/dev/null || true
    # 69 of 72 kB are comments, which each start reads: 11 ms of CPU time.
    sed -i '/^#/d; /^$/d' "$runtime/conf/security/java.security"
    echo "$newest $(cat scripts/modules scripts/dist.sh | cksum)" >"$runtime/.jdk"
fi

# JDK 25 is the first whose cache the JVM records inside a host.
cache=$runtime/lib/server/gardener.aot
trained=$({ echo "${TRAINED-all}"; cat "$runtime/.jdk" scripts/train.sh native/shim/options.c "$jar" 2>/dev/null; } | cksum)
if [ -x "$runtime/bin/java" ] && [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$runtime/release")" -ge 25 ] &&
    { [ ! -e "$cache" ] || [ "$(cat build/trained 2>/dev/null)" != "$trained" ]; }; then
    echo "== AOT cache"
    if JDK=$jdk sh scripts/train.sh "$runtime" "$cache"; then
        echo "$trained" >build/trained
    else # a test of the suite fails without it
        echo "== no AOT cache: the plugin works, but its start takes longer; the next make dist tries again" >&2
    fi
fi
echo "== done: $out"
