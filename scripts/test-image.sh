#!/bin/sh
# Does with the image that `make image` has built what the init container does: as a user that nobody knows, on a
# root file system that is read-only, `cp /source/plugins/. /plugins`. Needs root and buildah, and leaves nothing.
set -eu
cd "$(dirname "$0")/.."

# Fluent Bit's images are Debian 13.
newest_glibc=2.41
version=$(sed -n 's/^  <version>\(.*\)<\/version>$/\1/p' pom.xml | head -n 1)
name=${IMAGE:-fluent-bit-output-plugin:$version}

die() {
    echo "image test: $*" >&2
    exit 1
}

if [ "$(id -u)" -ne 0 ] || ! command -v buildah >/dev/null 2>&1; then
    echo "image test: skipped, it needs root and buildah"
    exit 0
fi
# The mounts below are seen by nobody else, and end with this script.
if [ "${IMAGE_TEST_INSIDE:-}" != yes ]; then
    IMAGE_TEST_INSIDE=yes exec unshare --mount --propagation private sh "$0"
fi

container=$(buildah from --pull-never "$name")
trap 'buildah rm "$container" >/dev/null' EXIT
root=$(buildah mount "$container")

files=$(cd "$root" && find . -mindepth 1 -maxdepth 2 | sort | tr '\n' ' ')
[ "$files" = './bin ./bin/cp ./source ./source/plugins ' ] || die "unexpected files: $files"
[ -f "$root/source/plugins/output_plugin.so" ] || die "no output_plugin.so"
[ "$(ls "$root/source/plugins/gardener/lib")" = gardener-plugin.jar ] || die "gardener/lib has not the jar alone"
grep -q '"bomFormat" : "CycloneDX"' "$root/source/plugins/gardener/sbom.cdx.json" || die "no SBOM"
label() {
    buildah inspect --format "{{index .OCIv1.Config.Labels \"org.opencontainers.image.$1\"}}" "$container"
}
[ "$(label version)" = "$version" ] || die "its label has the version $(label version)"
[ "$(label licenses)" = Apache-2.0 ] || die "no licence in its labels"
config=$(buildah inspect --format '{{.OCIv1.Config.User}} {{.OCIv1.Config.Env}}' "$container")
[ "$config" = '65532:65532 [PATH=/bin]' ] || die "unexpected configuration: $config"

mkdir "$root/plugins"
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o mode=2777 tmpfs "$root/plugins"

copy() {
    env -i PATH=/bin /usr/sbin/chroot --userspec=12345:54321 "$root" cp /source/plugins/. /plugins
}
picture() {
    (cd "$1" && find . -mindepth 1 \( -type l -printf '%p %l\n' -o -type d -printf '%p %m\n' -o -printf '%p %m %s %Ts\n' \) | sort)
}

touch "$root/bin/x" 2>/dev/null && die "the root file system is not read-only"
copy || die "cp failed"
copy || die "cp failed where the files were there already"
diff -r --no-dereference "$root/source/plugins" "$root/plugins" || die "the copy differs"
[ "$(picture "$root/source/plugins")" = "$(picture "$root/plugins")" ] || die "modes, times or links differ"

java=$root/plugins/gardener/runtime/bin/java
"$java" -Xshare:auto -version >/dev/null 2>&1 || die "the copied runtime does not start"
wanted=$(find "$root/plugins" -type f \( -name '*.so' -o -name java \) -exec objdump -T {} + 2>/dev/null |
    sed -n 's/.*GLIBC_\([0-9.]*\).*/\1/p' | sort -V | tail -n 1)
[ -n "$wanted" ] || die "cannot tell which glibc the files want"
[ "$(printf '%s\n' "$wanted" $newest_glibc | sort -V | tail -n 1)" = $newest_glibc ] ||
    die "the files want glibc $wanted, Fluent Bit's container has $newest_glibc"

echo "image test: passed, $(du -sm "$root/source" | cut -f1) MiB, wants glibc $wanted"
