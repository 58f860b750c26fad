package cloud.gardener.logging.otlp.severity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The header that klog writes: {@code Lmmdd hh:mm:ss}, or the newer {@code Lyyyymmdd hh:mm:ss}. Eight bytes are compared
 * at once with a shape: digits, and letters that stand for themselves. Stateless.
 */
final class KlogHeader {
  private static final int BYTES = 14;
  private static final int BYTES_WITH_YEAR = 18;

  private static final long HIGHS = 0x8080808080808080L;

  // The byte of a shape, and what sets the high bit of its difference to a byte that does not fit.
  private static final long SHORT_DATE = shape("*0000 00");
  private static final long SHORT_DATE_LIMITS = limits("*0000 00");
  private static final long DATE = shape("00000000");
  private static final long DATE_LIMITS = limits("00000000");
  private static final long TIME = shape("00:00:00");
  private static final long TIME_LIMITS = limits("00:00:00");

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private KlogHeader() {}

  /** Whether the text from {@code start} to {@code end} begins with a header. */
  static boolean isAt(byte[] array, int start, int end) {
    if (end - start < BYTES) {
      return false;
    }
    int letter = array[start];
    if (letter != 'I' && letter != 'W' && letter != 'E' && letter != 'F') {
      return false;
    }
    long first = (long) LONG.get(array, start) & ~0xffL;
    return fits(first, SHORT_DATE, SHORT_DATE_LIMITS) && isTime(array, start + 6) || hasYear(array, start, end);
  }

  private static boolean hasYear(byte[] array, int start, int end) {
    return end - start >= BYTES_WITH_YEAR
        && array[start + 9] == ' '
        && fits((long) LONG.get(array, start + 1), DATE, DATE_LIMITS)
        && isTime(array, start + 10);
  }

  private static boolean isTime(byte[] array, int start) {
    return fits((long) LONG.get(array, start), TIME, TIME_LIMITS);
  }

  private static boolean fits(long eight, long shape, long limits) {
    long difference = eight ^ shape;
    return ((difference | difference + limits) & HIGHS) == 0;
  }

  /** Returns eight bytes: a digit is written as 0, and {@code *} stands for a byte that is zero. */
  private static long shape(String text) {
    long shape = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      shape = shape << Byte.SIZE | (text.charAt(i) == '*' ? 0 : text.charAt(i));
    }
    return shape;
  }

  /** Returns what is too much for differences of up to 9 at digits, and of 0 elsewhere. */
  private static long limits(String text) {
    long limits = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      limits = limits << Byte.SIZE | (text.charAt(i) == '0' ? 0x7f - 9 : 0x7f);
    }
    return limits;
  }
}
