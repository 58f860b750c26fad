package cloud.gardener.logging.config;

import java.time.Duration;

/**
 * What is watched in the cluster.
 *
 * @param syncTimeout after it a log line says that the watch has not synchronised
 * @param holdUntilSynced how long after a start chunks with records of unknown shoots are held; 0: never
 * @param deletedClientExpiration how long a target outlives its cluster
 * @param watchCollectors OpenTelemetryCollector objects instead of Cluster objects
 * @param collectorSelector label selector for collectors, as the API server takes it; empty: all
 * @param namespaceSelector label selector for their namespaces, likewise
 */
public record ControllerConfig(
    Duration syncTimeout,
    Duration holdUntilSynced,
    Duration deletedClientExpiration,
    boolean watchCollectors,
    String collectorSelector,
    String namespaceSelector) {}
