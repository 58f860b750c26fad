package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A disk that takes no more, under load, and then does. Flush answers RETRY meanwhile, and nothing is lost.
 * That modes of files say no is not tried here, because root is never told; the room queue's tests do.
 */
@Tag("faults")
class DiskFaultsTest {
  private static final Duration RESUMED = Duration.ofSeconds(5);
  private static final int CAP_BYTES = 1 << 20;

  @TempDir Path folder;

  @Test
  void shouldGoOnWhenAFullDiskHasRoomAgain() throws Exception {
    List<String> unshare = List.of("unshare", "--user", "--map-root-user", "--mount");
    assumeTrue(succeeds(unshare, "mount -t tmpfs none /mnt"), "ENOSPC did not run: no mount here");
    Path queue = folder.resolve("queue");
    String[] wrapper =
        concat(unshare, "mount -t tmpfs -o size=512k none " + queue + " && exec \"$@\"", "host");
    Files.createDirectory(queue);
    try (FaultRun run = fault("disk full (ENOSPC)", wrapper)) {
      run.run(
              begun -> begun.sink().mode("refuse"),
              full -> {
                awaitRefusal(full);
                HostProcess.run(
                    concat(
                        List.of("nsenter", "-t", "" + full.host().pid(), "--user", "--mount"),
                        "mount -o remount,size=1g " + queue));
                awaitResumed(full);
                full.sink().mode("accept");
              })
          .assertNothingLost()
          .assertNothingDoubled();
    }
  }

  @Test
  void shouldGoOnWhenFilesMayGrowAgain() throws Exception {
    try (FaultRun run = fault("files may not grow (EFBIG)")) {
      run.run(
              begun -> begun.host().limit("fsize", "1000"),
              full -> {
                awaitRefusal(full);
                full.host().limit("fsize", "unlimited");
                awaitResumed(full);
              })
          .assertNothingLost()
          .assertNothingDoubled();
    }
  }

  @Test
  void shouldGoOnWhenThereAreFileDescriptorsAgain() throws Exception {
    Distribution.assumeHostIsNot(
        "DiskFaultsTest.shouldGoOnWhenThereAreFileDescriptorsAgain",
        "Fluent Bit",
        "without a descriptor for the timer of a retry it gives the chunk up");
    try (FaultRun run = fault("no file descriptor (EMFILE)")) {
      run.run(
              begun -> {
                begun.sink().mode("refuse");
                begun.host().limit("nofile", "8");
              },
              without -> {
                awaitRefusal(without);
                without.host().limit("nofile", "1024");
                awaitResumed(without);
                without.sink().mode("accept");
              })
          .assertNothingLost()
          .assertNothingDoubled();
    }
  }

  @Test
  void shouldGoOnWhenTheQueuesFolderIsBackInItsPlace() throws Exception {
    Path seed = folder.resolve("queue/dque/seed");
    Path away = folder.resolve("queue/dque/away");
    try (FaultRun run = fault("the queue's folder out of reach (ENOTDIR)")) {
      run.run(
              begun -> {
                begun.sink().mode("refuse");
                Files.move(seed, away);
                Files.createFile(seed);
              },
              without -> {
                awaitRefusal(without);
                Files.delete(seed);
                Files.move(away, seed);
                awaitResumed(without);
                without.sink().mode("accept");
              })
          .assertNothingLost()
          .assertNothingDoubled();
    }
  }

  @Test
  void shouldGoOnWhenTheQueuesFolderIsRemoved() throws Exception {
    try (FaultRun run = fault("the queue's folder removed while it was empty")) {
      run.run(
              begun -> {
                begun.host().await("an empty queue", () -> begun.metric("buffered_logs") == 0);
                remove(folder.resolve("queue/dque/seed"));
              },
              removed -> {})
          .assertNothingLost();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DQueMaxBytes", "DQueTotalMaxBytes"})
  void shouldStayBelowTheCapAndHaveTheHostKeepTheRest(String key) throws Exception {
    try (FaultRun run = fault("backend down, queue full, " + key)) {
      run.output("DQueMaxBytes", "" + CAP_BYTES).output(key, "" + CAP_BYTES);
      long[] most = new long[1];
      run.run(
              begun -> begun.sink().mode("refuse"),
              full -> {
                full.host().awaitLine(line -> line.contains("the queue has reached DQueMaxBytes"));
                most[0] = full.bytesOnDisk();
                full.sink().mode("accept");
                full.host()
                    .await(
                        "all to be taken",
                        () -> {
                          most[0] = Math.max(most[0], (long) full.metric("dque_bytes"));
                          return full.incoming() == full.sent();
                        });
              })
          .assertNothingLost()
          .assertNothingDoubled()
          .assertFlushWasNotBlocked();
      assertTrue(most[0] > CAP_BYTES / 2 && most[0] <= CAP_BYTES, most[0] + " bytes on disk");
    }
  }

  /** Small segments, so that a new file is soon needed. */
  private FaultRun fault(String name, String... wrapper) throws Exception {
    return new FaultRun(name, folder, SinkProcess.start(), wrapper).output("DQueSegmentSize", "4");
  }

  private static void awaitRefusal(FaultRun run) throws Exception {
    run.host().awaitLine(line -> line.contains("cannot append to the queue"));
  }

  /** Waits until flushes succeed again. */
  private static void awaitResumed(FaultRun run) throws Exception {
    long startNs = System.nanoTime();
    run.host().awaitLine(line -> line.contains("can append to the queue"));
    Duration took = Duration.ofNanos(System.nanoTime() - startNs);
    assertTrue(took.compareTo(RESUMED) < 0, "went on only after " + took);
  }

  private static boolean succeeds(List<String> prefix, String script) throws Exception {
    try {
      HostProcess.run(concat(prefix, script));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String[] concat(List<String> prefix, String script, String... arguments) {
    Stream<String> shell = Stream.concat(Stream.of("sh", "-c", script), Stream.of(arguments));
    return Stream.concat(prefix.stream(), shell).toArray(String[]::new);
  }

  private static void remove(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
