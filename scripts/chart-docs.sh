#!/bin/sh
# Writes what the chart repeats from elsewhere: its README from values.yaml, and the plugin's keys in values.schema.json
# from docs/configuration.md. `chart-docs.sh --check` writes nothing and fails where a file differs.
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

# The types are those of the tables. A value with a secret is better off in a Secret, but is accepted.
keys() {
    awk -F ' *[|] *' '
        /<!-- settings: begin -->/ { inside = 1 }
        /<!-- settings: end -->/ { inside = 0 }
        inside && /^\| `/ {
            type = $4
            if (type == "boolean") type = "flag"
            else if (type == "JSON" || type == "headers" || type == "selector") type = "map"
            else if (type != "integer" && type != "duration" && type != "size") type = "text"
            names = $2
            gsub(/`|or /, "", names)
            count = split(names, name, "<br>")
            for (i = 1; i <= count; i++) {
                printf "%s        \"%s\": { \"$ref\": \"#/$defs/%s\" }", (any++ ? ",\n" : ""), name[i], type
            }
        }
        END { print "" }' docs/configuration.md
}

schema() {
    keys >"$work/keys"
    awk -v keys="$work/keys" '
        /^    "settings": \{/ {
            print
            print "      \"type\": \"object\","
            print "      \"additionalProperties\": false,"
            print "      \"properties\": {"
            while ((getline line < keys) > 0) print line
            print "      }"
            inside = 1
            next
        }
        inside && /^    }/ { inside = 0 }
        !inside' $chart/values.schema.json
}

status=0
for file in README.md values.schema.json; do
    case $file in
    README.md) readme >"$work/$file" ;;
    *) schema >"$work/$file" ;;
    esac
    if [ "${1:-}" != --check ]; then
        cat "$work/$file" >"$chart/$file"
    elif ! cmp -s "$work/$file" "$chart/$file"; then
        echo "chart: $file differs from what it repeats; to write it anew: sh scripts/chart-docs.sh" >&2
        status=1
    fi
done
exit $status
