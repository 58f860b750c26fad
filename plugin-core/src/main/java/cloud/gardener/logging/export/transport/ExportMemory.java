package cloud.gardener.logging.export.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * The memory that requests are sent from. gRPC's own allocator would open an arena per core. Here one direct
 * arena serves everything: requests are copied into it once, by the thread that exports, so there is hardly
 * anybody to contend with. It grows by 2 MiB chunks, gives all but one back when they have been drained, and no
 * thread keeps buffers for itself but the one that drives the connections (buffers up to 32 KiB).
 *
 * <p>The arena belongs to the process. An arena that each reload made anew would leave its last chunk to the
 * garbage collector, which does not count native memory and may not run for minutes.
 *
 * <p>Thread-safe.
 */
final class ExportMemory {
  private static final int ARENAS = 1;
  private static final int PAGE_BYTES = 8192;
  /** Chunks of PAGE_BYTES << 8 = 2 MiB: gRPC takes buffers of 1 MiB at the most. */
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
   * Holds one chunk: it would be given back between any two requests, and the kernel would clear its pages
   * for each of them.
   */
  private static final ByteBuf KEPT = ALLOCATOR.directBuffer(1);

  private ExportMemory() {}

  /** The arena, whose first chunk is allocated by the first caller. */
  static ByteBufAllocator allocator() {
    return KEPT.alloc();
  }
}
