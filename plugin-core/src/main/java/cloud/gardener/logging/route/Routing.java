package cloud.gardener.logging.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.config.PluginConfig;
import java.nio.ByteBuffer;
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

  /**
   * Explains where a record would go, in the words of the log, without asking the API server.
   *
   * @param tag Fluent Bit's tag
   * @param namespace the text at DynamicHostPath; empty for a record without Kubernetes metadata
   */
  public String explain(String tag, String namespace) {
    boolean routes = !config.dynamicHost().path().isEmpty();
    String named = namespace;
    if (namespace.isEmpty()) {
      Tag read = config.metadata().fallbackToTag() ? read(tag) : Tag.WITHOUT_METADATA;
      if (read.metadata() == null && config.metadata().dropWithoutMetadata()) {
        return Explanations.line(tag, "", Route.NO_METADATA);
      }
      named = routes ? UTF_8.decode(read.host().duplicate()).toString() : "";
    }
    return Explanations.line(tag, named, routes ? table.decide(named) : Route.NO_PATH);
  }

  private Tag read(String tag) {
    byte[] bytes = tag.getBytes(UTF_8);
    TagReader reader = new TagReader(config.metadata(), config.dynamicHost().path(), unmatched -> {});
    return reader.read(ByteBuffer.wrap(bytes), 0, bytes.length);
  }

  public Router newRouter() {
    return new Router(this, config.dynamicHost(), config.metadata(), explanations, tagWarning);
  }
}
