package cloud.gardener.logging.export.transport;

import cloud.gardener.logging.config.value.HostPort;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportEnd;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.Secrets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A client with a backend: one call per request. Closing it cancels its calls.
 *
 * <p>Thread-safe.
 *
 * @param <C> a call in flight
 * @param <H> the headers in the format of the transport
 */
public abstract class NetworkClient<C, H extends NetworkClient.RequestHeaders>
    implements ExportClient {
  private final HostPort server;
  private final String method;
  private final ClientHeaders<H> headers;
  private final String route;
  private final ExportListener listener;
  private final Set<C> inFlight = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** The headers of a request. */
  public interface RequestHeaders {
    /** Redacts their values in the backend's messages. */
    Secrets secrets();
  }

  /**
   * @param method of all requests, for the metrics
   * @param route as {@link #describeRoute()} returns it
   */
  protected NetworkClient(
      HostPort server,
      String method,
      ClientHeaders<H> headers,
      String route,
      ExportListener listener) {
    this.server = server;
    this.method = method;
    this.headers = headers;
    this.route = route;
    this.listener = listener;
  }

  @Override
  public final void export(
      ExportRequest request, Runnable written, Consumer<ExportResult> done) {
    if (closed) {
      done.accept(ExportResult.Retry.withBackoff("the client is closed"));
      return;
    }
    H current = headers.current();
    ExportEnd end = new ExportEnd(server, method, request, current.secrets(), listener, written, done);
    try {
      send(request, current, end);
    } catch (RuntimeException | Error e) {
      end.failed(e); // For example, no memory for the body.
    }
  }

  /** Creates a call and passes it to {@link #start}, or ends the export. An exception makes it fail. */
  protected abstract void send(ExportRequest request, H headers, ExportEnd end);

  /** Starts a call, which reports its end to {@link #ended}. */
  protected final void start(C call, Runnable start) {
    inFlight.add(call);
    start.run();
    if (closed) {
      // close() may have run before this call could be canceled.
      cancel(call);
    }
  }

  /** Cancels a call; does nothing after its end. */
  protected abstract void cancel(C call);

  /** A call ended. Report it once per call, before its caller is notified. */
  public final void ended(C call) {
    inFlight.remove(call);
  }

  @Override
  public final String describeRoute() {
    return route;
  }

  @Override
  public final void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    inFlight.forEach(this::cancel);
    release();
  }

  /** Gives back what the client shares with others. Called once. */
  protected abstract void release();

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + server + "]";
  }
}
