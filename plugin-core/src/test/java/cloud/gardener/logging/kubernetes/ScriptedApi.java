package cloud.gardener.logging.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An API server whose answers are given by the test, one call of the listener after the other. */
final class ScriptedApi implements ApiClient {
  /** A request, and what the test answers. */
  static final class Request implements Call {
    final String path;
    final String accept;
    private final ResponseListener listener;
    private boolean cancelled;
    private boolean answered;

    private Request(String path, String accept, ResponseListener listener) {
      this.path = path;
      this.accept = accept;
      this.listener = listener;
    }

    Request answer(int status) {
      return answerAfter(status, null);
    }

    /** A status with a Retry-After. */
    Request answerAfter(int status, String retryAfter) {
      answered = true;
      listener.responded(status, retryAfter);
      return this;
    }

    Request part(String text) {
      listener.received(ByteBuffer.wrap(text.getBytes(UTF_8)));
      return this;
    }

    void end() {
      listener.ended();
    }

    void fail(String problem) {
      listener.failed(WatchProblem.unreachable(problem));
    }

    /** A whole answer. */
    void answer(int status, String body) {
      answer(status).part(body).end();
    }

    boolean isAnswered() {
      return answered;
    }

    boolean isCancelled() {
      return cancelled;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  final List<Request> requests = new ArrayList<>();
  int renewals;

  @Override
  public Call get(String path, String accept, Duration deadline, ResponseListener listener) {
    Request request = new Request(path, accept, listener);
    requests.add(request);
    return request;
  }

  Request last() {
    return requests.get(requests.size() - 1);
  }

  @Override
  public void renewConnections() {
    renewals++;
  }

  @Override
  public void close() {
    requests.forEach(Request::cancel);
  }
}
