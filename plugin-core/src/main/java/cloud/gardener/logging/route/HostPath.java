package cloud.gardener.logging.route;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Value;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Walks from the value of DynamicHostPath's first key to the text at its end. Not thread-safe.
 * Allocates nothing.
 */
final class HostPath {
  private final MapKeys[] steps;
  private final Value value = new Value();

  /**
   * A walk.
   *
   * @param path not empty; its first key is found by the caller
   */
  HostPath(List<String> path) {
    this.steps = path.stream().skip(1).map(MapKeys::new).toArray(MapKeys[]::new);
  }

  /**
   * Walks on from the first key's value.
   *
   * @param at {@link EventDecoder#NONE} when there is no such key
   * @return whether there is a text; then {@link #offset} and {@link #length} tell where
   */
  boolean find(ByteBuffer in, int at, int end) {
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
