/**
 * The server on {@code MetricsPort}: /metrics, /healthz, a page for people, profiles.
 *
 * <pre>
 *   MetricsServer     the JDK's HTTP server, few threads
 *     Page            MetricsPage, StatusPage, Profiles, HealthWatch; LimitedPage bounds concurrent responses
 *     PageResponse    what a page returns; ResponseWriter writes it, GzipBody compresses it
 *   HealthWatch       decides when the process must be restarted
 *     Heartbeat       whether Fluent Bit's engine still runs
 * </pre>
 *
 * <p>No page waits for a disk or a backend.
 */
package cloud.gardener.logging.metrics.server;
