/**
 * Puts the rooms together: outputs, their targets, and what the process's outputs share.
 *
 * <pre>
 *   Output              one [OUTPUT] section, from open to close
 *     Targets           makes a target: queue, client, metrics
 *       QueuedTarget    a queue, filled by intake and emptied by delivery
 *       SdkTarget       OpenTelemetry's batch processor instead of a queue
 *       NoopTarget      counts
 *     ShootTargets      the targets of the shoots, as one routing table after the other names them
 *     ShootWatch        where the tables come from
 *     TargetReports     what a worker tells becomes metrics, log lines and dead letters
 *   ProcessServices     threads, connections, metrics: made with the first output, closed with the last
 * </pre>
 */
package cloud.gardener.logging.pipeline;
