#!/bin/sh
# Builds the image of this machine's architecture from dist/, with buildah or docker: the Dockerfile's last
# stage, with the files of this machine in the place of its first.
set -eu
cd "$(dirname "$0")/.."

version=$(sed -n 's/^  <version>\(.*\)<\/version>$/\1/p' pom.xml | head -n 1)
name=${IMAGE:-fluent-bit-output-plugin:$version}

if command -v buildah >/dev/null 2>&1; then
    # Without a container to start there is nothing to isolate, and chroot needs no privileges of an engine.
    build='buildah build --isolation chroot --format oci'
elif docker info >/dev/null 2>&1 && docker buildx version >/dev/null 2>&1; then
    build='docker buildx build --load'
else
    echo "image: this needs buildah (apt-get install buildah), or docker with buildx" >&2
    exit 1
fi

sh scripts/image-files.sh build/image/files/image
sed -n '/^FROM scratch/,$p' Dockerfile >build/image/Dockerfile
created=$(sed -n 's/.*<project.build.outputTimestamp>\(.*\)<.*/\1/p' pom.xml)
case $build in
buildah*) build="$build --timestamp $(date -d "$created" +%s)" ;;
*) export SOURCE_DATE_EPOCH="$(date -d "$created" +%s)" ;;
esac
echo "== $name, with ${build%% *}"
$build --build-arg VERSION="$version" --build-arg CREATED="$created" \
    --build-arg REVISION="$(git rev-parse HEAD 2>/dev/null || echo unknown)" --build-context build=build/image/files -t "$name" -f build/image/Dockerfile build/image/files
