package cloud.gardener.logging.route;

/** Is notified of new routing tables. */
@FunctionalInterface
public interface RoutingListener {
  /**
   * The known shoots have changed. Called by one thread at a time, in the order of the changes, and without a lock
   * held.
   */
  void onTableChanged(RoutingTable table);
}
