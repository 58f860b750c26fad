{{/* A ServiceMonitor or a PodMonitor; takes the context, its kind, its values and the name of its list. */}}
{{- define "plugin.monitor" -}}
{{- $context := index . 0 -}}
{{- $values := index . 2 -}}
apiVersion: monitoring.coreos.com/v1
kind: {{ index . 1 }}
metadata:
  name: {{ include "plugin.name" $context }}
  namespace: {{ $context.Release.Namespace }}
  labels:
    {{- include "plugin.labels" $context | nindent 4 }}
    {{- with $values.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  selector:
    matchLabels: {{- include "plugin.selector" $context | nindent 6 }}
  {{ index . 3 }}:
    - port: metrics
      {{- include "plugin.scrape" (list $context $values "files/keep-plugin.txt") | nindent 6 }}
    - port: fluent-bit
      path: /api/v2/metrics/prometheus
      {{- include "plugin.scrape" (list $context $values "files/keep-fluent-bit.txt") | nindent 6 }}
{{- end -}}

{{/* How one port is scraped; takes the context, the monitor's values and the file of the metrics to keep. */}}
{{- define "plugin.scrape" -}}
{{- $context := index . 0 -}}
{{- $values := index . 1 -}}
interval: {{ $values.interval }}
{{- with $values.scrapeTimeout }}
scrapeTimeout: {{ . }}
{{- end }}
{{- with $values.relabelings }}
relabelings: {{- toYaml . | nindent 2 }}
{{- end }}
{{- if or $values.keepList $values.metricRelabelings }}
metricRelabelings:
  {{- if $values.keepList }}
  - sourceLabels: [__name__]
    action: keep
    regex: ^({{ $context.Files.Lines (index . 2) | compact | join "|" }})$
  {{- end }}
  {{- with $values.metricRelabelings }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end -}}
