package cloud.gardener.logging.export.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * The memory that requests are sent from. gRPC's own allocator would create an arena per core. Here, a single direct
 * arena serves all: the exporting thread copies requests into it once, so there is hardly any contention. It grows
 * in chunks of 2 MiB and frees all but one when they are drained. Only the thread that drives the connections caches
 * buffers (up to 32 KiB each).
 *
 * <p>The arena belongs to the process. An arena per reload would leave its last chunk to the garbage collector,
 * which does not count native memory and may not run for minutes.
 *
 * <p>Thread-safe.
 */
final class ExportMemory {
  private static final int ARENAS = 1;
  private static final int PAGE_BYTES = 8192;
  /** Chunks of PAGE_BYTES << 8 = 2 MiB: gRPC uses buffers of at most 1 MiB. */
  private static final int CHUNK_ORDER = 8;
  private static final int SMALL_CACHE_ENTRIES = 64;
  private static final int NORMAL_CACHE_ENTRIES = 8;

  private static final ByteBufAllocator ALLOCATOR =
      new PooledByteBufAllocator(
          true,
          ARENAS,
          ARENAS,
          PAGE_BYTES,
          CHUNK_ORDER,
          SMALL_CACHE_ENTRIES,
          NORMAL_CACHE_ENTRIES,
          false);

  /**
   * Keeps one chunk allocated: otherwise it would be freed between any two requests, and the kernel would clear its
   * pages each time.
   */
  private static final ByteBuf KEPT = ALLOCATOR.directBuffer(1);

  private ExportMemory() {}

  /** The arena. The first caller allocates its first chunk. */
  static ByteBufAllocator allocator() {
    return KEPT.alloc();
  }
}
