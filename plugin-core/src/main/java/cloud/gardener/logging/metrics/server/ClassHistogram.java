package cloud.gardener.logging.metrics.server;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** The content of the heap: objects and bytes by class. Causes a garbage collection. */
final class ClassHistogram {
  private ClassHistogram() {}

  static String text() {
    try {
      Object histogram =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return histogram.toString();
    } catch (JMException e) {
      throw new IllegalStateException("this JVM has no class histogram", e);
    }
  }
}
