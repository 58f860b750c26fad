/**
 * Decides which targets receive a record: the seed's, a shoot's, both, or none.
 *
 * <pre>
 *   record's bytes, tag ---> Router.route(event) ---> Route      (allocates nothing)
 *                              |  host: DynamicHostPath in the record, or the tag's metadata
 *                              v
 *                            RoutingTable.route(namespace)       pure, immutable
 *                              ^
 *                              |  Routing.setTable(table)        one volatile write
 *                            the watch of the cluster
 * </pre>
 *
 * <ul>
 *   <li>One table routes a whole chunk.
 *   <li>The text of a record only selects among the namespaces that the API server has returned. It never becomes a
 *       folder, a host or the label of a metric.
 *   <li>Nothing here depends on the API server, queues or connections. {@link
 *       cloud.gardener.logging.route.RoutingListener} receives new tables.
 * </ul>
 */
package cloud.gardener.logging.route;
