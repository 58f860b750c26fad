/**
 * The server on {@code MetricsPort}: /metrics, /healthz, a page for people, profiles.
 *
 * <pre>
 *   MetricsServer     the JDK's HTTP server, few threads
 *     Page -> Answer  MetricsPage, StatusPage, Profiles (CpuProfile, ClassHistogram, ThreadDump), HealthWatch
 *     Reply           an answer on the wire
 *   HealthWatch       decides when the process should be started anew
 *     Pulse           whether Fluent Bit's engine still turns
 * </pre>
 *
 * <p>No page waits for a disk or a backend.
 */
package cloud.gardener.logging.metrics.server;
