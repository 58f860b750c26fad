#!/bin/sh
# Checks what the chart repeats from elsewhere. With helm it also renders the chart, and looks at what must stay as it
# is: the init container's command, the permissions, the probes, and the two outputs of a Gardener seed. ChartTest has
# the table of all values. Ends with one line of totals.
set -u
cd "$(dirname "$0")/.."
# Behind the others: a program on PATH goes before one that `make real` installed.
PATH=$PATH:$(bash scripts/real.sh bin)

chart=charts/fluent-bit-output-plugin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

check() { # what, command...
    what=$1
    shift
    if "$@" >"$work/out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "chart: not so: $what"
        cat "$work/out"
    fi
}

render() { # name, arguments
    name=$1
    shift
    check "it renders: $name" sh -c 'helm template plugin "$@" >"$0"' "$work/$name" $chart --namespace logging --kube-version 1.36 "$@"
}

# The block's lines stand in the file, in this order and next to each other, wherever they begin.
has_block() { # file, block
    awk '/^ *$/ { next }
         { sub(/^ +/, ""); text[FILENAME] = text[FILENAME] "\n" $0 }
         END { exit index(text[ARGV[1]] "\n", text[ARGV[2]] "\n") == 0 }' "$1" "$2"
}

outputs() { # configuration
    sed -n '/^\[OUTPUT\]/,$p' "$1"
}

check "README.md repeats what values.yaml says" sh scripts/chart-docs.sh --check
for name in systemd kubernetes; do
    awk -v match_line="Match $name.*" '
        function end() { if (found) printf "%s", text; text = ""; found = 0 }
        /^\[/ { end(); inside = /^\[OUTPUT\]/; next }
        inside && NF { sub(/^ +/, ""); text = text $0 "\n"; found = found || $0 == match_line }
        END { end() }' docs/examples/gardener-seed.conf >"$work/$name"
    check "the seed has an output for $name" [ -s "$work/$name" ]
    check "fluent-operator's output is the seed's, word for word: $name" \
        has_block docs/examples/gardener-cluster-outputs.yaml "$work/$name"
done
if ! command -v helm >/dev/null 2>&1; then
    echo "chart: the rest is skipped, helm is not on PATH; \`make real\` installs it"
    echo "chart: $passed passed, $failed failed"
    exit "$failed"
fi

check "it has no faults that helm knows" helm lint --strict $chart
check "helm lint refuses a word that is no choice" sh -c '! helm lint "$0" --set output.settings.RefusedPolicy=never' $chart
render default
render seed -f $chart/examples/gardener-seed.yaml
render filter --set kubernetesFilter.enabled=true

check "the init container copies as the contract says" \
    grep -q 'command: \[cp, /source/plugins/., /plugins\]' "$work/default"
for argument in -e /fluent-bit/plugins/output_plugin.so -c /fluent-bit/config/fluent-bit.conf; do
    check "Fluent Bit gets $argument" grep -q -- "^ *- $argument\$" "$work/default"
done

outputs docs/examples/gardener-seed.conf >"$work/outputs"
check "the seed's outputs are in its configuration word for word" has_block "$work/seed" "$work/outputs"

cat >"$work/rules" <<'EOF'
rules:
  - apiGroups: [extensions.gardener.cloud]
    resources: [clusters]
    verbs: [get, list, watch]
  - apiGroups: [opentelemetry.io]
    resources: [opentelemetrycollectors]
    verbs: [get, list, watch]
  - apiGroups: [apiextensions.k8s.io]
    resources: [customresourcedefinitions]
    verbs: [get, list, watch]
---
EOF
check "the permissions are these and no others" has_block "$work/default" "$work/rules"
check "the filter's permissions come with the filter" grep -q 'resources: \[pods, namespaces\]' "$work/filter"
check "there is no ServiceMonitor unless it is asked for" sh -c '! grep -q ServiceMonitor "$0"' "$work/default"
check "there is one when it is asked for" grep -q 'kind: ServiceMonitor' "$work/seed"

cat >"$work/probe" <<'EOF'
livenessProbe:
  httpGet:
    path: /healthz
    port: metrics
  initialDelaySeconds: 120
  periodSeconds: 60
  timeoutSeconds: 1
EOF
check "the kubelet asks as the contract says" has_block "$work/default" "$work/probe"
cat >"$work/resources" <<'EOF'
resources:
  limits:
    memory: 1Gi
  requests:
    cpu: 150m
    memory: 200Mi
EOF
check "the resources are the contract's" has_block "$work/default" "$work/resources"

echo "chart: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
