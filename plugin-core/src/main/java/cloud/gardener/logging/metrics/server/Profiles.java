package cloud.gardener.logging.metrics.server;

import com.sun.net.httpserver.HttpExchange;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages below {@code /debug/pprof/}, as text. They show the names of classes, methods and threads, and no data.
 * Loaded only when {@code Pprof} is true.
 */
final class Profiles {
  private static final String ROOT = "/debug/pprof/";
  private static final String INDEX =
      """
      threads             the stack of every Java thread
      heap                the objects of the heap by class, after a collection
      profile?seconds=10  CPU time by stack, in microseconds, measured for 1 to 60 seconds:
                          collapsed stacks, as flame graph tools read them
      """;
  private static final int DEFAULT_SECONDS = 10;
  private static final Pattern SECONDS = Pattern.compile("(?:.*&)?seconds=([^&]*)(?:&.*)?");

  private static final AtomicBoolean PROFILING = new AtomicBoolean();

  private Profiles() {}

  static void addTo(Map<String, Page> pages) {
    pages.put("/debug/pprof", request -> PageResponse.text(200, INDEX));
    pages.put(ROOT, request -> PageResponse.text(200, INDEX));
    pages.put(ROOT + "threads", request -> PageResponse.text(200, ThreadDump.text()));
    pages.put(ROOT + "heap", request -> PageResponse.text(200, ClassHistogram.text()));
    pages.put(ROOT + "profile", Profiles::profile);
  }

  /** One profile at a time: each occupies a thread of the server, and the others are for other requests. */
  private static PageResponse profile(HttpExchange request) {
    int seconds = seconds(request.getRequestURI().getQuery());
    if (seconds < 1 || seconds > CpuProfile.MAX_SECONDS) {
      return PageResponse.text(400, "seconds cannot be used; accepted is 1 to " + CpuProfile.MAX_SECONDS + "\n");
    }
    if (!PROFILING.compareAndSet(false, true)) {
      return PageResponse.text(409, "a profile is being taken; ask again when it is over\n");
    }
    try {
      CpuProfile profile = new CpuProfile(ManagementFactory.getThreadMXBean());
      profile.run(seconds);
      return PageResponse.text(200, profile.collapsed());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return PageResponse.text(503, "the plugin stops\n");
    } finally {
      PROFILING.set(false);
    }
  }

  /** The query's number of seconds; 0 when it is unreadable. */
  private static int seconds(String query) {
    Matcher matcher = SECONDS.matcher(query == null ? "" : query);
    if (!matcher.matches()) {
      return DEFAULT_SECONDS;
    }
    try {
      return Integer.parseInt(matcher.group(1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
