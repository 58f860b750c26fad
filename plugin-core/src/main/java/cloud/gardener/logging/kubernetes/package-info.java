/**
 * Watches Cluster objects, or OpenTelemetryCollector objects, and tells what follows from them as one
 * {@link cloud.gardener.logging.route.RoutingTable} after the other.
 *
 * <pre>
 *   ShootController     wiring, start, stop
 *     Reflector         one kind of object: list, watch, again; all retries
 *     Questions         namespaces that records name and no shoot is known of: asked one by one
 *       Api             one streamed GET (FabricApi: fabric8's HTTP client on the JDK's)
 *       ObjectReader    the stream's JSON as it comes; keeps a few fields of an object
 *     ClusterMirror, CollectorMirror    what the objects mean
 *       ShootTable      what is known of the shoots; publishes a table when that changes
 * </pre>
 *
 * <ul>
 *   <li>Everything happens on one thread ({@link cloud.gardener.logging.kubernetes.Control}), so nothing
 *       here is locked, and the listener is called without a lock. Starting waits for nothing.
 *   <li>Objects are hundreds of KB each. They are never held: neither an object, nor a page, nor a tree
 *       of one. The next piece is asked for when the last one is read.
 *   <li>Events say that something has changed; what is done follows from the object's state and from
 *       what is known, so an event that comes twice or late does no harm.
 *   <li>What is known keeps working whatever happens to the API server. That a namespace is no shoot's
 *       is known only where the API server has been asked for it; until then its records go to the seed.
 * </ul>
 */
package cloud.gardener.logging.kubernetes;
