package cloud.gardener.logging.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * The API server through fabric8's HTTP client on top of the JDK's, which handles certificates, tokens and their
 * renewal, proxies and credential plugins.
 *
 * <p>The client is created with the first request, and again after a TLS failure, because the certificates of the
 * authority may have been replaced.
 */
final class FabricApiClient implements ApiClient {
  private final ApiAccess access;
  private final EventLoop eventLoop;
  private final Set<Exchange> exchanges = new HashSet<>();

  private HttpClient client;
  private String server = "the API server";

  FabricApiClient(ApiAccess access, EventLoop eventLoop) {
    this.access = access;
    this.eventLoop = eventLoop;
  }

  @Override
  public Call get(String path, String accept, Duration deadline, ResponseListener listener) {
    Exchange exchange = new Exchange(listener);
    exchanges.add(exchange);
    try {
      ensureClient();
      HttpRequest request =
          client
              .newHttpRequestBuilder()
              .uri(server + path)
              .header("Accept", accept)
              .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
              .build();
      exchange.await(client.consumeBytes(request, exchange::received));
    } catch (IOException | RuntimeException e) {
      eventLoop.execute(() -> exchange.failed(e));
    }
    return exchange;
  }

  private void ensureClient() throws IOException {
    if (client != null) {
      return;
    }
    Config config = access.find();
    String url = config.getMasterUrl();
    server = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    client = new ClientFactory(this::execute).newBuilder(config).build();
  }

  /** Runs the client's own tasks, also those that close its connections after the event loop has ended. */
  private void execute(Runnable task) {
    if (!eventLoop.offer(task)) {
      task.run();
    }
  }

  private void closeClient() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  @Override
  public void renewConnections() {
    closeClient();
  }

  @Override
  public void close() {
    List.copyOf(exchanges).forEach(Exchange::cancel);
    closeClient();
  }

  private String describe(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return server + ": " + (message == null ? name : name + ": " + message);
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isTls(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return true;
      }
    }
    return false;
  }

  /** Makes the JDK's client use the event loop instead of threads of its own, and the cheapest cipher. */
  private static final class ClientFactory extends JdkHttpClientFactory {
    private final Executor executor;

    ClientFactory(Executor executor) {
      this.executor = executor;
    }

    @Override
    protected java.net.http.HttpClient.Builder createNewHttpClientBuilder() {
      return java.net.http.HttpClient.newBuilder().executor(executor);
    }

    @Override
    protected void additionalConfig(java.net.http.HttpClient.Builder builder) {
      try {
        builder.sslParameters(CipherOrder.apply(SSLContext.getDefault().getDefaultSSLParameters()));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** One request; all methods except {@link #completed} and {@link #received} run on the event loop. */
  private final class Exchange implements Call {
    private final ResponseListener listener;
    private CompletableFuture<HttpResponse<AsyncBody>> response;
    private AsyncBody body;
    private boolean finished;

    Exchange(ResponseListener listener) {
      this.listener = listener;
    }

    void await(CompletableFuture<HttpResponse<AsyncBody>> pending) {
      response = pending;
      pending.whenComplete(this::completed);
    }

    /** Runs on the client's thread. If the event loop has ended, nothing else closes the connection. */
    private void completed(HttpResponse<AsyncBody> response, Throwable failure) {
      boolean accepted = eventLoop.offer(() -> responded(response, failure));
      if (!accepted && response != null) {
        response.body().cancel();
      }
    }

    private void responded(HttpResponse<AsyncBody> response, Throwable failure) {
      if (failure != null) {
        failed(failure);
        return;
      }
      body = response.body();
      if (finished) {
        body.cancel();
        return;
      }
      listener.responded(response.code(), response.header("Retry-After"));
      body.done().whenComplete((nothing, e) -> eventLoop.execute(() -> ended(e)));
      body.consume();
    }

    private void received(List<ByteBuffer> buffers, AsyncBody from) {
      eventLoop.execute(
          () -> {
            for (ByteBuffer buffer : buffers) {
              if (!finished) {
                listener.received(buffer);
              }
            }
            from.consume();
          });
    }

    private void ended(Throwable failure) {
      if (failure != null) {
        failed(failure);
      } else if (finish()) {
        listener.ended();
      }
    }

    private void failed(Throwable failure) {
      if (finish()) {
        Throwable cause = cause(failure);
        boolean isTls = isTls(cause);
        if (isTls) {
          closeClient();
        }
        listener.failed(
            new WatchProblem(isTls ? WatchProblem.Kind.TLS : WatchProblem.Kind.UNREACHABLE, describe(cause)));
      }
    }

    private boolean finish() {
      boolean isFirst = !finished;
      finished = true;
      exchanges.remove(this);
      return isFirst;
    }

    @Override
    public void cancel() {
      if (!finish()) {
        return;
      }
      if (body != null) {
        body.cancel();
      } else if (response != null) {
        response.cancel(false); // The client cancels the response when it arrives.
      }
    }
  }
}
