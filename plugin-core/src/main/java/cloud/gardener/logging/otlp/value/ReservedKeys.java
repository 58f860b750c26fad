package cloud.gardener.logging.otlp.value;

import java.nio.ByteBuffer;

/** Keys that an attribute must not have. */
public interface ReservedKeys {
  /** Whether the pair at {@code at} has such a key. */
  boolean has(ByteBuffer in, int at, int end);
}
