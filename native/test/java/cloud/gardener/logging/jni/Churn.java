package cloud.gardener.logging.jni;

import java.util.concurrent.locks.LockSupport;

/**
 * Uses the JVM's fault handlers continuously: causes exceptions that the JVM detects with faults (a read through a
 * null pointer, an integer division by zero) and garbage collections, which stop threads at pages that fault.
 */
final class Churn {
  private static final int FAULTS = 200;
  private static final int GARBAGE_BYTES = 64 * 1024;
  private static final long PAUSE_NS = 1_000_000;

  private static Thread thread;
  private static volatile Object garbage;

  private Churn() {}

  /** Starts a thread that never ends, so that it also runs between two outputs. Starts it only once. */
  static synchronized void start() {
    if (thread == null) {
      thread = new Thread(Churn::run, "churn");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void run() {
    while (true) {
      faults();
      System.gc();
      LockSupport.parkNanos(PAUSE_NS);
    }
  }

  static void faults() {
    int taken = 0;
    for (int i = 0; i < FAULTS; i++) {
      garbage = new byte[GARBAGE_BYTES / FAULTS];
      taken += lengthOf(null) + divide(1, 0);
    }
    if (taken != 2 * FAULTS) {
      throw new IllegalStateException("took " + taken + " faults");
    }
  }

  private static int lengthOf(byte[] nothing) {
    try {
      return nothing.length;
    } catch (NullPointerException e) {
      return 1;
    }
  }

  private static int divide(int number, int zero) {
    try {
      return number / zero;
    } catch (ArithmeticException e) {
      return 1;
    }
  }
}
