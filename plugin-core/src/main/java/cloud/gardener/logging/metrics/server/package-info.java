/**
 * The server on {@code MetricsPort}: /metrics, /healthz, a page for people, profiles.
 *
 * <pre>
 *   MetricsServer     the JDK's HTTP server, few threads
 *     Page -> Answer  MetricsPage, StatusPage, Profiles (CpuProfile, ClassHistogram, ThreadDump), HealthWatch
 *     Reply           writes a response
 *   HealthWatch       decides when the process must be restarted
 *     Pulse           whether Fluent Bit's engine still runs
 * </pre>
 *
 * <p>No page waits for a disk or a backend.
 */
package cloud.gardener.logging.metrics.server;
