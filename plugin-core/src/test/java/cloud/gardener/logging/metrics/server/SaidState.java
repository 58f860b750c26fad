package cloud.gardener.logging.metrics.server;

import cloud.gardener.logging.metrics.OutputState;

/** An output whose watch is connected, and whose shoots are hibernated or ready. */
record SaidState(String name) implements OutputState {
  @Override
  public long maxBytes() {
    return 8L << 30;
  }

  @Override
  public Watch watch() {
    return Watch.CONNECTED;
  }

  @Override
  public String shootState(String namespace) {
    return namespace.endsWith("3") ? "hibernated" : "ready";
  }

  @Override
  public String explain(String tag, String namespace) {
    return "tag " + tag + ", namespace " + namespace + ", goes to the shoot";
  }
}
