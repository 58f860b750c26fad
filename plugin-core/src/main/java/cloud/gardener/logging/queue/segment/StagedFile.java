package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A segment's file as Tape gets it. Tape writes the file's header with each element; this keeps that back
 * until {@link #commit}, so that several entries become a part of the file with one write, all or none.
 *
 * <p>Not thread-safe: guarded by the queue's lock.
 */
class StagedFile extends RandomAccessFile {
  private long position;
  private byte[] stagedHeader;

  /** Opens the file for reading and writing; writes do not wait for the device. */
  StagedFile(Path file) throws IOException {
    super(file.toFile(), "rw");
  }

  @Override
  public void seek(long to) throws IOException {
    position = to;
    super.seek(to);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (position == 0) { // Nothing but the header is written there.
      stagedHeader = new byte[length];
      System.arraycopy(bytes, offset, stagedHeader, 0, length);
    } else {
      writeNow(bytes, offset, length);
    }
  }

  /** Makes everything that was written a part of the file. */
  void commit() throws IOException {
    byte[] header = stagedHeader;
    if (header != null) {
      stagedHeader = null;
      super.seek(0);
      writeNow(header, 0, header.length);
    }
  }

  void writeNow(byte[] bytes, int offset, int length) throws IOException {
    super.write(bytes, offset, length);
  }
}
