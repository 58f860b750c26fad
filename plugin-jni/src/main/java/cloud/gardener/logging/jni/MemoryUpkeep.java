package cloud.gardener.logging.jni;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Returns memory to the operating system that only the start or a burst needed, from a thread of its own until the
 * process ends.
 *
 * <p>The serial collector makes the heap smaller only in a full collection. After a burst of logs, a quiet node has
 * none for hours, and the heap stays near its maximum. So a heap that has grown is collected once a minute. That takes
 * as long as marking the live objects: 20 ms for 6 MB.
 *
 * <p>The pages of the JVM's files that are in memory are more than those in use: the kernel maps 16 for each that is
 * read. So they leave the process at the start, before its memory grows by what is in flight, and once a minute. That
 * takes 2 ms, with the return of those in use.
 */
final class MemoryUpkeep {
  private static final Logger LOG = Logger.getLogger(MemoryUpkeep.class.getName());
  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private static final int TICK_SECONDS = 10;

  /** A node at full speed needs it to compile what sends requests. */
  private static final int FIRST_REQUESTS_SECONDS = 1;

  /** The first requests are sent and compiled by then, which read much that is not read again. */
  static final int FIRST_TICK = 1;

  /** Half a minute, after which the start's last compilations are done. */
  static final int START_TICKS = 3;

  static final int MINUTE_TICKS = 6;
  static final long HEAP_GROWTH_BYTES = 4 << 20;

  private static final int STACK_BYTES = 128 << 10;

  /** What is released. */
  interface Memory {
    /** Releases the free pages of malloc's arenas. */
    void trimMalloc();

    /** Takes unused pages of the JVM's files out of the process. */
    void releasePages();

    /** Bytes that the heap has from the operating system. */
    long heapBytes();

    /** Collects all garbage, and makes the heap smaller. */
    void collect();
  }

  private final Memory memory;
  // Made at the start, so that the AOT cache has them.
  private final Runnable pages;
  private final Runnable due;
  private long heapBytes;
  private int ticks;
  private boolean defectLogged;

  MemoryUpkeep(Memory memory) {
    this.memory = memory;
    this.pages = memory::releasePages;
    this.due = this::release;
    this.heapBytes = memory.heapBytes();
  }

  /** Starts the thread unless it runs. Throws nothing: the plugin works without it. Thread-safe. */
  static void startOnce() {
    if (!STARTED.compareAndSet(false, true)) {
      return;
    }
    try {
      MemoryUpkeep upkeep = new MemoryUpkeep(new OfProcess());
      Thread thread = new Thread(null, upkeep::run, "gardener-memory", STACK_BYTES);
      thread.setDaemon(true);
      thread.start();
    } catch (RuntimeException | Error e) {
      STARTED.set(false); // The next output tries again.
      LOG.log(Level.WARNING, "no thread that returns memory to the operating system: {0}", e.toString());
    }
  }

  /** Releases what the start needed, and then what is due, until the thread is interrupted. */
  void run() {
    try {
      attempt(pages);
      TimeUnit.SECONDS.sleep(FIRST_REQUESTS_SECONDS);
      attempt(pages);
      while (true) {
        TimeUnit.SECONDS.sleep(TICK_SECONDS);
        tick();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Releases what is due. A failure is logged once, and the next tick tries again. Not thread-safe. */
  void tick() {
    attempt(due);
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      if (!defectLogged) {
        defectLogged = true;
        LOG.log(Level.SEVERE, "a defect in the return of memory to the operating system, it goes on", e);
      }
    }
  }

  private void release() {
    ticks++;
    if (ticks % MINUTE_TICKS == 0) {
      shrinkHeap();
    }
    memory.trimMalloc();
    if (ticks == FIRST_TICK || ticks == START_TICKS || ticks % MINUTE_TICKS == 0) {
      memory.releasePages();
    }
  }

  private void shrinkHeap() {
    if (memory.heapBytes() > heapBytes + HEAP_GROWTH_BYTES) {
      memory.collect();
      heapBytes = memory.heapBytes();
    } else {
      heapBytes = Math.min(heapBytes, memory.heapBytes());
    }
  }

  private static final class OfProcess implements Memory {
    @Override
    public void trimMalloc() {
      Bridge.trimMalloc();
    }

    @Override
    public void releasePages() {
      Bridge.releasePages();
    }

    @Override
    public long heapBytes() {
      return Runtime.getRuntime().totalMemory();
    }

    @Override
    public void collect() {
      System.gc();
    }
  }
}
