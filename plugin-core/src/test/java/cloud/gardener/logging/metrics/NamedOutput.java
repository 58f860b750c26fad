package cloud.gardener.logging.metrics;

/** An output without shoots, with a limit of 8000 bytes. */
record NamedOutput(String name, OutputState.Watch watch) implements OutputState {
  @Override
  public long maxBytes() {
    return 8000;
  }

  @Override
  public String shootState(String namespace) {
    return "";
  }

  @Override
  public String explain(String tag, String namespace) {
    return "";
  }
}
