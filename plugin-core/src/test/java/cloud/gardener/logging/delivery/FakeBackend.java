package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A backend that answers each request as the test wants, at once or when it is told to. A request that
 * waits for its answer counts as written at once, unless the test says otherwise.
 */
final class FakeBackend implements ExportClient {
  static final ExportResult OK = new ExportResult.Accepted(0, "");
  static final ExportResult UNAVAILABLE = ExportResult.Retry.withBackoff("down");

  /** A request that waits for its answer. */
  record Pending(List<Integer> numbers, Runnable written, Consumer<ExportResult> done) {}

  /** The answer to the numbers of a request; null: it waits. */
  Function<List<Integer>, ExportResult> answer = numbers -> OK;

  /** The one number of a request in which something is no request. */
  static final int UNREADABLE = Requests.UNREADABLE;

  /** Whether each request must have as many records as it says. */
  boolean countsRecords = true;

  /** Whether requests are written at once; otherwise the test calls {@link Pending#written}. */
  boolean writes = true;

  final List<Integer> accepted = new ArrayList<>();
  final List<List<Integer>> requests = new ArrayList<>();
  final ArrayDeque<Pending> pending = new ArrayDeque<>();

  @Override
  public void export(
      ExportRequest request, Runnable written, Consumer<ExportResult> done) {
    List<Integer> numbers = Requests.numbers(request);
    if (countsRecords && numbers.size() != request.records()) {
      throw new AssertionError(request.records() + " records said, but " + numbers);
    }
    requests.add(numbers);
    ExportResult result = answer.apply(numbers);
    if (result == null) {
      pending.add(new Pending(numbers, written, done));
      if (writes) {
        written.run();
      }
    } else {
      reply(numbers, done, result);
    }
  }

  /** Answers the request that has waited longest. */
  void answerOldest(ExportResult result) {
    Pending oldest = pending.remove();
    reply(oldest.numbers, oldest.done, result);
  }

  /** Answers the request that was sent last. */
  void answerNewest(ExportResult result) {
    Pending newest = pending.removeLast();
    reply(newest.numbers, newest.done, result);
  }

  private void reply(List<Integer> numbers, Consumer<ExportResult> done, ExportResult result) {
    if (result instanceof ExportResult.Accepted) {
      accepted.addAll(numbers);
    }
    done.accept(result);
  }

  @Override
  public void close() {}
}
