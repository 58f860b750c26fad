package cloud.gardener.logging.kubernetes;

import java.util.List;

/** Receives changes to the objects of one kind. Called on the event loop. */
interface ObjectHandler {
  /** Exactly these objects exist. */
  void listed(List<ApiObject> all);

  /** This object exists, in this state. */
  void updated(ApiObject object);

  /** This object is gone. */
  void deleted(ApiObject object);

  /** The API server cannot be asked; known objects may be stale. Repeated for each failed attempt. */
  void failed(WatchProblem problem);

  /** Known objects may be stale; they are being listed or watched again. */
  void stale();

  /**
   * Whether a watch is open. While none is, nobody reports an object that is created. That a watch is open does not prove
   * that the API server is still there.
   */
  void watchOpen(boolean isOpen);

  /** Something arrived from the watch, in order: it has reported every change before this time. */
  void heard(long nowNs);

  /** The watch reports every change from now on, for the first time or after {@link #failed} or {@link #stale}. */
  void connected();
}
