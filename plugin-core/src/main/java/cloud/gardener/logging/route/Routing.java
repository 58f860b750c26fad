package cloud.gardener.logging.route;

import static java.nio.charset.StandardCharsets.UTF_8;

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
  private volatile Consumer<String> queryListener = namespace -> {};

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
   * @param listener called by flushes, once for each such namespace of a chunk; must not block
   */
  public void setQueryListener(Consumer<String> listener) {
    queryListener = listener;
  }

  /** Queries a namespace; the result arrives with a new table. */
  void query(String namespace) {
    queryListener.accept(namespace);
  }

  /** Replaces the table, for the chunks that begin from now on. */
  public void setTable(RoutingTable newTable) {
    table = newTable;
  }

  public RoutingTable table() {
    return table;
  }

  /**
   * Explains where a record would go, in the words of the log, without asking the API server.
   *
   * @param tag Fluent Bit's tag
   * @param namespace the text at DynamicHostPath; empty for a record without Kubernetes metadata
   */
  public String explain(String tag, String namespace) {
    boolean routes = !config.dynamicHost().path().isEmpty();
    String resolved = namespace;
    if (namespace.isEmpty()) {
      Tag read = config.metadata().fallbackToTag() ? readTag(tag) : Tag.WITHOUT_METADATA;
      if (read.metadata() == null && config.metadata().dropWithoutMetadata()) {
        return Explanations.explain(tag, "", Route.NO_METADATA);
      }
      resolved = routes ? new String(read.host(), UTF_8) : "";
    }
    return Explanations.explain(tag, resolved, routes ? table.route(resolved) : Route.NO_PATH);
  }

  private Tag readTag(String tag) {
    byte[] bytes = tag.getBytes(UTF_8);
    TagReader reader = new TagReader(config.metadata(), config.dynamicHost().path(), unmatched -> {});
    return reader.read(bytes, 0, bytes.length);
  }

  public Router newRouter() {
    return new Router(this, config.dynamicHost(), config.metadata(), explanations, tagWarning);
  }
}
