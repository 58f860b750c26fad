package cloud.gardener.logging.migration;

import cloud.gardener.logging.log.ThrottledLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Imports the folders of one target, one after the other. Not thread-safe, except for {@link #stop}. */
final class TargetImport {
  private static final Logger LOG = Logger.getLogger(TargetImport.class.getName());
  private static final ThrottledLog WAITING_LOG = new ThrottledLog(LOG, Level.WARNING);

  /** When the next {@link #step} is due. */
  enum Next {
    AT_ONCE,
    SOON,
    LATER,
    NEVER
  }

  private final ImportTarget target;
  private final Deque<FolderImport> folders;
  private volatile boolean stopped;
  private boolean inUseLogged;

  /** Begins the import: chunks should wait from now on. */
  TargetImport(ImportTarget target, Collection<FolderImport> folders) {
    this.target = target;
    this.folders = new ArrayDeque<>(folders);
    target.setImporting(true);
  }

  /** Makes the import end at the next boundary of a file, or where there is no room. */
  void stop() {
    stopped = true;
  }

  Next step() {
    FolderImport folder = folders.peek();
    if (folder == null) {
      return end();
    }
    try {
      return step(folder);
    } catch (IOException | RuntimeException e) {
      LOG.log(
          Level.SEVERE,
          () ->
              target.name() + ": the records of the plugin in Go in " + folder.folder()
                  + " are not imported, or not all: " + e);
      closeFolder(folders.poll());
      return Next.AT_ONCE;
    }
  }

  private Next step(FolderImport folder) throws IOException {
    if (stopped && folder.isBetweenFiles()) {
      return end();
    }
    FolderImport.Step result = folder.step();
    if (stopped) {
      return end();
    }
    switch (result) {
      case END -> folders.poll();
      case NO_ROOM -> {
        WAITING_LOG.log(
            () ->
                target.name() + ": the import from the plugin in Go waits: the queue has reached"
                    + " DQueMaxBytes or DQueTotalMaxBytes, or the disk refuses");
        return Next.SOON;
      }
      case IN_USE -> {
        reportInUse(folder);
        return Next.LATER;
      }
      case IMPORTED_ELSEWHERE -> {
        target.setImporting(false); // Whatever that output leaves is imported later.
        return Next.LATER;
      }
      case FILE -> {
        // There may be more.
      }
    }
    target.setImporting(true);
    return Next.AT_ONCE;
  }

  /** New records do not wait for another process. */
  private void reportInUse(FolderImport folder) {
    target.setImporting(false);
    if (!inUseLogged) {
      inUseLogged = true;
      LOG.warning(
          () ->
              target.name() + ": a plugin in Go uses the queue in " + folder.folder() + " (it holds "
                  + GoFolder.LOCK + "): its records are imported when that one has stopped");
    }
  }

  private Next end() {
    target.setImporting(false);
    folders.forEach(TargetImport::closeFolder);
    folders.clear();
    return Next.NEVER;
  }

  private static void closeFolder(FolderImport folder) {
    try {
      folder.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, () -> "cannot close " + folder.folder() + ": " + e);
    }
  }
}
