package cloud.gardener.logging.kubernetes;

import cloud.gardener.logging.metrics.ErrorType;
import cloud.gardener.logging.metrics.PluginMetrics;

/**
 * A handler that logs how its objects are watched, and counts the failures. Each change of that is published, because
 * it changes how complete the knowledge is. Only used on the event loop.
 */
abstract class WatchedHandler implements ObjectHandler {
  final WatchLog watchLog;
  final PluginMetrics metrics;

  WatchedHandler(WatchLog watchLog, PluginMetrics metrics) {
    this.watchLog = watchLog;
    this.metrics = metrics;
  }

  @Override
  public void failed(WatchProblem problem) {
    metrics.error(ErrorType.WATCH);
    watchLog.failed(problem);
    publish();
  }

  @Override
  public void stale() {
    watchLog.stale();
    publish();
  }

  @Override
  public void watchOpen(boolean isOpen) {
    watchLog.watchOpen(isOpen);
    publish();
  }

  @Override
  public void heard(long nowNs) {
    watchLog.heard(nowNs);
    publish();
  }

  @Override
  public void connected() {
    watchLog.connected();
    publish();
  }

  /** Publishes what is known, and how complete it is. */
  abstract void publish();
}
