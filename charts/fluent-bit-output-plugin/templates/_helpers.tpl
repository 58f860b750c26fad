{{- define "plugin.name" -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "plugin.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
{{ include "plugin.selector" . }}
{{- end -}}

{{- define "plugin.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "plugin.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "plugin.name" .) -}}
{{- end -}}

{{/* Runs the tool that reads dead letters, in the container of Fluent Bit. */}}
{{- define "plugin.deadLetters" -}}
/fluent-bit/plugins/gardener/runtime/bin/java -Xmx64m -cp '/fluent-bit/plugins/gardener/lib/*' cloud.gardener.logging.queue.SegmentDump
{{- end }}
