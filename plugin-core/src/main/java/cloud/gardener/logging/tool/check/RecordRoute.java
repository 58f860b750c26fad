package cloud.gardener.logging.tool.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.TagMetadata;
import cloud.gardener.logging.route.Coverage;
import cloud.gardener.logging.route.Route;
import cloud.gardener.logging.route.Router;
import cloud.gardener.logging.route.Routing;
import cloud.gardener.logging.route.RoutingTable;
import cloud.gardener.logging.route.Shoot;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** Routes one record by the plugin's own router. The record holds its namespace at DynamicHostPath, and nothing else. */
final class RecordRoute {
  /** The path at which metadata from the tag holds the namespace. */
  private static final List<String> NAMESPACE_PATH = List.of("kubernetes", "namespace_name");

  private static final int ARRAY_OF_TWO = 0x92;
  private static final int EMPTY_MAP = 0x80;
  private static final int MAP_OF_ONE = 0x81;
  private static final int STRING_16 = 0xda;

  private final PluginConfig config;
  private final String tag;
  private final byte[] event;
  private final String namespace;

  /**
   * Creates a record.
   *
   * @param recordNamespace the namespace that the record names; empty if it has none, so that its tag may name it
   */
  RecordRoute(PluginConfig config, String tag, String recordNamespace) {
    this.config = config;
    this.tag = tag;
    this.event = encodeEvent(config.dynamicHost().path(), recordNamespace);
    this.namespace = recordNamespace.isEmpty() ? namespaceOfTag() : recordNamespace;
  }

  /** The namespace that decides; empty for none. */
  String namespace() {
    return namespace;
  }

  /** Returns the route when this is what the API server says of the namespace. */
  Route route(ShootKnowledge knowledge) {
    Map<String, Shoot> shoots = knowledge.shoot().map(shoot -> Map.of(namespace, shoot)).orElse(Map.of());
    Router router = newRouter(shoots, knowledge == ShootKnowledge.NONE);
    return route(router);
  }

  private String namespaceOfTag() {
    Router router = newRouter(Map.of(), false);
    route(router);
    TagMetadata metadata = router.tagMetadata();
    boolean isUsed = metadata != null && config.dynamicHost().path().equals(NAMESPACE_PATH);
    return isUsed ? new String(metadata.namespace(), UTF_8) : "";
  }

  private Router newRouter(Map<String, Shoot> shoots, boolean isAbsent) {
    Routing routing = new Routing(config);
    routing.setTable(
        new RoutingTable(
            config.dynamicHost(), config.states(), shoots, Coverage.CURRENT, any -> isAbsent));
    return routing.newRouter();
  }

  private Route route(Router router) {
    EventDecoder decoder = new EventDecoder();
    decoder.wrap(event, event.length);
    decoder.next();
    router.begin(tag);
    return router.route(decoder);
  }

  /** A log event of Fluent Bit in msgpack: a time and a map. */
  private static byte[] encodeEvent(List<String> path, String namespace) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ARRAY_OF_TWO);
    out.write(0);
    if (path.isEmpty() || namespace.isEmpty()) {
      out.write(EMPTY_MAP);
    } else {
      for (String key : path) {
        out.write(MAP_OF_ONE);
        writeString(key, out);
      }
      writeString(namespace, out);
    }
    return out.toByteArray();
  }

  private static void writeString(String text, ByteArrayOutputStream out) {
    byte[] bytes = text.getBytes(UTF_8);
    out.write(STRING_16);
    out.write(bytes.length >> Byte.SIZE);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }
}
