package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The distribution's one jar, and the bill of materials beside it, which names the libraries in it. */
class LibrariesTest {
  private static final Pattern CLASS_NAME = Pattern.compile("(?:com|io|org|tools)\\.(?:[\\w$]+\\.)+[\\w$]+");
  private static final Path HOME = Distribution.plugin().resolveSibling("gardener");

  @Test
  void shouldBeListedInTheBillOfMaterials() throws IOException {
    try (JarFile jar = jar()) {
      Set<String> built = new TreeSet<>();
      for (ZipEntry entry : jar.stream().toList()) {
        if (entry.getName().startsWith("META-INF/maven/") && entry.getName().endsWith("/pom.properties")) {
          Properties library = new Properties();
          library.load(jar.getInputStream(entry));
          built.add(library.get("groupId") + ":" + library.get("artifactId") + ":" + library.get("version"));
        }
      }
      String version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");
      assertTrue(built.remove("cloud.gardener.logging:plugin-jni:" + version), built.toString());
      assertFalse(built.isEmpty());
      built.removeIf(library -> library.startsWith("org.jctools:")); // a part of netty-common
      built.removeAll(listed());
      assertEquals(Set.of(), built);
    }
  }

  /** A merge that takes the first of several files with one name would lose the others. */
  @ParameterizedTest
  @CsvSource({
    "META-INF/services/io.grpc.LoadBalancerProvider, io.grpc.internal.PickFirstLoadBalancerProvider,"
        + " io.grpc.util.OutlierDetectionLoadBalancerProvider",
    "META-INF/services/io.grpc.NameResolverProvider, io.grpc.internal.DnsNameResolverProvider,"
        + " io.grpc.netty.UdsNameResolverProvider",
    "META-INF/io.netty.versions.properties, netty-buffer.version, netty-transport.version",
    "META-INF/NOTICE, Jackson, Micrometer"
  })
  void shouldKeepWhatSeveralHaveUnderOneName(String name, String ofOne, String ofAnother) throws IOException {
    try (JarFile jar = jar()) {
      String text = text(jar, name);
      assertTrue(text.contains(ofOne), text);
      assertTrue(text.contains(ofAnother), text);
    }
  }

  @Test
  void shouldHaveTheirClassesForNewerJdks() throws IOException {
    try (JarFile jar = jar()) {
      assertTrue(jar.isMultiRelease());
    }
  }

  /** Nothing asks for a service that is not there itself, such as that of a debugger. */
  @Test
  void shouldHaveEachProviderOfAService() throws IOException {
    try (JarFile jar = jar()) {
      Set<String> missing = new TreeSet<>();
      int providers = 0;
      for (ZipEntry entry : jar.stream().toList()) {
        String service = entry.getName().replaceFirst("^META-INF/services/", "");
        if (!service.equals(entry.getName()) && has(jar, service)) {
          List<String> all = providers(text(jar, entry.getName()));
          providers += all.size();
          all.stream().filter(provider -> !has(jar, provider)).forEach(missing::add);
        }
      }
      assertTrue(providers > 10, "providers: " + providers);
      assertEquals(Set.of(), missing);
    }
  }

  /** Fabric8 reads a kubeconfig by reflection. */
  @ParameterizedTest
  @ValueSource(strings = {"Config", "NamedContext", "AuthInfo", "ExecConfig", "ExecEnvVar"})
  void shouldHaveWhatAKubeconfigNeeds(String name) throws IOException {
    try (JarFile jar = jar()) {
      assertTrue(has(jar, "io.fabric8.kubernetes.api.model." + name));
    }
  }

  @Test
  void shouldNotHaveWhatNothingRefersTo() throws IOException {
    try (JarFile jar = jar()) {
      assertFalse(has(jar, "com.google.common.graph.Graph"));
      assertTrue(has(jar, "com.google.common.base.Preconditions"));
    }
  }

  /**
   * A class that is found by its name is missed only when it is needed. The jar never had Bouncy Castle, which only the
   * tests have. grpc-java does without the other two: one is for channelz, one for the module java.naming.
   */
  @Test
  void shouldHaveEachClassThatATextNames() throws IOException {
    Set<String> missing = new TreeSet<>();
    try (JarFile jar = jar()) {
      for (ZipEntry entry : jar.stream().filter(entry -> entry.getName().endsWith(".class")).toList()) {
        String bytes = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
        for (Matcher names = CLASS_NAME.matcher(bytes); names.find(); ) {
          String name = names.group();
          if (!has(jar, name) && getClass().getResource("/" + name.replace('.', '/') + ".class") != null) {
            missing.add(name);
          }
        }
      }
    }
    missing.removeIf(name -> name.startsWith("org.bouncycastle."));
    assertEquals(Set.of("com.google.protobuf.Any", "io.grpc.internal.JndiResourceResolverFactory"), missing);
  }

  private static boolean has(JarFile jar, String type) {
    String path = type.replace('.', '/') + ".class";
    return jar.getEntry(path) != null || ClassLoader.getPlatformClassLoader().getResource(path) != null;
  }

  private static List<String> providers(String services) {
    return services.lines().map(line -> line.replaceAll("#.*", "").strip()).filter(line -> !line.isEmpty()).toList();
  }

  private static JarFile jar() throws IOException {
    File file = HOME.resolve("lib/gardener-plugin.jar").toFile();
    return new JarFile(file, true, ZipFile.OPEN_READ, Runtime.version());
  }

  private static String text(JarFile jar, String name) throws IOException {
    return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Set<String> listed() {
    JsonNode bill = new JsonMapper().readTree(HOME.resolve("sbom.cdx.json").toFile());
    Set<String> listed = new HashSet<>();
    for (JsonNode library : bill.get("components")) {
      listed.add(
          library.get("group").asString() + ":" + library.get("name").asString() + ":"
              + library.get("version").asString());
    }
    return listed;
  }
}
