package cloud.gardener.logging.metrics.server;

import cloud.gardener.logging.metrics.profile.ClassHistogram;
import cloud.gardener.logging.metrics.profile.CpuProfile;
import cloud.gardener.logging.metrics.profile.StackProfile;
import cloud.gardener.logging.metrics.profile.ThreadDump;
import com.sun.net.httpserver.HttpExchange;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages below {@code /debug/pprof/}, with the paths of Go: for {@code go tool pprof} in its format, and as text for a
 * browser and with {@code debug=1}. Loaded only when {@code Pprof} is true.
 */
final class Profiles {
  private static final String ROOT = "/debug/pprof/";
  private static final String INDEX =
      """
      goroutine           the stack of every Java thread; also named threads
      heap                the objects of the heap by class, after a collection
      profile?seconds=30  CPU time by stack, measured for 1 to 60 seconds

      go tool pprof http://HOST:PORT/debug/pprof/profile opens each of them.
      With debug=1, and in a browser, they are text; profile is then collapsed stacks with microseconds, as
      flame graph tools read them.
      """;
  private static final int DEFAULT_SECONDS = 30;
  private static final Pattern SECONDS = Pattern.compile("(?:.*&)?seconds=([^&]*)(?:&.*)?");
  private static final Pattern DEBUG = Pattern.compile("(?:.*&)?debug=[1-9][^&]*(?:&.*)?");

  private static final AtomicBoolean PROFILING = new AtomicBoolean();

  private Profiles() {}

  static void addTo(Map<String, Page> pages) {
    Page threads = request -> respond(request, ThreadDump::text, ThreadDump::profile);
    pages.put("/debug/pprof", request -> PageResponse.text(200, INDEX));
    pages.put(ROOT, request -> PageResponse.text(200, INDEX));
    pages.put(ROOT + "goroutine", threads);
    pages.put(ROOT + "threads", threads);
    pages.put(
        ROOT + "heap", request -> respond(request, ClassHistogram::text, ClassHistogram::profile));
    pages.put(ROOT + "profile", Profiles::profile);
  }

  private static PageResponse respond(
      HttpExchange request, Supplier<String> text, Supplier<StackProfile> profile) {
    String query = request.getRequestURI().getQuery();
    String accept = request.getRequestHeaders().getFirst("Accept");
    boolean isBrowser = accept != null && accept.contains("text/html");
    return isBrowser || query != null && DEBUG.matcher(query).matches()
        ? PageResponse.text(200, text.get())
        : PageResponse.ok("application/octet-stream", Map.of(), profile.get()::write);
  }

  /** One profile at a time: each occupies a thread of the server, and the others are for other requests. */
  private static PageResponse profile(HttpExchange request) {
    int seconds = parseSeconds(request.getRequestURI().getQuery());
    if (seconds < 1 || seconds > CpuProfile.MAX_SECONDS) {
      return PageResponse.text(400, "seconds cannot be used; accepted is 1 to " + CpuProfile.MAX_SECONDS + "\n");
    }
    if (!PROFILING.compareAndSet(false, true)) {
      return PageResponse.text(409, "a profile is being taken; ask again when it is over\n");
    }
    try {
      CpuProfile profile = new CpuProfile(ManagementFactory.getThreadMXBean());
      profile.run(seconds);
      return respond(request, profile::collapsed, profile::profile);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return PageResponse.text(503, "the plugin stops\n");
    } finally {
      PROFILING.set(false);
    }
  }

  /** The query's number of seconds; 0 when it is unreadable. */
  private static int parseSeconds(String query) {
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
