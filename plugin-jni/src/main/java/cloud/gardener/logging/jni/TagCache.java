package cloud.gardener.logging.jni;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decodes tags. A tag is the name of a container's log and comes with each of its chunks, so its text is cached. The
 * cache holds about {@value #MAX_TAGS} tags and is then cleared.
 *
 * <p>Thread-safe.
 */
final class TagCache {
  static final int MAX_TAGS = 4096;

  private final Map<ByteBuffer, String> texts = new ConcurrentHashMap<>();

  String text(byte[] tag) {
    ByteBuffer key = ByteBuffer.wrap(tag);
    String text = texts.get(key);
    if (text == null) {
      if (texts.size() >= MAX_TAGS) {
        texts.clear();
      }
      text = new String(tag, UTF_8);
      texts.put(key, text);
    }
    return text;
  }

  int size() {
    return texts.size();
  }
}
