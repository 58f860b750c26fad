#!/bin/sh
# Writes the README of the chart from values.yaml. `chart-docs.sh --check` writes nothing and fails if it differs. The
# plugin's keys in values.schema.json come from ChartSchemaTest.
set -eu
cd "$(dirname "$0")/.."
chart=charts/fluent-bit-output-plugin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

readme() {
    cat <<END
# fluent-bit-output-plugin

$(sed -n 's/^description: //p' $chart/Chart.yaml). How to install and operate it:
[docs/deployment.md](../../docs/deployment.md).

    helm install logging . --namespace logging --create-namespace \\
        --set plugin.image.repository=registry.example.com/fluent-bit-output-plugin \\
        --set output.endpoint=opentelemetry-collector.logging.svc:4317

Helm refuses a value that is not listed here. \`scripts/chart-docs.sh\` writes this page from \`values.yaml\`.

| Value | Default | Meaning |
|---|---|---|
END
    awk '
        function row(key, value, text) {
            gsub(/\|/, "\\|", value)
            printf "| `%s` | %s | %s |\n", key, value == "" ? "" : "`" value "`", text
        }
        # The rest of a text block.
        /^ *$/ { comment = ""; next }
        { match($0, /^ */); depth = RLENGTH }
        block && depth > blockDepth { next }
        { block = 0 }
        /^ *#/ { line = $0; sub(/^ *# ?/, "", line); comment = comment (comment == "" ? "" : " ") line; next }
        {
            line = substr($0, depth + 1)
            at = index(line, ":")
            name[depth / 2] = substr(line, 1, at - 1)
            value = substr(line, at + 2)
            key = name[0]
            for (i = 1; i <= depth / 2; i++) key = key "." name[i]
            if (value == "|") { block = 1; blockDepth = depth; row(key, "", comment " See `values.yaml`.") }
            else if (value != "" || comment != "") row(key, value, comment)
            comment = ""
        }' $chart/values.yaml
}

readme >"$work/README.md"
if [ "${1:-}" != --check ]; then
    cat "$work/README.md" >"$chart/README.md"
elif ! cmp -s "$work/README.md" "$chart/README.md"; then
    echo "chart: README.md differs from values.yaml; to write it anew: sh scripts/chart-docs.sh" >&2
    exit 1
fi
