package cloud.gardener.logging.config.keys;

import static cloud.gardener.logging.config.keys.ValueTypes.BOOLEAN;
import static cloud.gardener.logging.config.keys.ValueTypes.TEXT;

import cloud.gardener.logging.config.value.BodyFormat;
import cloud.gardener.logging.config.value.KubernetesAttributes;
import java.util.List;

/** Settings of the mapping of records and of their Kubernetes metadata. */
final class MappingKeys {
  static final Key<String> HOSTNAME_VALUE =
      Key.of("HostnameValue", TEXT, "", "The resource attribute `host.name`; empty: none.");

  static final Key<String> ORIGIN =
      Key.of("Origin", TEXT, "", "The log attribute `origin`; empty: none.");

  static final Key<KubernetesAttributes> KUBERNETES_ATTRIBUTES =
      Key.of(
          "KubernetesAttributes",
          Choices.KUBERNETES_ATTRIBUTES,
          "resource",
          "Where the `k8s.*` attributes go: resource (as the semantic conventions specify), log"
              + " (as in the plugin in Go), or both. A backend that joins the attributes of resource"
              + " and log record, such as VictoriaLogs, does not accept both: it receives each key"
              + " twice.");

  static final Key<List<String>> BODY_KEYS =
      Key.of(
          "BodyKeys",
          ValueTypes.NAMES,
          "log,message,msg,MESSAGE",
          "The names of a record's message, in order of precedence. The first that holds a"
              + " string is the body.");

  static final Key<BodyFormat> BODY_FORMAT =
      Key.of(
          "BodyFormat",
          Choices.BODY_FORMAT,
          "json",
          "What a message that is a map becomes. json: the body is the map as JSON text."
              + " message: the body is the map's own message, and the rest of the map is an attribute"
              + " (recommended for new installations). structured: the body is the map (not for"
              + " VictoriaLogs).");

  static final Key<Boolean> PARSE_JSON_BODY =
      Key.of(
          "ParseJsonBody",
          BOOLEAN,
          "false",
          "Parse a message that is the text of a JSON object of up to 1 MiB, and treat it as a"
              + " map. Other text stays text.");

  static final Key<List<String>> SEVERITY_KEYS =
      Key.of(
          "SeverityKeys",
          ValueTypes.NAMES,
          "level,severity,loglevel,log_level,lvl,levelname,level_name,log.level,severityText,"
              + "severity_text,severityNumber,severity_number,@level,@l,PRIORITY",
          "The names of a record's level, in any letter case, in order of precedence. The first"
              + " with a known value sets the severity. `log.level` also means the key `level` in the"
              + " map `log`. See [mapping.md](mapping.md#severity).");

  static final Key<Boolean> SEVERITY_FROM_TEXT =
      Key.of(
          "SeverityFromText",
          BOOLEAN,
          "true",
          "Search the text of a message for a level if no field has one: klog's header, a key of"
              + " JSON text, or a pair such as `level=error`.");

  static final Key<Boolean> SERVICE_NAME =
      Key.of(
          "ServiceName",
          BOOLEAN,
          "true",
          "Infer `service.name` and `service.namespace` (resource attributes) from the"
              + " Kubernetes metadata, and `log.iostream` (a log attribute) from `stream`. See"
              + " [mapping.md](mapping.md#resource).");

  static final Key<List<String>> POD_LABELS =
      Key.of(
          "PodLabels",
          ValueTypes.OPTIONAL_NAMES,
          "",
          "Labels of the pod to add as attributes `k8s.pod.label.<name>`, beside the other"
              + " `k8s.*` attributes: names separated by commas, or `*` for all; empty: none.");

  static final Key<Boolean> FALLBACK_TO_TAG =
      Key.of(
          "FallbackToTagWhenMetadataIsMissing",
          BOOLEAN,
          "false",
          "Read the Kubernetes metadata from the tag when a record has none.");

  static final Key<Boolean> DROP_WITHOUT_METADATA =
      Key.of(
          "DropLogEntryWithoutK8sMetadata",
          BOOLEAN,
          "false",
          "Drop, and count, records that have no Kubernetes metadata.");

  static final Key<String> TAG_KEY =
      Key.of(
          "TagKey",
          TEXT,
          "tag",
          "The record's key that holds the tag. Without this key in a record, Fluent Bit's tag"
              + " applies.");

  static final Key<String> TAG_PREFIX =
      Key.of(
          "TagPrefix",
          ValueTypes.PART_OF_REGEX,
          "kubernetes\\.var\\.log\\.containers",
          "The part of a tag before `TagExpression`.");

  static final Key<String> TAG_EXPRESSION =
      Key.of(
          "TagExpression",
          ValueTypes.PART_OF_REGEX,
          "\\.([^_]+)_([^_]+)_(.+)-([a-z0-9]{64})\\.log$",
          "Pod, namespace, container and container id in a tag, each as a group.");

  static final List<KeyGroup> GROUPS =
      List.of(
          new KeyGroup(
              "Record to OTLP",
              List.of(
                  HOSTNAME_VALUE,
                  ORIGIN,
                  KUBERNETES_ATTRIBUTES,
                  BODY_KEYS,
                  BODY_FORMAT,
                  PARSE_JSON_BODY,
                  SEVERITY_KEYS,
                  SEVERITY_FROM_TEXT,
                  SERVICE_NAME,
                  POD_LABELS)),
          new KeyGroup(
              "Kubernetes metadata",
              List.of(
                  FALLBACK_TO_TAG,
                  DROP_WITHOUT_METADATA,
                  TAG_KEY,
                  TAG_PREFIX,
                  TAG_EXPRESSION)));

  private MappingKeys() {}
}
