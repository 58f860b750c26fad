package cloud.gardener.logging.config.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.ShootHeaders;
import com.google.re2j.Pattern;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A key that is declared is asked for and read. ConfigurationDocTest checks that it is documented. */
class ConfigKeysTest {
  @Test
  void shouldAskForEveryNameInBothSpellings() {
    Set<String> expected =
        Stream.concat(KnownKeys.all().map(KnownKeys.Known::spelling), UnsupportedKeys.names().stream())
            .collect(Collectors.toSet());

    assertEquals(expected, Set.copyOf(ConfigKeys.spellings()));
  }

  @Test
  void shouldAskForNoNameTwice() {
    List<String> spellings = ConfigKeys.spellings();

    assertEquals(Set.copyOf(spellings).size(), spellings.size());
  }

  @Test
  void shouldAskForEveryKeyThatIsDeclared() throws IllegalAccessException {
    List<String> declared = new ArrayList<>();
    for (JavaClass each :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ConfigKeys.class.getPackageName())) {
      for (Field field : each.reflect().getDeclaredFields()) {
        keys(field).map(Key::name).forEach(declared::add);
      }
    }

    assertEquals(
        ConfigKeys.all().map(Key::name).sorted().toList(),
        declared.stream().sorted().toList(),
        "each constant is in GROUPS of its class, and these are in ConfigKeys.GROUPS");
  }

  /** The keys that a constant holds: one, or one for each state. */
  private static Stream<Key<?>> keys(Field field) throws IllegalAccessException {
    if (!Modifier.isStatic(field.getModifiers())) {
      return Stream.empty();
    }
    field.setAccessible(true);
    Object constant = field.get(null);
    Stream<?> values = constant instanceof Map<?, ?> map ? map.values().stream() : Stream.of(constant);
    return values.filter(Key.class::isInstance).map(value -> (Key<?>) value);
  }

  /** A key is read if another value makes another configuration. */
  @Test
  void shouldReadEveryKeyInEachSpelling() throws Exception {
    for (KnownKeys.Known key : KnownKeys.all().toList()) {
      Map<String, String> section = new HashMap<>(key.others());
      section.put(key.spelling(), key.value());
      Object config = comparable(ConfigReader.parse(section::get));
      assertEquals(config, comparable(ConfigReader.parse(section::get)), key.spelling());

      if (key.others().isEmpty()) {
        section.remove(key.spelling());
      } else {
        section.put(key.spelling(), "another");
      }
      assertNotEquals(config, comparable(ConfigReader.parse(section::get)), key.spelling() + " is not read");
    }
  }

  /** The value as one that can be compared: expressions and some other types have no equals. */
  private static Object comparable(Object value) throws ReflectiveOperationException {
    if (value instanceof Pattern pattern) {
      return pattern.pattern();
    }
    if (value instanceof ShootHeaders headers) {
      return headers.resolve("namespace");
    }
    if (!(value instanceof Record)) {
      return value;
    }
    List<Object> facts = new ArrayList<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      facts.add(comparable(component.getAccessor().invoke(value)));
    }
    return facts;
  }

  @Test
  void shouldHaveDefaultsThatParse() {
    ConfigKeys.all().forEach(key -> assertTrue(key.defaultValue() != null, key.name()));
  }

  @Test
  void shouldDescribeEachSettingInFullSentences() {
    List<String> wrong = new ArrayList<>();
    ConfigKeys.all()
        .filter(key -> !key.meaning().endsWith(".") || key.meaning().contains("\n"))
        .forEach(key -> wrong.add(key.name()));

    assertEquals(List.of(), wrong);
  }
}
