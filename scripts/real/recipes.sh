#!/usr/bin/env bash
# `recipes.sh NAME` makes one of the programs that `make real` installs, in the folder that it runs in. One that fails
# ends at its first error. For scripts/real.sh, which has found Go and apt.
set -euo pipefail
. "$(dirname "$0")/versions"

# Debian's Go does not fetch a newer one unless it is told to.
export GOTOOLCHAIN=${GOTOOLCHAIN:-auto} GOFLAGS='' GOWORK=off CGO_ENABLED=0

victoria-logs() {
    new_module github.com/VictoriaMetrics/VictoriaLogs "$VICTORIA_LOGS_VERSION" "$VICTORIA_LOGS_SUM"
    build github.com/VictoriaMetrics/VictoriaLogs/app/victoria-logs victoria-logs \
        "-X github.com/VictoriaMetrics/VictoriaMetrics/lib/buildinfo.Version=victoria-logs-$VICTORIA_LOGS_VERSION"
}

etcd() {
    new_module go.etcd.io/etcd/server/v3 "$ETCD_VERSION" "$ETCD_SUM"
    build go.etcd.io/etcd/server/v3 etcd
}

# Kubernetes' own modules stand in its go.mod as folders of its repository. They are also published, as 0.X of its 1.X.
kube-apiserver() {
    local versions=k8s.io/component-base/version minor=${KUBERNETES_VERSION#v1.} downloaded file module
    new_module k8s.io/kubernetes "$KUBERNETES_VERSION" "$KUBERNETES_SUM"
    downloaded=$(go mod download -json "k8s.io/kubernetes@$KUBERNETES_VERSION") || {
        echo "$downloaded" >&2
        exit 1
    }
    file=$(sed -n 's/.*"GoMod": "\(.*\)".*/\1/p' <<<"$downloaded")
    for module in $(sed -n 's#^\t\(k8s.io/[a-z-]*\) => ./staging/.*#\1#p' "$file"); do
        go mod edit -replace "$module=$module@v0.$minor"
    done
    build k8s.io/kubernetes/cmd/kube-apiserver kube-apiserver \
        "-X $versions.gitVersion=$KUBERNETES_VERSION -X $versions.gitMajor=1 -X $versions.gitMinor=${minor%.*}"
}

helm() {
    new_module helm.sh/helm/v4 "$HELM_VERSION" "$HELM_SUM"
    build helm.sh/helm/v4/cmd/helm helm "-X helm.sh/helm/v4/internal/version.version=$HELM_VERSION"
}

otelcol() {
    mkdir builder
    cd builder
    new_module "$COLLECTOR/cmd/builder" "$COLLECTOR_VERSION" "$COLLECTOR_BUILDER_SUM"
    build "$COLLECTOR/cmd/builder" builder
    cd ..
    collector >builder.yaml
    builder/builder --config builder.yaml --skip-compilation
    cd sources
    build . ../otelcol
}

# What the builder reads.
collector() {
    local kind
    printf 'dist: { name: otelcol, version: "%s", module: otelcol, output_path: sources }\n' "${COLLECTOR_VERSION#v}"
    for kind in receivers processors exporters extensions; do
        echo "$kind:"
        sed -n "s/^$kind \(.*\)/  - gomod: \1 $COLLECTOR_VERSION/p" <<<"$COLLECTOR_COMPONENTS"
    done
}

# The package is unpacked and not installed: that would start a service.
prometheus() {
    unpack prometheus
    mv usr/bin/prometheus usr/bin/promtool .
}

busybox() {
    unpack busybox
    mv bin/busybox . || mv usr/bin/busybox .
}

unpack() { # package
    download "$1" || { as_root apt-get update -q && download "$1"; }
    dpkg-deb -x "$1"_*.deb .
}

download() { # package
    apt-get -o APT::Sandbox::User="$(id -un)" download "$1"
}

# Installed, because its libraries are systemd's own; nothing of the package runs by itself.
systemd-journal-remote() {
    local program=/usr/lib/systemd/systemd-journal-remote
    [ -x $program ] || install_journal || { as_root apt-get update -q && install_journal; }
    ln -s $program .
}

install_journal() {
    as_root apt-get install -q -y --no-install-recommends systemd-journal-remote
}

# Installed, because a browser is many packages; nothing of them runs by itself.
chromium() {
    install_chromium || { as_root apt-get update -q && install_chromium; }
    ln -s /usr/bin/chromium /usr/bin/chromedriver .
}

install_chromium() {
    as_root apt-get install -q -y --no-install-recommends chromium chromium-driver
}

# A Go for the recipes above, where apt's can fetch a newer one by itself.
go-from-apt() {
    local version
    apt-cache show golang-go >/dev/null 2>&1 || as_root apt-get update -q
    version=$(apt-cache policy golang-go | sed -n 's/.*Candidate: \(.*:\)\?\([0-9.]*\).*/\2/p')
    [ "$(printf '1.21\n%s\n' "$version" | sort -V | head -n 1)" = 1.21 ]
    as_root apt-get install -q -y --no-install-recommends golang-go
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo -n DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

# A module with one dependency. Go refuses the download when its sum is another one.
new_module() { # module, version, sum
    printf 'module tools\n\ngo %s\n\nrequire %s %s\n' "$GO_VERSION" "$1" "$2" >go.mod
    echo "$1 $2 $3" >go.sum
}

build() { # package, file, linker options
    go build -mod=mod -trimpath -ldflags "-s -w ${3:-}" -o "$2" "$1"
}

# On one line, as in real.sh.
"$1"; exit
