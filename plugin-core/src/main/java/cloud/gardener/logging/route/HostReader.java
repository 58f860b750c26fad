package cloud.gardener.logging.route;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Value;
import java.util.List;

/**
 * Follows DynamicHostPath from the value of its first key to the text at its end. Not thread-safe. Allocates nothing.
 */
final class HostReader {
  private final MapKeys[] steps;
  private final Value value = new Value();

  /**
   * Creates a path.
   *
   * @param path not empty; the caller finds the first key
   */
  HostReader(List<String> path) {
    this.steps = path.stream().skip(1).map(MapKeys::new).toArray(MapKeys[]::new);
  }

  /**
   * Follows the path from the first key's value.
   *
   * @param at offset of that value; {@link EventDecoder#NONE} if there is no such key
   * @return whether there is a text; {@link #offset} and {@link #length} then return its position
   */
  boolean find(byte[] in, int at, int end) {
    int next = at;
    for (int i = 0; i < steps.length && next != EventDecoder.NONE; i++) {
      steps[i].find(in, next, end);
      next = steps[i].valueAt(0);
    }
    if (next == EventDecoder.NONE) {
      return false;
    }
    value.read(in, next, end);
    return value.kind == Value.STRING || value.kind == Value.BINARY;
  }

  int offset() {
    return value.offset;
  }

  int length() {
    return value.length;
  }
}
