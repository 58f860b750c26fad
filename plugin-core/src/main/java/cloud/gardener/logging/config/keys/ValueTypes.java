package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.syntax.BadValueException;
import cloud.gardener.logging.config.syntax.Decimal;
import cloud.gardener.logging.config.syntax.GoDuration;
import cloud.gardener.logging.config.syntax.HostPath;
import cloud.gardener.logging.config.syntax.LabelSelector;
import cloud.gardener.logging.config.syntax.Re2;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Addresses;
import cloud.gardener.logging.config.value.HeaderList;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.config.value.ShootHeaders;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of settings. */
final class ValueTypes {
  static final ValueType<String> TEXT = new ValueType<>("string", "any text", text -> text);

  static final ValueType<Boolean> BOOLEAN =
      new ValueType<>(
          "boolean",
          "true or false (also 1, t, on, yes, 0, f, off, no)",
          ValueTypes::readBoolean);

  static final ValueType<Duration> POSITIVE_DURATION =
      new ValueType<>(
          "duration",
          "a duration above 0 such as 500ms, 30s or 1m30s",
          text -> readDuration(text, 1));

  static final ValueType<Duration> DURATION =
      new ValueType<>(
          "duration",
          "a duration such as 500ms, 30s, 1m30s or 0",
          text -> readDuration(text, 0));

  static final ValueType<Long> SIZE =
      new ValueType<>(
          "size",
          "a size above 0 such as 512M, 1G or a number of bytes",
          ValueTypes::readSize);

  static final ValueType<com.google.re2j.Pattern> REGEX =
      new ValueType<>(
          "regular expression",
          "a regular expression of RE2, as in Go, or * for everything",
          text -> Re2.compile(text.equals("*") ? ".*" : text));

  static final ValueType<List<String>> NAMES =
      new ValueType<>("list", "names, separated by commas", ValueTypes::readNames);

  static final ValueType<List<String>> OPTIONAL_NAMES =
      new ValueType<>(
          "list", NAMES.accepted(), text -> text.isEmpty() ? List.of() : readNames(text));

  /** Validated together with its other part: neither need be a valid expression alone. */
  static final ValueType<String> PART_OF_REGEX =
      new ValueType<>(
          "regular expression", "a part of a regular expression of RE2, as in Go", text -> text);

  static final ValueType<Address> ENDPOINT =
      new ValueType<>(
          "endpoint",
          "host:port, [IPv6]:port, dns:///host:port, or a URL that begins with http:// or https://",
          Addresses::parseEndpoint);

  static final ValueType<Optional<Address>> OPTIONAL_PROXY =
      new ValueType<>(
          "endpoint",
          "host:port, or a URL that begins with http://",
          Addresses::parseOptionalProxy);

  static final ValueType<Optional<Address>> OPTIONAL_URL =
      new ValueType<>("URL", "a URL that begins with http:// or https://", Addresses::parseOptionalUrl);

  static final ValueType<String> URL_PATH =
      new ValueType<>(
          "path", "a path such as /v1/logs, without spaces and colons", Addresses::requirePath);

  static final ValueType<String> OPTIONAL_URL_PATH =
      new ValueType<>("path", URL_PATH.accepted(), Addresses::requireOptionalPath);

  static final ValueType<String> IP_ADDRESS =
      new ValueType<>(
          "IP address", "an IP address such as 127.0.0.1 or ::1", ValueTypes::readIpAddress);

  static final ValueType<Path> FOLDER =
      new ValueType<>("folder", "the path of a folder", ValueTypes::readPath);

  static final ValueType<Optional<Path>> OPTIONAL_FILE =
      new ValueType<>(
          "file",
          "the path of a file",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(readPath(text)));

  static final ValueType<String> FOLDER_NAME =
      new ValueType<>(
          "folder name", "the name of one folder, without /", ValueTypes::readFolderName);

  static final ValueType<Headers> HEADERS =
      new ValueType<>(
          "headers", "a JSON object of strings, or key value,key value", HeaderList::parse);

  static final ValueType<ShootHeaders> SHOOT_HEADERS =
      new ValueType<>("headers", HEADERS.accepted(), ShootHeaders::parse);

  static final ValueType<List<String>> HOST_PATH =
      new ValueType<>(
          "JSON",
          "JSON such as {\"kubernetes\": {\"namespace_name\": \"namespace\"}}",
          HostPath::parse);

