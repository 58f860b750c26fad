package cloud.gardener.logging.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.config.DynamicHostConfig;
import cloud.gardener.logging.config.MetadataConfig;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.TagMetadata;
import cloud.gardener.logging.event.Value;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Routes the records of one chunk after the other. {@link #begin} a chunk, then ask {@link #route}
 * for each record.
 *
 * <p>Not thread-safe: one flush uses it at a time. A record allocates nothing; a namespace or a tag
 * seen for the first time does, and in level debug every record.
 */
public final class Router {
  private static final int KUBERNETES = 0;
  private static final int TAG = 1;
  private static final int HOST = 2;

  private final Routing routing;
  private final MetadataConfig metadataConfig;
  private final Explanations explanations;
  private final boolean routes;
  private final boolean looksIntoRecords;
  private final MapKeys keys;
  private final HostPath hostPath;
  private final TagReader tags;
  private final ByteCache<Route> known = new ByteCache<>();
  private final Value value = new Value();

  private RoutingTable table;
  private String chunkTag = "";
  private ByteBuffer chunkTagBytes = ByteBuffer.allocate(0);
  private boolean hasUndecided;
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
    this.routes = !path.isEmpty();
    this.looksIntoRecords =
        routes || metadataConfig.fallbackToTag() || metadataConfig.dropWithout();
    this.keys =
        new MapKeys("kubernetes", metadataConfig.tagKey(), routes ? path.get(0) : "kubernetes");
    this.hostPath = new HostPath(path);
    this.tags = new TagReader(metadataConfig, path, tagWarning);
  }

  /**
   * A chunk begins; it is routed by the table that is in force now.
   *
   * @param tag Fluent Bit's
   */
  public void begin(String tag) {
    begin(tag, routing.table());
  }

  /**
   * A chunk begins that is to be routed by a table which need not be in force any more.
   *
   * @param tag Fluent Bit's
   */
  public void begin(String tag, RoutingTable next) {
    if (next != table || hasUndecided) {
      table = next;
      known.clear(); // What is undecided is asked for again with each chunk.
      hasUndecided = false;
    }
    if (!tag.equals(chunkTag)) {
      chunkTag = tag;
      chunkTagBytes = ByteBuffer.wrap(tag.getBytes(UTF_8));
    }
    explains = explanations.isWanted();
  }

  /** Where the decoder's current record goes. */
  public Route route(EventDecoder event) {
    tagMetadata = null;
    hasMetadata = true;
    if (!looksIntoRecords) {
      return explain(Route.NO_PATH, null, 0, 0);
    }
    ByteBuffer in = event.bytes();
    int end = event.end();
    keys.find(in, event.bodyAt(), end);
    Tag tag = null;
    if (!isMap(in, keys.valueAt(KUBERNETES), end)) {
      tag = metadataConfig.fallbackToTag() ? tag(in, end) : Tag.WITHOUT_METADATA;
      tagMetadata = tag.metadata();
      hasMetadata = tagMetadata != null;
      if (!hasMetadata && metadataConfig.dropWithout()) {
        return explain(Route.NO_METADATA, null, 0, 0);
      }
    }
    if (!routes) {
      return explain(Route.NO_PATH, null, 0, 0);
    }
    if (hostPath.find(in, keys.valueAt(HOST), end)) {
      return host(in, hostPath.offset(), hostPath.length());
    }
    return tag == null ? host(in, 0, 0) : host(tag.host(), 0, tag.host().limit());
  }

  private boolean isMap(ByteBuffer in, int at, int end) {
    return at != EventDecoder.NONE
        && value.read(in, at, end) != Value.MALFORMED
        && value.kind == Value.MAP;
  }

  /** The record's own tag, else the chunk's. */
  private Tag tag(ByteBuffer in, int end) {
    int at = keys.valueAt(TAG);
    if (at != EventDecoder.NONE && value.read(in, at, end) >= 0 && value.kind == Value.STRING) {
      return tags.read(in, value.offset, value.length);
    }
    return tags.read(chunkTagBytes, 0, chunkTagBytes.limit());
  }

  private Route host(ByteBuffer in, int offset, int length) {
    if (length > RoutingTable.MAX_LABEL) {
      return explain(Route.NO_LABEL, null, 0, 0);
    }
    Route route = known.find(in, offset, length);
    if (route == null) {
      route = decide(text(in, offset, length));
      known.put(in, offset, length, route);
    }
    return explain(route, in, offset, length);
  }

  private Route decide(String namespace) {
    Route route = table.decide(namespace);
    if (route.isUndecided()) {
      hasUndecided = true;
      routing.ask(namespace);
    }
    return route;
  }

  private Route explain(Route route, ByteBuffer in, int offset, int length) {
    if (explains) {
      explanations.say(chunkTag, in == null ? "" : text(in, offset, length), route);
    }
    return route;
  }

  private static String text(ByteBuffer in, int offset, int length) {
    byte[] bytes = new byte[length];
    in.get(offset, bytes);
    return new String(bytes, UTF_8);
  }

  /** The metadata for the record routed last, where it has none of its own and its tag has; else null. */
  public TagMetadata tagMetadata() {
    return tagMetadata;
  }

  /** Whether the record routed last has Kubernetes metadata, of its own or from its tag. */
  public boolean hasMetadata() {
    return hasMetadata;
  }
}
