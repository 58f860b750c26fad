#!/bin/sh
# image-files.sh FOLDER: lays out the files of the image, from dist/ and the static cp that `make dist` has built. Their
# owner and modes do not depend on who builds.
set -eu
cd "$(dirname "$0")/.."
folder=$1

[ -x dist/plugins/gardener/runtime/bin/java ] || {
    echo "image: dist/ has no Java runtime; a JDK of 25 or newer, with jlink, makes one at make dist" >&2
    exit 1
}
rm -rf "$folder"
mkdir -p "$folder/bin" "$folder/source"
cp build/native/cp/cp "$folder/bin/cp"
strip "$folder/bin/cp" 2>/dev/null || true
cp -a dist/plugins "$folder/source/plugins"
# Whoever the container runs as reads all of it.
chmod -R u=rwX,go=rX "$folder"
# The time of the release: an image of the same files is the same image. The AOT cache expects it of the jars.
find "$folder" -exec touch -h -d "$(sed -n 's/.*<project.build.outputTimestamp>\(.*\)<.*/\1/p' pom.xml)" {} +
