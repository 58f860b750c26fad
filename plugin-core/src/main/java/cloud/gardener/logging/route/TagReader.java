package cloud.gardener.logging.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.config.MetadataConfig;
import cloud.gardener.logging.event.TagMetadata;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads Kubernetes metadata from tags. The expression, TagPrefix followed by TagExpression, may match any part of a
 * tag; its groups 1 to 4 are pod, namespace, container and container id. Each tag is matched once and then cached.
 *
 * <p>Not thread-safe.
 */
final class TagReader {
  /** No tag of a log file is longer; longer tags are neither matched nor cached. */
  static final int MAX_BYTES = 4096;

  private static final int GROUPS = MetadataConfig.TAG_GROUPS;

  private final Pattern expression;
  private final int hostGroup;
  private final Consumer<String> unmatched;
  private final ByteCache<Tag> cache = new ByteCache<>();

  /**
   * Creates a reader.
   *
   * @param hostPath DynamicHostPath, which may lead into the metadata
   * @param unmatched receives each tag without metadata, once
   */
  TagReader(MetadataConfig config, List<String> hostPath, Consumer<String> unmatched) {
    this.expression = config.tagExpression();
    this.unmatched = unmatched;
    this.hostGroup = hostGroup(hostPath);
  }

  /** Returns the group whose text is at {@code path} in the metadata; 0 for none. */
  private static int hostGroup(List<String> path) {
    if (path.size() != 2 || !path.get(0).equals("kubernetes")) {
      return 0;
    }
    return switch (path.get(1)) {
      case "pod_name" -> 1;
      case "namespace_name" -> 2;
      case "container_name" -> 3;
      case "container_id" -> 4;
      default -> 0;
    };
  }

  Tag read(byte[] in, int offset, int length) {
    if (length > MAX_BYTES) {
      unmatched.accept("(longer than " + MAX_BYTES + " bytes)");
      return Tag.WITHOUT_METADATA;
    }
    Tag tag = cache.get(in, offset, length);
    if (tag == null) {
      String text = new String(in, offset, length, UTF_8);
      tag = match(text);
      cache.put(in, offset, length, tag);
      if (tag.metadata() == null) {
        unmatched.accept(text);
      }
    }
    return tag;
  }

  private Tag match(String tag) {
    Matcher matcher = expression.matcher(tag);
    if (!matcher.find()) {
      return Tag.WITHOUT_METADATA;
    }
    byte[][] groups = new byte[GROUPS + 1][0];
    for (int i = 1; i <= GROUPS; i++) {
      String group = matcher.group(i);
      if (group == null || group.isEmpty()) {
        return Tag.WITHOUT_METADATA;
      }
      groups[i] = group.getBytes(UTF_8);
    }
    TagMetadata metadata = new TagMetadata(groups[1], groups[2], groups[3], groups[4]);
    return new Tag(metadata, groups[hostGroup]);
  }
}
