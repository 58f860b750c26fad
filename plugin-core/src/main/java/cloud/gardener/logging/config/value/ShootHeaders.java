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

  private final Headers templates;

  private ShootHeaders(Headers templates) {
    this.templates = templates;
  }

  /** Parses headers in the forms of {@code Headers}. */
  public static ShootHeaders parse(String text) throws BadValueException {
    Headers templates = HeaderList.parse(text);
    int number = 0;
    for (String template : templates.byName().values()) {
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
  public Headers resolve(String namespace) {
    Map<String, String> headers = new LinkedHashMap<>();
    templates
        .byName()
        .forEach((name, value) -> headers.put(name, value.replace(NAMESPACE, namespace)));
    return new Headers(headers);
  }

  /** Omits names and values, which are secret. */
  @Override
  public String toString() {
    return templates.toString();
  }
}
