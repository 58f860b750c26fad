#!/usr/bin/env bash
# Installs what the tests with the tag `real` start and PATH does not have. From Go modules: VictoriaLogs, etcd,
# kube-apiserver, Helm and an OpenTelemetry Collector. From Debian: Prometheus, busybox, the writer of a seed's journal
# and a browser. All but the last two go to a folder outside of the tree; `real.sh bin` prints where its programs are.
# Fails when a program is missing at the end; the others are there.
set -uo pipefail
cd "$(dirname "$0")" || exit
. real/versions
recipes=$PWD/real/recipes.sh

home=${GARDENER_REAL_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/fluent-bit-gardener/real}
bin=$home/bin
if [ "${1:-}" = bin ]; then
    echo "$bin"
    exit
fi
missing=''
go_is_there=''

main() {
    mkdir -p "$bin" "$home/store" "$home/logs" || exit
    # The kernel gives the lock back however this script ends, but not while something that it started still runs.
    exec 9>"$home/lock"
    flock -n 9 || { say "another make real is at work, waiting for it"; flock 9; }
    rm -rf "$home"/work.*
    renice -n 19 $$ >/dev/null

    from_go victoria-logs "$VICTORIA_LOGS_VERSION"
    from_go etcd "$ETCD_VERSION"
    from_go otelcol "$COLLECTOR_VERSION-$(cksum <<<"$COLLECTOR_COMPONENTS" | cut -d ' ' -f 1)"
    from_go helm "$HELM_VERSION"
    from_go kube-apiserver "$KUBERNETES_VERSION"
    from_debian "prometheus promtool" debian
    from_debian busybox debian
    from_debian systemd-journal-remote debian
    from_debian "chromium chromedriver" debian

    [ -z "$missing" ] || say "MISSING:$missing. The tests that need them are skipped."
    [ -z "$missing" ]
}

from_go() { # program, version
    is_there "$1" "$2" || { have_go && make_it "$@"; } || missing="$missing $1"
}

from_debian() { # programs, version
    is_there "$1" "$2" || { have_apt "$1" && make_it "$@"; } || missing="$missing $1"
}

# Whether PATH has the programs, or they were installed. store/ holds them by version: a program of another version,
# or half of one, is never taken for it.
is_there() { # programs, version
    local program found kept
    for program in $1; do
        found=$(type -P "$program")
        kept=$home/store/$program-$2
        if [ -n "$found" ] && [ "${found%/*}" != "$bin" ]; then
            say "$program: $found, which is on PATH"
        elif [ -x "$kept" ]; then
            [ "$bin/$program" -ef "$kept" ] || ln -sfn "$kept" "$bin/$program"
            say "$program $2: is there"
        else
            rm -f "$bin/$program"
            return 1
        fi
    done
}

# The recipe has the name of the first program, and leaves all of them in the folder that it runs in.
make_it() { # programs, version
    local program recipe=${1%% *} start=$SECONDS work
    local log=$home/logs/$recipe.log
    work=$(mktemp -d "$home/work.XXXXXX") || return
    if ! (cd "$work" && exec bash "$recipes" "$recipe") >"$log" 2>&1 </dev/null; then
        say "$1 $2: FAILED after $((SECONDS - start)) s: $(why "$log") [the whole log: $log]"
        return 1
    fi
    for program in $1; do
        mv "$work/$program" "$home/store/$program-$2" && ln -sfn "$home/store/$program-$2" "$bin/$program" || return
    done
    rm -rf "$work"
    say "$1 $2: installed in $((SECONDS - start)) s"
}

# The line of a log that tells most.
why() { # log
    grep -m 1 -iE 'error|mismatch|reading |not found|unknown|invalid|requires|cannot|unable|no space|no such' "$1" ||
        tail -n 1 "$1"
}

# Says once what Go there is, or what to do without one. Where apt's is new enough it installs that.
have_go() {
    if [ -z "$go_is_there" ]; then
        go_is_there=no
        find_go && go_is_there=yes
    fi
    [ "$go_is_there" = yes ]
}

find_go() {
    local version todo="Install Go $GO_VERSION or newer, put it on PATH, and run make real again."
    type -P go >/dev/null || bash "$recipes" go-from-apt >"$home/logs/go.log" 2>&1
    if ! type -P go >/dev/null; then
        say "there is no Go on PATH, and apt has none that is new enough. $todo"
        return 1
    fi
    # From 1.21 on it fetches a newer one by itself, where GOTOOLCHAIN lets it.
    version=$(go env GOVERSION)
    version=${version#go}
    if [ "$(printf '1.21\n%s\n' "$version" | sort -V | head -n 1)" != 1.21 ]; then
        say "$(type -P go) is Go $version, which is too old. $todo"
        return 1
    fi
    say "builds with $(type -P go), Go $version, at low priority; this takes minutes"
}

have_apt() { # programs
    if ! type -P apt-get >/dev/null || ! type -P dpkg-deb >/dev/null; then
        say "there is no apt to take $1 from. Put what is missing on PATH."
        return 1
    fi
}

say() {
    echo "real: $*"
}

# On one line: bash reads a script as it goes, and this file may change while minutes pass.
main; exit
