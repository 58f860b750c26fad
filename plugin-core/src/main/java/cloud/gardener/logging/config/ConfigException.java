package cloud.gardener.logging.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Settings are invalid. The exception has every problem that was found, and no cause, which could contain secret
 * values.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /**
   * One problem.
   *
   * @param keys the keys that it is about, as they are spelled in the section, the one to correct first
   * @param text one line for the user's log: the key as it was spelled, its value, and what is accepted; without secrets
   */
  public record Problem(List<String> keys, String text) {
    /** Copies the keys. */
    public Problem {
      keys = List.copyOf(keys);
    }
  }

  /** Creates an exception with a message of one line for each problem. */
  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems, at least one, in the order of the documentation, wrong values before contradictions. */
  public List<Problem> problems() {
    return problems;
  }
}
