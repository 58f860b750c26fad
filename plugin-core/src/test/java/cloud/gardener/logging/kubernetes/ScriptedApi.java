package cloud.gardener.logging.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An API server whose answers are given by the test, one call of the reply after the other. */
final class ScriptedApi implements ApiClient {
  /** A request, and what the test answers. */
  static final class Request implements Call {
    final String path;
    final String accept;
    private final Reply reply;
    private boolean cancelled;
    private boolean answered;

    private Request(String path, String accept, Reply reply) {
      this.path = path;
      this.accept = accept;
      this.reply = reply;
    }

    Request answer(int status) {
      return answerAfter(status, null);
    }

    /** A status with a Retry-After. */
    Request answerAfter(int status, String retryAfter) {
      answered = true;
      reply.answered(status, retryAfter);
      return this;
    }

    Request part(String text) {
      reply.part(ByteBuffer.wrap(text.getBytes(UTF_8)));
      return this;
    }

    void end() {
      reply.ended();
    }

    void fail(String problem) {
      reply.failed(WatchProblem.unreachable(problem));
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
  int reconnects;

  @Override
  public Call get(String path, String accept, Duration limit, Reply reply) {
    Request request = new Request(path, accept, reply);
    requests.add(request);
    return request;
  }

  Request last() {
    return requests.get(requests.size() - 1);
  }

  @Override
  public void reconnect() {
    reconnects++;
  }

  @Override
  public void close() {
    requests.forEach(Request::cancel);
  }
}
