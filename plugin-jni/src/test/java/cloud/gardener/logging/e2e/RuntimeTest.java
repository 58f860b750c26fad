package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The Java runtime of the distribution, which is made of the newest JDK. */
class RuntimeTest {
  private static final String SECURITY = "conf/security/java.security";

  @Test
  void shouldHaveTheSecurityPropertiesOfItsJdk() throws Exception {
    Path runtime = Distribution.plugin().resolveSibling("gardener/runtime");
    Path script = Distribution.projectFolder().resolve("scripts/find-jdk.sh");
    Path jdk = Path.of(HostProcess.run("sh", script.toString(), "newest").strip());
    assertTrue(Files.size(runtime.resolve(SECURITY)) < Files.size(jdk.resolve(SECURITY)) / 10, "comments are left out");
    assertEquals(properties(jdk), properties(runtime));
  }

  private static Properties properties(Path home) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve(SECURITY))) {
      properties.load(reader);
    }
    return properties;
  }
}
