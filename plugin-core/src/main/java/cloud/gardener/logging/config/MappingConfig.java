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
 * @param bodyKeys the names of a record's message, in the order in which they count
 * @param bodyFormat what becomes of a message that is a map
 * @param parseJsonBody whether a message that is the text of a JSON object is a map
 * @param severityKeys the names of a record's level, in the order in which they count
 * @param severityFromText whether a level is looked for in the text of a message
 * @param serviceName whether service.name, service.namespace and log.iostream are concluded
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
