/**
 * Which targets get a record: the seed's, a shoot's, both, or none.
 *
 * <pre>
 *   record's bytes, tag ---> Router.route(event) ---> Route      (allocates nothing)
 *                              |  host: DynamicHostPath in the record, or the tag's metadata
 *                              v
 *                            RoutingTable.decide(host)           pure, immutable
 *                              ^
 *                              |  Routing.swap(table)            one volatile write
 *                            whoever knows the cluster
 * </pre>
 *
 * <ul>
 *   <li>A chunk is routed by one table from its first record to its last.
 *   <li>What a log says only selects among the namespaces that the API server has named: no text of a
 *       record becomes a folder, a host or the label of a metric.
 *   <li>Nothing here knows the API server, queues or connections. {@link
 *       cloud.gardener.logging.route.RoutingListener} is where a new table is taken.
 * </ul>
 */
package cloud.gardener.logging.route;
