/**
 * The plugin's metrics. {@link cloud.gardener.logging.metrics.MetricFamily} defines each metric once; {@link
 * cloud.gardener.logging.metrics.PluginMetrics} owns the process's series; {@link
 * cloud.gardener.logging.metrics.TargetMetrics} accounts for every record of a target.
 *
 * <p>Counting takes no lock. The package {@code metrics.server} contains the HTTP server.
 */
package cloud.gardener.logging.metrics;
