package cloud.gardener.logging.config.value;

import cloud.gardener.logging.config.syntax.BadValueException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Headers of shoots' targets. In their values, {@code {namespace}} is replaced by the shoot's namespace. Secret, like
 * all headers. Immutable.
 */
public final class ShootHeaders {
  private static final String NAMESPACE = "{namespace}";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w*}");

  private final Map<String, String> templates;

  private ShootHeaders(Map<String, String> templates) {
    this.templates = Map.copyOf(templates);
  }

  /** Parses headers in the forms of {@code Headers}. */
  public static ShootHeaders parse(String text) throws BadValueException {
    Map<String, String> templates = HeaderList.parse(text);
    int number = 0;
    for (String template : templates.values()) {
      number++;
      Matcher placeholder = PLACEHOLDER.matcher(template);
      while (placeholder.find()) {
        if (!placeholder.group().equals(NAMESPACE)) {
          throw new BadValueException(
              "header " + number + " has another placeholder than " + NAMESPACE);
        }
      }
    }
    return new ShootHeaders(templates);
  }

  /** Returns the headers of one shoot. */
  public Map<String, String> of(String namespace) {
    Map<String, String> headers = new LinkedHashMap<>();
    templates.forEach((name, value) -> headers.put(name, value.replace(NAMESPACE, namespace)));
    return headers;
  }

  /** Omits names and values, which are secret. */
  @Override
  public String toString() {
    return templates.size() + " hidden";
  }
}
