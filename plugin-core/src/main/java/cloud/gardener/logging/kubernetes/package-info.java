/**
 * Watches Cluster objects, or OpenTelemetryCollector objects, and publishes each change as a new {@link
 * cloud.gardener.logging.route.RoutingTable}.
 *
 * <pre>
 *   ShootController     wiring, start, stop
 *     Reflector         one kind of object: list, watch, again; all retries
 *     NamespaceQueries  namespaces that records name and that are no known shoot's: queried one by one
 *       ApiClient       one streamed GET (FabricApiClient: fabric8's HTTP client on the JDK's)
 *       ObjectReader    parses the stream's JSON as it arrives; keeps a few fields of an object
 *     ClusterHandler, CollectorHandler  derive shoots from the objects; WatchedHandler: what both log and publish
 *       ShootTable      the known shoots; publishes a table when they change
 * </pre>
 *
 * <ul>
 *   <li>Everything runs on one thread ({@link cloud.gardener.logging.kubernetes.EventLoop}), so there are no locks, and
 *       the listener is called without a lock. Starting never blocks.
 *   <li>Objects have hundreds of KB each. They are never held in memory: neither an object, nor a page, nor a tree of
 *       one. The next part is requested only after the last one has been read.
 *   <li>An event only signals a change. The reaction depends on the object's state and on what is known, so that
 *       duplicate or late events do no harm.
 *   <li>Known shoots keep working whatever happens to the API server. That a namespace is not a shoot's is known only
 *       after the API server was queried for it; until then its records go to the seed.
 * </ul>
 */
package cloud.gardener.logging.kubernetes;
