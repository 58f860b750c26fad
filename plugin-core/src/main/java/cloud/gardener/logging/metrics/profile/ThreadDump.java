package cloud.gardener.logging.metrics.profile;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** The stacks of all Java threads, by name. */
public final class ThreadDump {
  private ThreadDump() {}

  private static Stream<Map.Entry<Thread, StackTraceElement[]>> threads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.comparing(Thread::getName)));
  }

  public static String text() {
    StringBuilder text = new StringBuilder();
    threads()
        .forEach(
            entry -> {
              Thread thread = entry.getKey();
              text.append('"').append(thread.getName()).append("\" ").append(thread.getState());
              text.append(thread.isDaemon() ? " daemon\n" : "\n");
              for (StackTraceElement frame : entry.getValue()) {
                text.append("    at ").append(frame).append('\n');
              }
              text.append('\n');
            });
    return text.toString();
  }

  /** One sample for each thread. */
  public static StackProfile profile() {
    StackProfile profile = new StackProfile();
    profile.addType("threads", "count");
    threads().forEach(entry -> profile.add(entry.getKey().getName(), entry.getValue(), 1));
    return profile;
  }
}
