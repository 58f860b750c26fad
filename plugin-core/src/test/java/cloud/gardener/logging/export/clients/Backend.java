package cloud.gardener.logging.export.clients;

/** A server of a contract test: accepts what it gets, or holds it. */
public interface Backend extends AutoCloseable {
  /** {@code 127.0.0.1:port}. */
  String address();

  /** Requests that it has accepted. */
  long requests();

  /** Connections so far, open or not. */
  int accepted();

  /** From now on requests wait for {@link #release}. */
  void hold();

  /** Waits until that many requests wait. */
  void awaitHeld(int requests) throws Exception;

  /** Accepts what waits, and what comes from now on. */
  void release();

  @Override
  void close();
}
