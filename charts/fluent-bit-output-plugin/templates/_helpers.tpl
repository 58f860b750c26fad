{{- define "plugin.name" -}}
{{- .Values.fullnameOverride | default .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "plugin.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
{{ include "plugin.selector" . }}
{{- end -}}

{{- define "plugin.selector" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "plugin.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "plugin.name" .) -}}
{{- end -}}

{{/* An image's reference; takes the image and the tag to use where it has none. */}}
{{- define "plugin.image" -}}
{{- $image := index . 0 -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $image.repository (toString ($image.tag | default (index . 1))) -}}
{{- end -}}
{{- end -}}

{{- define "plugin.configMap" -}}
{{- .Values.config.existingConfigMap | default (include "plugin.name" .) -}}
{{- end -}}

{{/* The command that works on the queues, in the container of Fluent Bit. */}}
{{- define "plugin.queueCommand" -}}
/fluent-bit/plugins/gardener/bin/flb-gardener queue
{{- end }}
