{{/* [SERVICE], with the parsers' file where there is one. */}}
{{- define "plugin.service" -}}
{{- if .Values.config.parsers -}}
{{- regexReplaceAll "(?mi)^([ \\t]*\\[SERVICE\\])[ \\t]*$" .Values.config.service "${1}\n    Parsers_File              /fluent-bit/config/parsers.conf" -}}
{{- else -}}
{{- .Values.config.service -}}
{{- end -}}
{{- end -}}

{{/* A value of a key on one line: numbers without an exponent, maps as JSON. */}}
{{- define "plugin.value" -}}
{{- if kindIs "map" . -}}
{{- toJson . -}}
{{- else if kindIs "float64" . -}}
{{- int64 . -}}
{{- else -}}
{{- . -}}
{{- end -}}
{{- end -}}

{{/* The keys of the plugin that the values below `output` stand for, as YAML. */}}
{{- define "plugin.keys" -}}
{{- with .Values.output -}}
SeedType: {{ .type }}
Endpoint: {{ .endpoint | quote }}
Insecure: {{ not .tls.enabled }}
{{- if or .tls.ca.secret .tls.ca.configMap }}
TLSCAFile: {{ printf "/etc/fluent-bit-tls/ca/%s" .tls.ca.key | quote }}
{{- end }}
{{- if .tls.clientSecret }}
TLSCertFile: /etc/fluent-bit-tls/client/tls.crt
TLSKeyFile: /etc/fluent-bit-tls/client/tls.key
{{- end }}
{{- with .tls.serverName }}
TLSServerName: {{ . | quote }}
{{- end }}
{{- if .headersSecret.name }}
HeadersFile: {{ printf "/etc/fluent-bit-headers/%s" .headersSecret.key | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The section [OUTPUT] of the values below `output`. A key under `output.settings` takes precedence. */}}
{{- define "plugin.output" -}}
[OUTPUT]
    Name gardener
    Match {{ .Values.output.match }}
    Retry_Limit {{ include "plugin.value" .Values.output.retryLimit }}
{{- range $key, $value := mergeOverwrite (include "plugin.keys" . | fromYaml) .Values.output.settings }}
    {{ $key }} {{ include "plugin.value" $value }}
{{- end }}
{{ end -}}

{{- define "plugin.inputs" -}}
{{- .Values.config.inputs -}}
{{- if .Values.journal.enabled }}
[INPUT]
    Name            systemd
    Tag             systemd.*
    Path            {{ .Values.journal.path }}
    Read_From_Tail  On
    DB              /var/fluentbit/systemd.db
    storage.type    filesystem
{{ end -}}
{{- end -}}

{{- define "plugin.filters" -}}
{{- if .Values.kubernetesFilter.enabled -}}
[FILTER]
    Name                kubernetes
    Match               kubernetes.*
    Kube_Tag_Prefix     kubernetes.var.log.containers.
    Merge_Log           On
    Keep_Log            Off
    Labels              Off
    Annotations         Off
{{ end -}}
{{- .Values.config.filters -}}
{{- end -}}
