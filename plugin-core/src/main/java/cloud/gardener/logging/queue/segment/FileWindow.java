package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/**
 * Reads small pieces of a file, mostly forward, with few system calls: a queue of gigabytes must start quickly. Not
 * thread-safe.
 */
public final class FileWindow {
  private static final int WINDOW_BYTES = 4096;

  private final RandomAccessFile file;
  private final long length;
  private final byte[] bytes = new byte[WINDOW_BYTES];
  private long start;
  private int filled;

  public FileWindow(RandomAccessFile file) throws IOException {
    this.file = file;
    this.length = file.length();
  }

  /**
   * Brings {@code count} bytes at {@code position} into the window.
   *
   * @return their offset in {@link #bytes}, or -1 when the file ends before them
   */
  public int load(long position, int count) throws IOException {
    if (position + count > length) {
      return -1;
    }
    if (position < start || position + count > start + filled) {
      filled = 0;
      start = position;
      int wanted = (int) Math.min(WINDOW_BYTES, length - position);
      file.seek(position);
      file.readFully(bytes, 0, wanted);
      filled = wanted;
    }
    return (int) (position - start);
  }

  /** The window; changes with the next call of {@link #load}. */
  public byte[] bytes() {
    return bytes;
  }

  int intAt(int offset) {
    return ByteBuffer.wrap(bytes, offset, Integer.BYTES).getInt();
  }

  /** The file's length in bytes. */
  long length() {
    return length;
  }
}
