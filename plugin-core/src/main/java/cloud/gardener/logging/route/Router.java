package cloud.gardener.logging.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.config.DynamicHostConfig;
import cloud.gardener.logging.config.MetadataConfig;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.TagMetadata;
import cloud.gardener.logging.event.Value;
import java.util.List;

/**
 * Routes the records of chunks: call {@link #begin} for each chunk, then {@link #route} for each of its records.
 *
 * <p>Not thread-safe: one flush uses it at a time. Allocates only for a namespace or a tag that is seen for the first
 * time, and in level debug for every record.
 */
public final class Router {
  private static final int KUBERNETES = 0;
  private static final int TAG = 1;
  private static final int HOST = 2;

  private final Routing routing;
  private final MetadataConfig metadataConfig;
  private final Explanations explanations;
  private final boolean isRouting;
  private final boolean inspectsRecords;
  private final MapKeys keys;
  private final HostReader hostPath;
  private final TagReader tags;
  private final ByteCache<Route> routeCache = new ByteCache<>();
  private final Value value = new Value();

  private RoutingTable table;
  private String chunkTag = "";
  private byte[] chunkTagBytes = new byte[0];
  private boolean hasQueried;
  private boolean explains;
  private TagMetadata tagMetadata;
  private boolean hasMetadata;

  Router(
      Routing routing,
      DynamicHostConfig hosts,
      MetadataConfig metadataConfig,
      Explanations explanations,
      TagWarning tagWarning) {
    List<String> path = hosts.path();
    this.routing = routing;
    this.metadataConfig = metadataConfig;
    this.explanations = explanations;
    this.isRouting = !path.isEmpty();
    this.inspectsRecords =
        isRouting || metadataConfig.fallbackToTag() || metadataConfig.dropWithoutMetadata();
    this.keys =
        new MapKeys("kubernetes", metadataConfig.tagKey(), isRouting ? path.get(0) : "kubernetes");
    this.hostPath = new HostReader(path);
    this.tags = new TagReader(metadataConfig, path, tagWarning::warn);
  }

  /**
   * Starts a chunk that is routed by the current table.
   *
   * @param tag Fluent Bit's tag of the chunk
   */
  public void begin(String tag) {
    begin(tag, routing.table());
  }

  /**
   * Starts a chunk that is routed by the given table, which may have been replaced meanwhile.
   *
   * @param tag Fluent Bit's tag of the chunk
   */
  public void begin(String tag, RoutingTable next) {
    if (next != table || hasQueried) {
      table = next;
      routeCache.clear(); // So that namespaces are queried again with each chunk.
      hasQueried = false;
    }
    if (!tag.equals(chunkTag)) {
      chunkTag = tag;
      chunkTagBytes = tag.getBytes(UTF_8);
    }
    explains = explanations.isEnabled();
  }

  /** Returns the route of the decoder's current record. */
  public Route route(EventDecoder event) {
    tagMetadata = null;
    hasMetadata = true;
    if (!inspectsRecords) {
      return explain(Route.NO_PATH, null, 0, 0);
    }
    byte[] in = event.bytes();
    int end = event.end();
    keys.find(in, event.bodyAt(), end);
    Tag tag = null;
    if (!isMap(in, keys.valueAt(KUBERNETES), end)) {
      tag = metadataConfig.fallbackToTag() ? readTag(in, end) : Tag.WITHOUT_METADATA;
      tagMetadata = tag.metadata();
      hasMetadata = tagMetadata != null;
      if (!hasMetadata && metadataConfig.dropWithoutMetadata()) {
        return explain(Route.NO_METADATA, null, 0, 0);
      }
    }
    if (!isRouting) {
      return explain(Route.NO_PATH, null, 0, 0);
    }
    if (hostPath.find(in, keys.valueAt(HOST), end)) {
      return routeByNamespace(in, hostPath.offset(), hostPath.length());
    }
    return tag == null ? routeByNamespace(in, 0, 0) : routeByNamespace(tag.host(), 0, tag.host().length);
  }

  private boolean isMap(byte[] in, int at, int end) {
    return at != EventDecoder.NONE
        && value.read(in, at, end) != Value.MALFORMED
        && value.kind == Value.MAP;
  }

  /** Reads the record's own tag, or else the chunk's. */
  private Tag readTag(byte[] in, int end) {
    int at = keys.valueAt(TAG);
    if (at != EventDecoder.NONE && value.read(in, at, end) >= 0 && value.kind == Value.STRING) {
      return tags.read(in, value.offset, value.length);
    }
    return tags.read(chunkTagBytes, 0, chunkTagBytes.length);
  }

  private Route routeByNamespace(byte[] in, int offset, int length) {
    if (length > RoutingTable.MAX_LABEL) {
      return explain(Route.NO_LABEL, null, 0, 0);
    }
    Route route = routeCache.get(in, offset, length);
    if (route == null) {
      route = decide(text(in, offset, length));
      routeCache.put(in, offset, length, route);
    }
    return explain(route, in, offset, length);
  }

  private Route decide(String namespace) {
    Route route = table.route(namespace);
    if (route.isQueried()) {
      hasQueried = true;
      routing.query(namespace);
    }
    return route;
  }

  private Route explain(Route route, byte[] in, int offset, int length) {
    if (explains) {
      explanations.log(chunkTag, in == null ? "" : text(in, offset, length), route);
    }
    return route;
  }

  private static String text(byte[] in, int offset, int length) {
    return new String(in, offset, length, UTF_8);
  }

  /** The tag's metadata for the record routed last; null if the record has its own, or the tag has none. */
  public TagMetadata tagMetadata() {
    return tagMetadata;
  }

  /** Whether the record routed last has Kubernetes metadata, of its own or from its tag. */
  public boolean hasMetadata() {
    return hasMetadata;
  }
}
