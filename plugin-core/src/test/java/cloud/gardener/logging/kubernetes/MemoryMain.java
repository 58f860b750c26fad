package cloud.gardener.logging.kubernetes;

import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.RouteConfigs;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A process that does nothing but watch Clusters, and prints what that costs: heap in use after a
 * collection, the peak of the heap on the way, resident memory, all before and after, and CPU time. Arguments: a
 * folder, the API server's URL, the certificate to trust, how many Clusters to wait for.
 */
final class MemoryMain {
  private MemoryMain() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int expected = Integer.parseInt(arguments[3]);
    CountDownLatch synced = new CountDownLatch(1);
    try (PluginMetrics metrics = new PluginMetrics("test")) {
      long heapBefore = heap();
      long residentBefore = resident();
      ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
      long cpuBeforeNs = cpuNs();
      ShootController controller =
          ShootController.start(
              RouteConfigs.shoots(),
              metrics,
              table -> {
                if (table.shoots().size() == expected) {
                  synced.countDown();
                }
              },
              Kubeconfig.access(folder, arguments[1], FakeApiServer.TOKEN, Path.of(arguments[2])));
      if (!synced.await(5, TimeUnit.MINUTES)) {
        throw new IllegalStateException("not synchronised");
      }
      long cpuMs = TimeUnit.NANOSECONDS.toMillis(cpuNs() - cpuBeforeNs);
      long peak = peak();
      System.out.println("cpuMs=" + cpuMs);
      System.out.println("heap=" + (heap() - heapBefore));
      System.out.println("peak=" + peak);
      System.out.println("resident=" + (resident() - residentBefore));
      System.out.println("total=" + resident());
      controller.close();
    }
  }

  private static long cpuNs() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** The pools' peaks need not have been at one time: this is the most that it can have been. */
  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static long resident() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
    return Long.parseLong(pages) * 4096;
  }
}
