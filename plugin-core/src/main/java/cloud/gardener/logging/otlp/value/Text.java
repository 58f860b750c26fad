package cloud.gardener.logging.otlp.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Converts strings from msgpack, where they may be any bytes, to OTLP, where they must be UTF-8. Each malformed
 * sequence becomes U+FFFD, as the JDK's decoder replaces it.
 *
 * <p>Not thread-safe: counts repaired strings. Allocates only for strings that are not UTF-8.
 */
public final class Text {
  /** Replaces an empty key: OTLP forbids it, and some backends show its value as the message. */
  static final byte EMPTY_KEY = '_';

  private static final long NOT_ASCII = 0x8080808080808080L;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private long repaired;

  /** Total number of strings that were not UTF-8. */
  public long repaired() {
    return repaired;
  }

  /** Sets the number back, to that before strings that are written again. */
  void setRepaired(long count) {
    repaired = count;
  }

  /** Writes a string field. */
  public void field(ProtoBuffer out, int tag, byte[] in, int offset, int length) {
    if (isUtf8(in, offset, offset + length)) {
      out.bytesField(tag, in, offset, length);
    } else {
      out.bytesField(tag, repaired(in, offset, length));
    }
  }

  /** Writes the bytes of a string without a tag and a length. */
  public void bytes(ProtoBuffer out, byte[] in, int offset, int length) {
    if (isUtf8(in, offset, offset + length)) {
      out.raw(in, offset, length);
    } else {
      byte[] repaired = repaired(in, offset, length);
      out.raw(repaired, 0, repaired.length);
    }
  }

  /** Writes a message field that holds an AnyValue with a string. */
  public void anyField(ProtoBuffer out, int tag, byte[] in, int offset, int length) {
    if (isUtf8(in, offset, offset + length)) {
      out.bytesMessage(tag, Fields.ANY_STRING, in, offset, length);
    } else {
      byte[] repaired = repaired(in, offset, length);
      out.bytesMessage(tag, Fields.ANY_STRING, repaired, 0, repaired.length);
    }
  }

  /** Returns a malformed string as UTF-8. */
  byte[] repaired(byte[] in, int offset, int length) {
    repaired++;
    return new String(in, offset, length, UTF_8).getBytes(UTF_8);
  }

  /** Whether the bytes from {@code start} to {@code end} are UTF-8. May read a few bytes behind them in the array. */
  public static boolean isUtf8(byte[] array, int start, int end) {
    int at = start;
    while (end - at >= 4 * Long.BYTES) {
      long together =
          (long) LONG.get(array, at)
              | (long) LONG.get(array, at + 8)
              | (long) LONG.get(array, at + 16)
              | (long) LONG.get(array, at + 24);
      if ((together & NOT_ASCII) != 0) {
        return isWellFormed(array, at, end);
      }
      at += 4 * Long.BYTES;
    }
    while (end - at >= Long.BYTES) {
      if (((long) LONG.get(array, at) & NOT_ASCII) != 0) {
        return isWellFormed(array, at, end);
      }
      at += Long.BYTES;
    }
    int rest = end - at;
    if (rest == 0) {
      return true;
    }
    boolean isAscii =
        at + Long.BYTES <= array.length
            && ((long) LONG.get(array, at) & NOT_ASCII) << Long.SIZE - Byte.SIZE * rest == 0;
    return isAscii || isWellFormed(array, at, end);
  }

  /** Checks for the well-formed sequences of the Unicode Standard, table 3-7. */
  private static boolean isWellFormed(byte[] array, int start, int end) {
    int at = start;
    while (at < end) {
      int lead = array[at++];
      if (lead >= 0) {
        continue;
      }
      lead &= 0xff;
      int more = continuationBytes(lead);
      if (more == 0 || more > end - at) {
        return false;
      }
      int second = array[at] & 0xff;
      int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
      int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
      if (second < lowest || second > highest) {
        return false;
      }
      for (int i = 1; i < more; i++) {
        if ((array[at + i] & 0xc0) != 0x80) {
          return false;
        }
      }
      at += more;
    }
    return true;
  }

  private static int continuationBytes(int lead) {
    if (lead >= 0xc2 && lead <= 0xdf) {
      return 1;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      return 2;
    }
    return lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
  }
}
