package cloud.gardener.logging.jni;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.migration.Flock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** flock(2), called by the shim. Thread-safe. */
final class ShimFlock implements Flock {
  private static final int HELD = -1;

  @Override
  public Closeable tryLock(Path file) throws IOException {
    int descriptor = Bridge.lock(file.toString().getBytes(UTF_8));
    if (descriptor == HELD) {
      return null;
    }
    if (descriptor < 0) {
      throw new IOException("cannot open " + file + ": errno " + (HELD - descriptor));
    }
    AtomicBoolean closed = new AtomicBoolean();
    return () -> {
      if (!closed.getAndSet(true)) {
        Bridge.unlock(descriptor);
      }
    };
  }
}
