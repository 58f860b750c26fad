/**
 * What the plugin counts. {@link cloud.gardener.logging.metrics.MetricFamily} names each metric once; {@link
 * cloud.gardener.logging.metrics.PluginMetrics} owns the process's series; {@link
 * cloud.gardener.logging.metrics.TargetMetrics} counts a target's records so that none goes missing.
 *
 * <p>Counting takes no lock. The server that shows all this is {@code metrics.server}.
 */
package cloud.gardener.logging.metrics;