  static final ValueType<String> LABEL_SELECTOR =
      new ValueType<>(
          "selector",
          "a label selector such as k=v,k in (a,b), or a JSON LabelSelector",
          LabelSelector::parse);

  private static final Set<String> TRUE = Set.of("true", "t", "1", "on", "yes");
  private static final Set<String> FALSE = Set.of("false", "f", "0", "off", "no");
  private static final Pattern IP_ADDRESS_TEXT =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
  private static final Pattern INTEGER_TEXT = Pattern.compile("[+-]?[0-9]{1,18}");
  private static final Pattern SIZE_TEXT =
      Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,9})?)([kmg]?)b?");
  private static final Map<String, Long> SIZE_UNITS =
      Map.of("", 1L, "k", 1_000L, "m", 1_000_000L, "g", 1_000_000_000L);

  private ValueTypes() {}

  /** Looks up no name: the text is digits. Empty stays empty. */
  private static String readIpAddress(String text) throws BadValueException {
    if (text.isEmpty()) {
      return text;
    } else if (!IP_ADDRESS_TEXT.matcher(text).matches()) {
      throw new BadValueException();
    }
    try {
      return InetAddress.getByName(text).getHostAddress();
    } catch (UnknownHostException e) {
      throw new BadValueException();
    }
  }

  /** Returns the type of a whole number from {@code min} to {@code max}, both included. */
  static ValueType<Integer> integer(int min, int max) {
    return new ValueType<>(
        "integer",
        "a whole number from " + min + " to " + max,
        text -> readInteger(text, min, max));
  }

  static ValueType<Integer> atLeast(int min) {
    return integer(min, Integer.MAX_VALUE);
  }

  /**
   * Returns the type of a choice of words, ignoring case.
   *
   * @param words the accepted words, for the message of an error
   * @param values each accepted word, in lower case
   */
  static <T> ValueType<T> choice(String words, Map<String, T> values) {
    return new ValueType<>(
        "choice",
        words,
        text -> {
          T value = values.get(text.toLowerCase(Locale.ROOT));
          if (value == null) {
            throw new BadValueException();
          }
          return value;
        });
  }

  /** Returns the type of a choice whose words are the names of the constants, in lower case. */
  static <E extends Enum<E>> ValueType<E> choice(Class<E> constants) {
    Map<String, E> values = new LinkedHashMap<>();
    for (E constant : constants.getEnumConstants()) {
      values.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return choice(String.join(", ", values.keySet()), values);
  }

  private static boolean readBoolean(String text) throws BadValueException {
    String word = text.toLowerCase(Locale.ROOT);
    if (!TRUE.contains(word) && !FALSE.contains(word)) {
      throw new BadValueException();
    }
    return TRUE.contains(word);
  }

  private static Duration readDuration(String text, long minNanos) throws BadValueException {
    Duration duration = GoDuration.parse(text);
    if (duration.toNanos() < minNanos) {
      throw new BadValueException();
    }
    return duration;
  }

  private static int readInteger(String text, int min, int max) throws BadValueException {
    if (!INTEGER_TEXT.matcher(text).matches()) {
      throw new BadValueException();
    }
    long value = Long.parseLong(text);
    if (value < min || value > max) {
      throw new BadValueException();
    }
    return (int) value;
  }

  /** Reads a size as Fluent Bit does: K, M and G are powers of 1000, with or without a B. */
  private static long readSize(String text) throws BadValueException {
    Matcher size = SIZE_TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw new BadValueException();
    }
    try {
      long bytes = Decimal.multiply(size.group(1), SIZE_UNITS.get(size.group(2)));
      if (bytes > 0) {
        return bytes;
      }
    } catch (ArithmeticException e) {
      // More than a long can hold.
    }
    throw new BadValueException();
  }

  private static List<String> readNames(String text) throws BadValueException {
    List<String> names = Arrays.stream(text.split(",")).map(String::strip).distinct().toList();
    if (names.isEmpty() || names.contains("")) {
      throw new BadValueException();
    }
    return names;
  }

  private static Path readPath(String text) throws BadValueException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new BadValueException();
    }
  }

  private static String readFolderName(String text) throws BadValueException {
    boolean isSpecial = text.equals(".") || text.equals("..");
    if (isSpecial || text.chars().anyMatch(c -> c == '/' || Character.isISOControl(c))) {
      throw new BadValueException();
    }
    return text;
  }
}
