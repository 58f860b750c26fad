package cloud.gardener.logging.otlp.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing array for protobuf, written front to back. Every tag used here is one byte.
 *
 * <p>The length of a message precedes it but is known only after it. {@link #begin} reserves room for a length of the
 * likely size; {@link #end} moves the message in the rare case that the size differs.
 *
 * <p>Not thread-safe. Allocates only to grow.
 */
public final class ProtoBuffer {
  private static final int INITIAL_BYTES = 4 << 10;

  /** Capacity that is kept between chunks: one large record must not hold memory forever. */
  private static final int KEPT_BYTES = 1 << 20;

  private static final int MAX_ONE_BYTE = 0x7f;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  public byte[] array = new byte[INITIAL_BYTES];
  public int size;

  public void reset() {
    size = 0;
    if (array.length > KEPT_BYTES) {
      array = new byte[INITIAL_BYTES];
    }
  }

  public void reserve(int more) {
    if (more > array.length - size) {
      grow(more);
    }
  }

  private void grow(int more) {
    long wanted = Math.max((long) size + more, Math.min(2L * array.length, Integer.MAX_VALUE - 8));
    array = Arrays.copyOf(array, Math.toIntExact(wanted));
  }

  public void varintField(int tag, long value) {
    reserve(11);
    array[size++] = (byte) tag;
    varint(value);
  }

  public void fixed64Field(int tag, long value) {
    reserve(9);
    array[size] = (byte) tag;
    LONG.set(array, size + 1, value);
    size += 9;
  }

  public void fixed32Field(int tag, int value) {
    reserve(5);
    array[size] = (byte) tag;
    INT.set(array, size + 1, value);
    size += 5;
  }

  public void bytesField(int tag, byte[] bytes) {
    bytesField(tag, bytes, 0, bytes.length);
  }

  public void bytesField(int tag, byte[] bytes, int offset, int length) {
    reserve(6 + length);
    array[size++] = (byte) tag;
    varint(length);
    copy(bytes, offset, length);
  }

  /** Writes a message whose only field has these bytes. */
  void bytesMessage(int tag, int fieldTag, byte[] bytes, int offset, int length) {
    reserve(12 + length);
    array[size++] = (byte) tag;
    varint(1 + varintBytes(length) + length);
    array[size++] = (byte) fieldTag;
    varint(length);
    copy(bytes, offset, length);
  }

  /** The caller has reserved room. */
  private void copy(byte[] bytes, int offset, int length) {
    System.arraycopy(bytes, offset, array, size, length);
    size += length;
  }

  void byteOf(int value) {
    reserve(1);
    array[size++] = (byte) value;
  }

  /** Appends bytes without a tag and a length. */
  public void raw(byte[] bytes, int offset, int length) {
    reserve(length);
    copy(bytes, offset, length);
  }

  /** Begins a message that is likely to be shorter than 128 bytes; returns the mark for {@link #end}. */
  public int begin(int tag) {
    return begin(tag, 1);
  }

  /** Begins a message whose length is likely to take {@code lengthBytes}. */
  public int begin(int tag, int lengthBytes) {
    reserve(1 + lengthBytes);
    array[size] = (byte) tag;
    size += 1 + lengthBytes;
    return size;
  }

  public void end(int mark) {
    end(mark, 1);
  }

  public void end(int mark, int lengthBytes) {
    int length = size - mark;
    if (lengthBytes == 1 && length <= MAX_ONE_BYTE) {
      array[mark - 1] = (byte) length;
      return;
    }
    int needed = varintBytes(length);
    if (needed != lengthBytes) {
      reserve(5);
      System.arraycopy(array, mark, array, mark - lengthBytes + needed, length);
    }
    size = mark - lengthBytes;
    varint(length);
    size += length;
  }

  /** Writes a varint; the caller has reserved room. */
  private void varint(long value) {
    if ((value & ~MAX_ONE_BYTE) == 0) {
      array[size++] = (byte) value;
    } else {
      longVarint(value);
    }
  }

  private void longVarint(long value) {
    byte[] bytes = array;
    int at = size;
    long left = value;
    while ((left & ~MAX_ONE_BYTE) != 0) {
      bytes[at++] = (byte) (left & MAX_ONE_BYTE | 0x80);
      left >>>= 7;
    }
    bytes[at++] = (byte) left;
    size = at;
  }

  public static int varintBytes(int value) {
    if ((value & ~MAX_ONE_BYTE) == 0) {
      return 1;
    }
    return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }
}
