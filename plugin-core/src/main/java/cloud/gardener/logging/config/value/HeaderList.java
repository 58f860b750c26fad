package cloud.gardener.logging.config.value;

import cloud.gardener.logging.config.syntax.BadValueException;
import cloud.gardener.logging.config.syntax.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Parses headers: a JSON object of strings; or {@code key value,key value} in a setting, and lines {@code Name: value}
 * in a file. Headers may contain tokens, so no message repeats a name or a value: it gives the header's number instead.
 */
public final class HeaderList {
  /** The default, for which an output needs none of the 90 classes of the JSON parser. */
  private static final String NO_HEADERS = "{}";

  /** Names that both HTTP and gRPC accept. */
  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_.-]+");

  /** Values that gRPC accepts: printable ASCII. */
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");

  /** Headers that the transports set themselves. These names may be shown. */
  private static final Set<String> RESERVED =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade");

  private final Map<String, String> headers = new LinkedHashMap<>();

  private HeaderList() {}

  /** Parses the headers of a setting, in the order given. */
  public static Headers parse(String text) throws BadValueException {
    HeaderList list = new HeaderList();
    if (text.equals(NO_HEADERS)) {
      return new Headers(list.headers);
    }
    if (text.startsWith("{")) {
      JsonText.read(text, list::addObject);
    } else {
      list.addPairs(text);
    }
    return new Headers(list.headers);
  }

  /**
   * Parses the headers of a file, in the order given. An empty file is rejected, because it is probably still being
   * written.
   */
  public static Headers parseFile(String text) throws BadValueException {
    HeaderList list = new HeaderList();
    if (text.isBlank()) {
      throw new BadValueException("it is empty");
    }
    if (text.strip().startsWith("{")) {
      JsonText.read(text, list::addObject);
    } else {
      list.addLines(text.lines().toList());
    }
    return new Headers(list.headers);
  }

  private Void addObject(JsonParser json) throws BadValueException {
    json.nextToken();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw JsonText.errorAt(json, "a string is expected");
      }
      add(name, json.getString());
    }
    return null;
  }

  private void addPairs(String text) throws BadValueException {
    for (String pair : text.split(",", -1)) {
      String[] parts = pair.trim().split("\\s+", 2);
      if (parts.length < 2) {
        throw new BadValueException("header " + (headers.size() + 1) + " has no value");
      }
      add(parts[0], parts[1]);
    }
  }

  /** Adds one header for each line. Empty lines, and lines that begin with #, are ignored. */
  private void addLines(List<String> lines) throws BadValueException {
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (colon < 0) {
        throw new BadValueException("header " + (headers.size() + 1) + " has no colon");
      }
      add(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
  }

  private void add(String name, String value) throws BadValueException {
    String header = "header " + (headers.size() + 1);
    String lowerCase = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      throw new BadValueException(
          header + " has a name with other characters than letters, digits, '-', '_' and '.'");
    }
    if (lowerCase.endsWith("-bin")) {
      throw new BadValueException(header + " is a binary one (its name ends with -bin)");
    }
    if (RESERVED.contains(lowerCase)) {
      throw new BadValueException(header + " is '" + lowerCase + "', which cannot be set");
    }
    if (!VALUE.matcher(value).matches()) {
      throw new BadValueException(
          header + " has a value with other characters than printable ASCII");
    }
    if (headers.putIfAbsent(lowerCase, value) != null) {
      throw new BadValueException(header + " has the name of an earlier one");
    }
  }
}
