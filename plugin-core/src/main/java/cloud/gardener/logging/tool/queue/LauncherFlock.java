package cloud.gardener.logging.tool.queue;

import cloud.gardener.logging.migration.Flock;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/**
 * flock(2) through the tool's native launcher: a process of its own holds the lock until its input ends, which is at the
 * latest when the tool ends. Thread-safe.
 */
final class LauncherFlock implements Flock {
  private static final String LAUNCHER = System.getProperty("gardener.tool");

  @Override
  public Closeable tryLock(Path file) throws IOException {
    if (LAUNCHER == null) {
      throw new IOException("the tool was not started by bin/flb-gardener");
    }
    Process holder = new ProcessBuilder(LAUNCHER, "--lock", file.toString()).redirectError(Redirect.DISCARD).start();
    String answer = holder.inputReader().readLine();
    if ("locked".equals(answer)) {
      return holder.getOutputStream();
    }
    if ("held".equals(answer)) {
      return null;
    }
    throw new IOException("cannot lock " + file + ": " + answer);
  }
}
