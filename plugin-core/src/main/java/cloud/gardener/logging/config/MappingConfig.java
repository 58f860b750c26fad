package cloud.gardener.logging.config;

import cloud.gardener.logging.config.value.BodyFormat;
import cloud.gardener.logging.config.value.KubernetesAttributes;
import java.util.List;

/**
 * How a record becomes an OTLP log record.
 *
 * @param hostname host.name; empty: none
 * @param origin the log attribute {@code origin}; empty: none
 * @param kubernetesAttributes where the {@code k8s.*} attributes go
 * @param bodyKeys the names of a record's message, in order of precedence
 * @param bodyFormat how a message that is a map is written
 * @param parseJsonBody whether a message that is the text of a JSON object is parsed as a map
 * @param severityKeys the names of a record's level, in order of precedence
 * @param severityFromText whether the text of a message is searched for a level
 * @param serviceName whether service.name, service.namespace and log.iostream are derived
 * @param podLabels the pod's labels that become attributes; {@code *}: all of them
 */
public record MappingConfig(
    String hostname,
    String origin,
    KubernetesAttributes kubernetesAttributes,
    List<String> bodyKeys,
    BodyFormat bodyFormat,
    boolean parseJsonBody,
    List<String> severityKeys,
    boolean severityFromText,
    boolean serviceName,
    List<String> podLabels) {}
