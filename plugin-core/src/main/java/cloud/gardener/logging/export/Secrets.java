package cloud.gardener.logging.export;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Words that no log line may show, and the only way in which text of others becomes a reason: backends repeat tokens
 * in their messages.
 *
 * <p>Immutable, so thread-safe.
 */
public final class Secrets {
  /** Shorter words are not treated as secrets: redacting them would garble every message. */
  private static final int MIN_CHARS = 6;

  private final List<String> secretTexts;

  /**
   * Stores the texts and the words in them: a backend may repeat "Bearer xyz" or only xyz.
   *
   * @param texts the texts to redact
   */
  public Secrets(Collection<String> texts) {
    this.secretTexts =
        texts.stream()
            .flatMap(text -> Stream.concat(Stream.of(text), Stream.of(text.split("\\s+"))))
            .filter(word -> word.length() >= MIN_CHARS)
            .distinct()
            .sorted((one, other) -> other.length() - one.length()) // the JVM would make a Comparator's lambda at run time
            .toList();
  }

  /** The text as one line of bounded length without secrets. */
  String redact(String text) {
    String redacted = text;
    for (String word : secretTexts) {
      redacted = redacted.replace(word, "***");
    }
    // Truncated last: a truncated secret would not be recognized.
    return Reason.oneLine(redacted);
  }

  /** The result with its text {@link #redact redacted}. */
  ExportResult redact(ExportResult result) {
    if (result instanceof ExportResult.Retry retry) {
      return new ExportResult.Retry(redact(retry.reason()), retry.notBefore());
    } else if (result instanceof ExportResult.DestinationRefused refused) {
      return new ExportResult.DestinationRefused(
          redact(refused.reason()), refused.hint(), refused.notBefore());
    } else if (result instanceof ExportResult.PayloadRefused refused) {
      return new ExportResult.PayloadRefused(redact(refused.reason()));
    } else if (result instanceof ExportResult.TooLarge tooLarge) {
      return new ExportResult.TooLarge(redact(tooLarge.reason()));
    } else if (result instanceof ExportResult.Accepted accepted && !accepted.message().isEmpty()) {
      return new ExportResult.Accepted(accepted.rejected(), redact(accepted.message()));
    }
    return result;
  }

  @Override
  public String toString() {
    return "Secrets[" + secretTexts.size() + " hidden]";
  }
}
