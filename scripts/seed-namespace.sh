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

# What else is in /var stays: this project may lie there. A tmpfs holds what only leads to it.
mkdir -p "$folder"/var "$folder"/node/{log,fluentbit}
mount -t tmpfs -o mode=755 tmpfs "$folder/var"
for entry in /var/*; do
    here=$folder$entry
    if [ "$entry" = /var/log ] || [ "$entry" = /var/fluentbit ]; then
        continue
    elif [ -L "$entry" ]; then
        ln -s "$(readlink "$entry")" "$here"
    elif [ -d "$entry" ]; then
        mkdir "$here"
        mount --rbind "$entry" "$here"
    fi
done
for own in log fluentbit; do
    mkdir "$folder/var/$own"
    mount --bind "$folder/node/$own" "$folder/var/$own"
done
mount --rbind "$folder/var" /var

exec "$@"
