#!/bin/sh
# Builds the image's files twice, from copies of this tree in one place, and compares bytes, modes and times. Takes two
# builds' time. Left out is the AOT cache: the JVM writes it from a run, whose threads and times differ.
set -eu
cd "$(dirname "$0")/.."
work=$PWD/build/reproducible

build() { # name
    rm -rf "$work/tree"
    mkdir -p "$work/tree"
    git ls-files -z --cached --others --exclude-standard | tar --null --files-from - -c | tar -x -C "$work/tree"
    # The cache goes before the files get their times: to delete one later would change that of its folder.
    (cd "$work/tree" && make dist && find dist -name 'gardener.aot*' -delete && sh scripts/image-files.sh "$work/$1") >"$work/$1.log" 2>&1 || {
        cat "$work/$1.log"
        exit 1
    }
}
picture() {
    (cd "$1" && find . -mindepth 1 \( -type l -printf '%p %l\n' -o -type d -printf '%p %m %Ts\n' -o -printf '%p %m %s %Ts\n' \) | sort)
}

rm -rf "$work"
build first
build second
diff -r --no-dereference "$work/first" "$work/second" || { echo "reproducible: the builds differ"; exit 1; }
[ "$(picture "$work/first")" = "$(picture "$work/second")" ] || { echo "reproducible: modes, times or links differ"; exit 1; }
echo "reproducible: $(find "$work/first" -type f | wc -l) files are the same in two builds"
