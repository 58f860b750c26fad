#!/bin/sh
# Prints the home of a JDK: `find-jdk.sh 17` of the oldest that is at least 17, `find-jdk.sh newest` of the
# newest one. JAVA_HOME comes first for the former where it serves. Fails when there is none.
set -eu

version_of() { # home
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

list() { # prints "version home" of every JDK
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /none/none/none)")")")"; do
        [ -n "$home" ] && [ -x "$home/bin/javac" ] && [ ! -L "$home" ] || continue
        version=$(version_of "$home")
        [ -n "$version" ] && [ "$version" -ge 17 ] && echo "$version $home"
    done | sort -n -u
}

case ${1:-} in
newest) home=$(list | tail -n 1 | cut -d' ' -f2-) ;;
17) home=$(list | head -n 1 | cut -d' ' -f2-) ;;
*)
    echo "usage: find-jdk.sh 17|newest" >&2
    exit 2
    ;;
esac
[ -n "$home" ] && echo "$home"
