#!/usr/bin/env bash
# Runs a command on a node of its own: new network, mount and process namespaces, so that nothing that it starts
# outlives it. There, loopback is the only network, names are those of FOLDER/hosts, and /var/log and
# /var/fluentbit are empty. Usage: seed-namespace.sh FOLDER COMMAND...
# Fails, before the command runs, where the user may not have that.
set -euo pipefail

folder=$(realpath "$1")
shift

if [ "${SEED_NAMESPACE:-}" != inside ]; then
    user=()
    unshare --net --mount --pid --fork true 2>/dev/null || user=(--user --map-root-user)
    export SEED_NAMESPACE=inside
    exec unshare "${user[@]}" --net --mount --pid --fork --kill-child --mount-proc "$0" "$folder" "$@"
fi

ip link set lo up
mount --bind "$folder/hosts" /etc/hosts

# What else is in /var stays: this project may lie there.
mkdir -p "$folder/var"
for entry in /var/*; do
    here=$folder$entry
    case $entry in
        /var/log | /var/fluentbit) ;;
        *) if [ -L "$entry" ]; then
               ln -sfn "$(readlink "$entry")" "$here"
           elif [ -d "$entry" ]; then
               mkdir -p "$here"
               mount --rbind "$entry" "$here"
           fi ;;
    esac
done
mkdir -p "$folder"/var/log/{containers,pods,journal} "$folder/var/fluentbit"
mount --rbind "$folder/var" /var

exec "$@"
