package cloud.gardener.logging.otlp.value;

import cloud.gardener.logging.event.Value;

/** Reads trace and span ids, which are binary or twice as many hex digits. */
public final class Hex {
  public static final int TRACE_ID_BYTES = 16;
  public static final int SPAN_ID_BYTES = 8;

  private Hex() {}

  /**
   * Writes an id of {@code idBytes} as the field {@code tag}; returns false, with nothing written, if it is invalid.
   */
  public static boolean idField(ProtoBuffer out, int tag, int idBytes, byte[] in, Value value) {
    if (value.kind == Value.BINARY && value.length == idBytes) {
      return binaryField(out, tag, idBytes, in, value.offset);
    }
    if (value.kind != Value.STRING || value.length != 2 * idBytes) {
      return false;
    }
    int any = 0;
    for (int i = 0; i < value.length; i++) {
      int digit = digit(in[value.offset + i]);
      if (digit < 0) {
        return false;
      }
      any |= digit;
    }
    if (any == 0) {
      return false; // OTLP: an id of zeros is invalid
    }
    out.reserve(2 + idBytes);
    out.array[out.size++] = (byte) tag;
    out.array[out.size++] = (byte) idBytes;
    for (int i = 0; i < value.length; i += 2) {
      int high = digit(in[value.offset + i]);
      int low = digit(in[value.offset + i + 1]);
      out.array[out.size++] = (byte) (high << 4 | low);
    }
    return true;
  }

  private static boolean binaryField(
      ProtoBuffer out, int tag, int idBytes, byte[] in, int offset) {
    int any = 0;
    for (int i = 0; i < idBytes; i++) {
      any |= in[offset + i];
    }
    if (any != 0) {
      out.bytesField(tag, in, offset, idBytes);
    }
    return any != 0;
  }

  /** Returns trace flags that are a number or two hex digits; -1 if they are neither. */
  public static int flags(byte[] in, Value value) {
    if (value.kind == Value.INTEGER && value.integer >= 0 && value.integer <= 0xffffffffL) {
      return (int) value.integer & 0x7fffffff;
    }
    if (value.kind == Value.STRING && value.length == 2) {
      int high = digit(in[value.offset]);
      int low = digit(in[value.offset + 1]);
      return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
    return -1;
  }

  private static int digit(int character) {
    if (character >= '0' && character <= '9') {
      return character - '0';
    }
    int letter = character | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }
}
