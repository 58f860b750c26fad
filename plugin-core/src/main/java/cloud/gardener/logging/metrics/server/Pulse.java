package cloud.gardener.logging.metrics.server;

/** Something that counts while Fluent Bit's engine turns, whether there is work or not. */
interface Pulse {
  /** There is nothing that could be read: that says nothing about the engine. */
  long ABSENT = -1;

  /** Somebody listens, and does not answer. */
  long SILENT = -2;

  /** The count, 0 or more, or one of the two above. Takes a few seconds at the most. */
  long read();
}
