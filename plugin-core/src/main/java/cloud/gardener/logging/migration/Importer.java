package cloud.gardener.logging.migration;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.intake.Target;
import cloud.gardener.logging.intake.TargetEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Imports the queues that the plugin in Go left for the targets of one output: the seed's at the start, a shoot's when
 * its Cluster is known. One thread serves all targets in turn, a file at a time, so that a target without
 * room delays no other. The thread starts with the first import and ends after the last.
 *
 * <p>Thread-safe.
 */
public final class Importer {
  private static final Logger LOG = Logger.getLogger(Importer.class.getName());

  /** No namespace. */
  private static final String SEED = "";

  private static final long SOON_MS = 1_000;
  private static final long LATER_MS = 10_000;
  private static final long STOP_SECONDS = 5;

  private final PluginConfig config;
  private final Flock flock;
  private final Runnable unreadableFile;
  private final ScheduledThreadPoolExecutor executor;

  // Guarded by this.
  private final Map<String, List<Path>> shootQueues;
  private final Map<String, TargetImport> running = new HashMap<>();

  /**
   * Looks for the queues of shoots.
   *
   * @param unreadableFile counts a file that was not imported, or not completely
   */
  public Importer(PluginConfig config, Flock flock, Runnable unreadableFile) {
    this.config = config;
    this.flock = flock;
    this.unreadableFile = unreadableFile;
    this.executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "gardener-import");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    executor.setKeepAliveTime(1, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.shootQueues = config.dynamicHost().path().isEmpty() ? new TreeMap<>() : findShootQueues();
    if (!shootQueues.isEmpty()) {
      LOG.info(
          () ->
              config.queue().name() + ": the plugin in Go left records for " + shootQueues.size()
                  + " shoots in " + config.queue().dir()
                  + ", each is imported when its shoot is known");
    }
  }

  private Map<String, List<Path>> findShootQueues() {
    try {
      return GoFolders.ofShoots(config);
    } catch (IOException e) {
      reportUnreadableFolders(e);
      return new TreeMap<>();
    }
  }

  private void reportUnreadableFolders(IOException e) {
    unreadableFile.run();
    LOG.log(
        Level.SEVERE,
        () -> "cannot look for queues of the plugin in Go in " + config.queue().dir() + ": " + e);
  }

  /** Starts the import for the seed's target. Does not wait for it. */
  public void importSeed(Target target) {
    try {
      start(SEED, target, GoFolders.ofSeed(config));
    } catch (IOException e) {
      reportUnreadableFolders(e);
    }
  }

  /** Starts the import for a shoot's target, unless that has been done. Does not wait for it. */
  public synchronized void importShoot(String namespace, Target target) {
    List<Path> folders = shootQueues.get(namespace);
    if (folders != null && !running.containsKey(namespace)) {
      start(namespace, target, folders);
    }
  }

  private synchronized void start(String key, Target target, List<Path> folders) {
    if (folders.isEmpty()) {
      return;
    }
    if (target instanceof ImportTarget importTarget) {
      start(key, importTarget, folders);
    } else {
      LOG.warning(
          () ->
              target.name() + ": the plugin in Go left records in " + folders
                  + ", and they stay there: this target has no disk queue to import them into");
      shootQueues.remove(key);
    }
  }

  private void start(String key, ImportTarget target, List<Path> folders) {
    List<FolderImport> imports =
        folders.stream()
            .map(
                folder ->
                    new FolderImport(
                        folder,
                        target,
                        flock,
                        () -> new TargetEncoder(config, target),
                        new ImportReport(target.name(), folder, unreadableFile)))
            .toList();
    TargetImport started = new TargetImport(target, imports);
    running.put(key, started);
    executor.execute(() -> step(key, started));
  }

  private void step(String key, TargetImport current) {
    switch (current.step()) {
      case AT_ONCE -> executor.execute(() -> step(key, current));
      case SOON -> executor.schedule(() -> step(key, current), SOON_MS, TimeUnit.MILLISECONDS);
      case LATER -> executor.schedule(() -> step(key, current), LATER_MS, TimeUnit.MILLISECONDS);
      case NEVER -> onEnd(key, current);
    }
  }

  private synchronized void onEnd(String key, TargetImport ended) {
    if (running.remove(key, ended) && !key.equals(SEED)) {
      shootQueues.remove(key);
    }
  }

  /** A shoot's target is removed: what is not imported yet stays for the next one. */
  public synchronized void stopImport(String namespace) {
    TargetImport current = running.remove(namespace);
    if (current != null) {
      current.stop();
    }
  }

  /** Ends all imports after their current file, a few seconds later at most. The rest is imported at the next start. */
  public void stop() throws InterruptedException {
    Collection<TargetImport> all;
    synchronized (this) {
      all = new ArrayList<>(running.values());
    }
    all.forEach(TargetImport::stop);
    executor.shutdown();
    if (executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
      all.forEach(TargetImport::step);
    }
  }
}
