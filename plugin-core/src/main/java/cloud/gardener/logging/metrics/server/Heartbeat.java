package cloud.gardener.logging.metrics.server;

/** A counter that changes while Fluent Bit's engine runs, with or without work. */
interface Heartbeat {
  /** There is no readable heartbeat, which says nothing about the engine. */
  long ABSENT = -1;

  /** The server listens but does not respond. */
  long SILENT = -2;

  /** The counter, 0 or more, or one of the two constants. Takes a few seconds at most. */
  long read();
}
