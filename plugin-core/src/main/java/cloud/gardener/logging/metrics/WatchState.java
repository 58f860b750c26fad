package cloud.gardener.logging.metrics;

/** How well an output knows the shoots. */
public enum WatchState {
  /** The output watches no shoots: DynamicHostPath is not set. */
  NONE("no shoots"),

  /** The API server has not listed the shoots yet. */
  STARTING("shoots not listed yet"),

  /** The shoots were listed; later changes may be missing, because the watch is not connected. */
  DISCONNECTED("not connected"),

  /** Each change is reported. */
  CONNECTED("connected");

  private final String words;

  WatchState(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }
}
