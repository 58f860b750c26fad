{{/* What Fluent Bit's container mounts; "plugin.volumes" has a volume for each. */}}
{{- define "plugin.mounts" -}}
- name: plugins
  mountPath: /fluent-bit/plugins
  readOnly: true
- name: config
  mountPath: /fluent-bit/config
  readOnly: true
- name: data
  mountPath: /var/fluentbit
- name: logs
  mountPath: /var/log
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- if .Values.journal.enabled }}
- name: journal
  mountPath: /run/log/journal
  readOnly: true
- name: machine-id
  mountPath: /etc/machine-id
  readOnly: true
{{- end }}
{{- with .Values.output }}
{{- if .headersSecret.name }}
- name: headers
  mountPath: /etc/fluent-bit-headers
  readOnly: true
{{- end }}
{{- if or .tls.ca.secret .tls.ca.configMap }}
- name: tls-ca
  mountPath: /etc/fluent-bit-tls/ca
  readOnly: true
{{- end }}
{{- if .tls.clientSecret }}
- name: tls-client
  mountPath: /etc/fluent-bit-tls/client
  readOnly: true
{{- end }}
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "plugin.volumes" -}}
- name: plugins
  emptyDir: {}
- name: config
  configMap:
    name: {{ include "plugin.configMap" . }}
- name: data
  hostPath:
    path: {{ .Values.hostPath }}
    type: DirectoryOrCreate
- name: logs
  hostPath:
    path: /var/log
- name: tmp
  emptyDir: {}
{{- if .Values.journal.enabled }}
- name: journal
  hostPath:
    path: /run/log/journal
    type: DirectoryOrCreate
- name: machine-id
  hostPath:
    path: /etc/machine-id
    type: File
{{- end }}
{{- with .Values.output }}
{{- if .headersSecret.name }}
- name: headers
  secret:
    secretName: {{ .headersSecret.name }}
{{- end }}
{{- if .tls.ca.secret }}
- name: tls-ca
  secret:
    secretName: {{ .tls.ca.secret }}
{{- else if .tls.ca.configMap }}
- name: tls-ca
  configMap:
    name: {{ .tls.ca.configMap }}
{{- end }}
{{- if .tls.clientSecret }}
- name: tls-client
  secret:
    secretName: {{ .tls.clientSecret }}
{{- end }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}
