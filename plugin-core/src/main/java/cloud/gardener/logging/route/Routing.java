package cloud.gardener.logging.route;

import cloud.gardener.logging.config.PluginConfig;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The routing of one output: the current table, and the routers that use it.
 *
 * <p>Thread-safe. A router belongs to one flush at a time.
 */
public final class Routing {
  private final PluginConfig config;
  private final Explanations explanations = new Explanations();
  private final TagWarning tagWarning;
  private volatile RoutingTable table;
  private volatile Consumer<String> asked = namespace -> {};

  /** Starts without a known shoot: every record goes to the seed. */
  public Routing(PluginConfig config) {
    this.config = config;
    this.tagWarning =
        new TagWarning(config.queue().name(), config.metadata().tagExpression().pattern());
    this.table =
        new RoutingTable(
            config.dynamicHost(),
            config.states(),
            Map.of(),
            Coverage.NOTHING,
            namespace -> false);
  }

  /**
   * Sets the receiver of queries about namespaces that may be shoots'.
   *
   * @param next called by flushes, once for each such namespace of a chunk; must not block
   */
  public void askAt(Consumer<String> next) {
    asked = next;
  }

  /** Queries a namespace; the result arrives with a new table. */
  void ask(String namespace) {
    asked.accept(namespace);
  }

  /** Replaces the table, for the chunks that begin from now on. */
  public void swap(RoutingTable next) {
    table = next;
  }

  public RoutingTable table() {
    return table;
  }

  public Router newRouter() {
    return new Router(this, config.dynamicHost(), config.metadata(), explanations, tagWarning);
  }
}
