package cloud.gardener.logging.config;

/**
 * How a record becomes an OTLP log record.
 *
 * @param hostname host.name; empty: none
 * @param origin the log attribute {@code origin}; empty: none
 * @param kubernetesAttributes where the {@code k8s.*} attributes go
 */
public record MappingConfig(
    String hostname,
    String origin,
    KubernetesAttributes kubernetesAttributes) {}
