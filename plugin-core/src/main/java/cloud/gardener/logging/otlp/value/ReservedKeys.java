package cloud.gardener.logging.otlp.value;

/** Keys that an attribute must not have. */
public interface ReservedKeys {
  /** Whether the pair at {@code at} has such a key. */
  boolean has(byte[] in, int at, int end);
}
