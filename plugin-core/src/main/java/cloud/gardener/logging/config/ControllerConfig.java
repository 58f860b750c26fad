package cloud.gardener.logging.config;

import java.time.Duration;

/**
 * What is watched in the cluster.
 *
 * @param syncTimeout after it, a warning is logged if the watch has not synchronised
 * @param holdUntilSynced how long after a start chunks with records of unknown shoots are held; 0: never
 * @param deletedClientExpiration how long a target is kept after its cluster is gone
 * @param watchCollectors whether to watch OpenTelemetryCollector objects instead of Cluster objects
 * @param collectorSelector label selector for collectors, in the API server's syntax; empty: all
 * @param namespaceSelector label selector for their namespaces, in the same syntax
 */
public record ControllerConfig(
    Duration syncTimeout,
    Duration holdUntilSynced,
    Duration deletedClientExpiration,
    boolean watchCollectors,
    String collectorSelector,
    String namespaceSelector) {}
