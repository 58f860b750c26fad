package cloud.gardener.logging.route;

import cloud.gardener.logging.config.PluginConfig;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The routing of one output: the table in force, and the routers that use it.
 *
 * <p>Thread-safe. A router belongs to one flush at a time.
 */
public final class Routing {
  private final PluginConfig config;
  private final Explanations explanations = new Explanations();
  private final TagWarning tagWarning;
  private volatile RoutingTable table;
  private volatile Consumer<String> asked = namespace -> {};

  /** Knows no shoot yet: every record goes to the seed. */
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
   * Says whom to ask about a namespace that may be a shoot's.
   *
   * @param next called by flushes, once for each such namespace of a chunk; must not wait
   */
  public void askAt(Consumer<String> next) {
    asked = next;
  }

  /** Asks about a namespace; what is found out comes with another table. */
  void ask(String namespace) {
    asked.accept(namespace);
  }

  /** Puts a table in force, for the chunks that begin from now on. */
  public void swap(RoutingTable next) {
    table = next;
  }

  /** The table in force. */
  public RoutingTable table() {
    return table;
  }

  /** A router. */
  public Router newRouter() {
    return new Router(this, config.dynamicHost(), config.metadata(), explanations, tagWarning);
  }
}
