#!/bin/sh
# Makes releases in a clone that is thrown away. Ends with one line of totals.
set -u
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

check() { # what, command...
    what=$1
    shift
    if (cd "$work/clone" && "$@") >"$work/out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "release: not so: $what"
        cat "$work/out"
    fi
}

base=debian:13@sha256:$(printf '%064d' 7)

release() { # version, COMMIT
    COMMIT=${2:-} BUILD_IMAGE=$base bash scripts/release.sh "$1"
}

refuses() { # version, message
    ! release "$1" yes >"$work/said" 2>&1 && cat "$work/said" && grep -q "$2" "$work/said" && is_clean
}

is_clean() {
    [ -z "$(git status --porcelain)" ]
}

changes_nothing() {
    before=$(git rev-parse HEAD)
    release 99.1.0 && is_clean && [ "$(git rev-parse HEAD)" = "$before" ] && [ -z "$(git tag -l v99.1.0)" ]
}

releases_a_change() { # version
    sed -i 's/^## \[Unreleased\]$/&\n\n- A change./' CHANGELOG.md && git commit -q -m "A change" CHANGELOG.md &&
        release "$1" yes && has_version_everywhere "$1"
}

has_version_everywhere() { # version
    [ "$(git describe --exact-match)" = "v$1" ] && is_clean &&
        [ "$(grep -l "<version>$1</version>" pom.xml plugin-*/pom.xml | wc -l)" = 3 ] &&
        grep -q "^version: $1$" charts/*/Chart.yaml && grep -q "^appVersion: $1$" charts/*/Chart.yaml &&
        grep -q "^## \[$1\] - 20" CHANGELOG.md && grep -qx "ARG BUILD_IMAGE=$base" Dockerfile
}

# What is committed, and these scripts as they are now.
git clone -q . "$work/clone" 2>"$work/out" || {
    echo "release: did not run: this folder cannot be cloned by git"
    echo "release: 0 passed, 0 failed"
    exit 0
}
cp scripts/release.sh "$work/clone/scripts/"
cp CHANGELOG.md "$work/clone/"
cd "$work/clone" || exit 1
git config user.name test && git config user.email test@example.com
git add -A && { git diff --cached --quiet || git commit -q -m "What is tested"; }

check "a word is no version" refuses next "is no version"
check "0.0.1 is older" refuses 0.0.1 "is older than"
base_before=$base
for base in "" debian:13 debian:13@sha256:123; do
    check "the image that builds has a digest, and not '$base'" refuses 98.0.0 "has no digest; give BUILD_IMAGE="
done
base=$base_before
check "without COMMIT it only shows what it would do" changes_nothing
check "it makes a release" release 99.0.0 yes
check "the release has its version everywhere" has_version_everywhere 99.0.0
check "it makes it once" refuses 99.0.0 "the tag v99.0.0 exists"
check "there is something to release" refuses 99.0.1 "nothing under Unreleased"
check "a pre-release follows a release" releases_a_change 99.1.0-rc.1
check "a release follows its pre-release" releases_a_change 99.1.0
check "a pre-release of what is released is older" refuses 99.1.0-rc.2 "is older than"
touch "$work/clone/more"
check "the work tree is clean" sh -c '! COMMIT=yes bash scripts/release.sh 99.0.2 2>&1 | grep -v "has changes"'

echo "release: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
