package cloud.gardener.logging.route;

/** Is told what is known of the shoots. */
@FunctionalInterface
public interface RoutingListener {
  /**
   * What is known has changed. Called by one thread at a time, in the order of the changes, without
   * any lock held.
   */
  void changed(RoutingTable table);
}
