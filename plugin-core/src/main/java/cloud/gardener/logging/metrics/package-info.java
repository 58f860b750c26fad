/**
 * Every metric's name, and the server that shows them (/metrics, /healthz, a page for people, profiles).
 *
 * <p>{@link cloud.gardener.logging.metrics.MetricFamily} names each metric once; {@link
 * cloud.gardener.logging.metrics.TargetMetrics} counts a target's records so that none goes missing; {@link
 * cloud.gardener.logging.metrics.HealthWatch} decides when the process should be started anew. Counting takes no lock,
 * and no page waits for a disk or a backend.
 */
package cloud.gardener.logging.metrics;
