package cloud.gardener.logging.metrics.profile;

import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The content of the heap: objects and bytes by class. Causes a garbage collection. Needs the modules jdk.management and
 * jdk.jfr: without the latter the JVM has no diagnostic command.
 */
public final class ClassHistogram {
  /** Such as {@code 1: 4386 265048 [B (java.base@25)}. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^ *\\d+: +(\\d+) +(\\d+) +(\\S+)(?: \\(.*\\))?$");

  private ClassHistogram() {}

  public static String text() {
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

  /** The classes as stacks of one frame, with objects and bytes. */
  public static StackProfile profile() {
    StackProfile profile = new StackProfile();
    profile.addType("inuse_objects", "count");
    profile.addType("inuse_space", "bytes");
    Matcher rows = ROW.matcher(text());
    while (rows.find()) {
      profile.add(rows.group(3), Long.parseLong(rows.group(1)), Long.parseLong(rows.group(2)));
    }
    return profile;
  }
}
