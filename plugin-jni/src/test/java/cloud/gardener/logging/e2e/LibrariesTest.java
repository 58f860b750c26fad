package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The distribution's one jar has all of each library, and the bill of materials beside it names them all. */
class LibrariesTest {
  private static final Path HOME = Distribution.plugin().resolveSibling("gardener");

  /** One of each kind of file that a merge of jars may lose. */
  private static final List<String> FILES =
      List.of(
          "META-INF/services/io.grpc.NameResolverProvider",
          "META-INF/io.netty.versions.properties",
          "META-INF/LICENSE",
          "META-INF/NOTICE");

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

  @Test
  void shouldAllBeInTheJar() throws IOException {
    try (JarFile jar = jar()) {
      Set<String> names = jar.stream().map(ZipEntry::getName).collect(Collectors.toSet());
      assertEquals(List.of(), FILES.stream().filter(file -> !names.contains(file)).toList());
      assertTrue(jar.isMultiRelease());
    }
  }

  /** Each library lists its own services under the name that it shares with others. */
  @Test
  void shouldKeepTheServicesOfAll() throws IOException {
    try (JarFile jar = jar()) {
      String balancers = text(jar, "META-INF/services/io.grpc.LoadBalancerProvider");
      assertTrue(balancers.contains("io.grpc.internal.PickFirstLoadBalancerProvider"), balancers);
      assertTrue(balancers.contains("io.grpc.util.SecretRoundRobinLoadBalancerProvider$Provider"), balancers);
      String resolvers = text(jar, "META-INF/services/io.grpc.NameResolverProvider");
      assertTrue(resolvers.contains("io.grpc.internal.DnsNameResolverProvider"), resolvers);
      assertTrue(resolvers.contains("io.grpc.netty.UdsNameResolverProvider"), resolvers);
    }
  }

  private static JarFile jar() throws IOException {
    return new JarFile(HOME.resolve("lib/gardener-plugin.jar").toFile());
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
