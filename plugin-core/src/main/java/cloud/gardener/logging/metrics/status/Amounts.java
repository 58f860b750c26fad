package cloud.gardener.logging.metrics.status;

import java.time.Duration;
import java.util.Locale;

/** Amounts as people read them. */
final class Amounts {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Amounts() {}

  /** Such as 12,345. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Such as 1.5 MiB. */
  static String bytes(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 || amount >= 100 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
  }

  /** Such as 0.3 or 1,250, per second. */
  static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond == 0 || perSecond >= 10 ? "%,.0f" : "%.1f", perSecond);
  }

  /** The two largest units, such as 3d 4h or 12s. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    } else if (seconds < 3600) {
      return seconds / 60 + "m " + seconds % 60 + "s";
    } else if (seconds < 86400) {
      return seconds / 3600 + "h " + seconds % 3600 / 60 + "m";
    }
    return seconds / 86400 + "d " + seconds % 86400 / 3600 + "h";
  }
}
