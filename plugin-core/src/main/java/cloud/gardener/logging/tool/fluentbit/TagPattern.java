package cloud.gardener.logging.tool.fluentbit;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Which tags an output receives: Match, where * stands for any text, or Match_Regex. Immutable. */
public final class TagPattern {
  private final String description;
  private final Predicate<String> test;

  private TagPattern(String description, Predicate<String> test) {
    this.description = description;
    this.test = test;
  }

  /**
   * The pattern of an output; empty when it has none.
   *
   * @throws ConfigFileException when Match_Regex is no regular expression
   */
  public static Optional<TagPattern> of(Section output, HostVariables variables) throws ConfigFileException {
    Optional<Section.Property> regex = output.find("match_regex");
    if (regex.isPresent()) {
      return Optional.of(ofRegex(variables.expand(regex.get().value()), regex.get().place()));
    }
    return output.find("match").map(match -> ofMatch(variables.expand(match.value())));
  }

  private static TagPattern ofRegex(String text, Place place) throws ConfigFileException {
    try {
      Pattern pattern = Pattern.compile(text);
      return new TagPattern("Match_Regex " + text, tag -> pattern.matcher(tag).lookingAt());
    } catch (PatternSyntaxException e) {
      throw new ConfigFileException(place, "Match_Regex is no regular expression: " + e.getDescription());
    }
  }

  private static TagPattern ofMatch(String text) {
    String expression =
        Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return new TagPattern("Match " + text, Pattern.compile(expression, Pattern.DOTALL).asMatchPredicate());
  }

  public boolean matches(String tag) {
    return test.test(tag);
  }

  /** The key and its value. */
  @Override
  public String toString() {
    return description;
  }
}
