/**
 * Assembles the other packages: outputs, their targets, and what the process's outputs share.
 *
 * <pre>
 *   Output              one [OUTPUT] section, from open to close
 *     Targets           creates a target: queue, client, metrics
 *       QueuedTarget    a queue, filled by intake and emptied by delivery
 *       SdkTarget       OpenTelemetry's batch processor instead of a queue
 *       NoopTarget      counts
 *     ShootTargets      the targets of the shoots that the current routing table names
 *     ShootWatch        the source of the tables
 *     TargetReports     a worker's events as metrics, log lines and dead letters
 *   ProcessServices     threads, connections, metrics: created with the first output, closed with the last
 * </pre>
 */
package cloud.gardener.logging.pipeline;
