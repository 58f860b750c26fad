#!/usr/bin/env bash
# release.sh VERSION: makes a commit with the version and the changelog of a release, and its tag. Without COMMIT=yes it
# only shows what it would change. It never pushes. BUILD_IMAGE is the image that builds the release, with its digest; it
# is written to the Dockerfile.
set -euo pipefail
cd "$(dirname "$0")/.."
version=${1:-}

die() {
    echo "release: $*" >&2
    exit 1
}

number='(0|[1-9][0-9]*)'
[[ $version =~ ^$number\.$number\.$number(-[0-9A-Za-z.-]+)?$ ]] ||
    die "VERSION=$version is no version; give one such as 1.2.3 or 1.2.3-rc.1"
[ -z "$(git status --porcelain)" ] || die "the work tree has changes; commit or stash them"
! git rev-parse -q --verify "refs/tags/v$version" >/dev/null || die "the tag v$version exists"

old=$(sed -n 's/^  <version>\(.*\)<\/version>$/\1/p' pom.xml | head -n 1)
# A pre-release is older than its release: sort -V has that for a tilde.
newer() {
    [ "$(printf '%s\n%s\n' "${1/-/\~}" "${2/-/\~}" | sort -V | tail -n 1)" = "${2/-/\~}" ]
}
newer "$old" "$version" || die "VERSION=$version is older than $old"
notes=$(awk '/^## / { inside = /^## \[Unreleased\]/; next } inside' CHANGELOG.md)
[ -n "${notes//[[:space:]]/}" ] || die "CHANGELOG.md has nothing under Unreleased"

base=${BUILD_IMAGE:-$(sed -n 's/^ARG BUILD_IMAGE=//p' Dockerfile)}
[[ $base =~ ^[^[:space:]@\#]+@sha256:[0-9a-f]{64}$ ]] ||
    die "the image that builds, $base, has no digest; give BUILD_IMAGE=${base%%@*}@sha256:... (docs/deployment.md)"

day=$(date -u +%Y-%m-%d)
files=(Dockerfile pom.xml plugin-core/pom.xml plugin-jni/pom.xml charts/fluent-bit-output-plugin/Chart.yaml CHANGELOG.md)
undo() {
    git checkout -q -- "${files[@]}"
}
trap undo EXIT

sed -i "0,/<version>$old</s//<version>$version</" pom.xml plugin-core/pom.xml plugin-jni/pom.xml
sed -i "s/\(<project.build.outputTimestamp>\).*\(<\)/\1${day}T00:00:00Z\2/" pom.xml
sed -i "s/^\(version\|appVersion\): .*/\1: $version/" charts/fluent-bit-output-plugin/Chart.yaml
sed -i "s#^\(ARG BUILD_IMAGE=\).*#\1$base#" Dockerfile
sed -i "s/^## \[Unreleased\]$/&\n\n## [$version] - $day/" CHANGELOG.md

git --no-pager diff --stat -- "${files[@]}"
if [ "${COMMIT:-}" != yes ]; then
    git --no-pager diff -U0 -- "${files[@]}"
    echo "release: nothing was changed; COMMIT=yes makes this commit and the tag v$version"
    exit
fi
git commit -q -m "Release $version" -- "${files[@]}"
git tag -a "v$version" -m "Release $version"
trap - EXIT
echo "release: made the commit and the tag v$version. Look at them with git show v$version, then push both:"
echo "    git push --atomic origin HEAD v$version"
