package cloud.gardener.logging.metrics.server;

import java.util.Comparator;
import java.util.Map;

/** The stacks of all Java threads, by name. */
final class ThreadDump {
  private ThreadDump() {}

  static String text() {
    StringBuilder text = new StringBuilder();
    Thread.getAllStackTraces().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.comparing(Thread::getName)))
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
}
