#!/bin/sh
# Finds or installs what the build needs: a C compiler, cmake, a JDK of 17 or newer, curl and unzip for
# the Maven wrapper. Says what it does; the output of apt is in build/tools.log. Without root or apt it names what is
# missing and fails.
set -eu
cd "$(dirname "$0")/.."

missing=''
need() { # command, package
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}

need cc gcc
need cmake cmake
need curl curl
need unzip unzip
[ -e /usr/include/stdio.h ] || missing="$missing libc6-dev"
[ -e /etc/ssl/certs/ca-certificates.crt ] || missing="$missing ca-certificates"
scripts/find-jdk.sh 17 >/dev/null 2>&1 || missing="$missing openjdk-17-jdk-headless"

[ -n "$missing" ] || exit 0

echo "== missing on this machine:$missing"
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Install these (names are Debian's) with this system's package manager, then run make again." >&2
    exit 1
fi
as_root=''
if [ "$(id -u)" -ne 0 ]; then
    if sudo -n true 2>/dev/null; then
        as_root=sudo
    else
        echo "Only root may install them. Run: sudo apt-get install$missing" >&2
        exit 1
    fi
fi

log=build/tools.log
mkdir -p build
install() {
    $as_root apt-get update -q &&
        case $missing in
        *openjdk-17-jdk-headless*)
            # Newer releases have dropped 17: take the release's own.
            apt-cache show openjdk-17-jdk-headless >/dev/null 2>&1 ||
                missing=$(echo "$missing" | sed 's/openjdk-17-jdk-headless/default-jdk-headless/')
            ;;
        esac &&
        # shellcheck disable=SC2086 # a list of packages
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
}
echo "== installing them with apt-get (output: $log)"
install >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    echo "apt-get failed: the whole output is in $log. Install these packages, then run make again:$missing" >&2
    exit 1
}
