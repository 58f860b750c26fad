package com.squareup.tape2;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Opens a {@link QueueFile} over a file that the caller has opened. Tape's builder always opens with
 * "rwd", which waits for the device three times an append; its constructor is package-private.
 */
public final class QueueFiles {
  private QueueFiles() {}

  /**
   * A queue over {@code open}, whose structure the caller has verified. The queue owns it from now on.
   *
   * @throws IOException when the header does not read
   */
  public static QueueFile over(File file, RandomAccessFile open) throws IOException {
    boolean zero = false; // Removed bytes need not be wiped: the file is deleted or emptied soon.
    boolean forceLegacy = false;
    return new QueueFile(file, open, zero, forceLegacy);
  }
}
