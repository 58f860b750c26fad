package cloud.gardener.logging.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.gardener.logging.config.value.ShootState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of the API server's documents. */
class ObjectReaderTest {
  private final List<Object> read = new ArrayList<>();
  private final ObjectReader.Listener listener =
      new ObjectReader.Listener() {
        @Override
        public void listed(ApiObject object) {
          read.add(object);
        }

        @Override
        public void listEnded(String next, String version) {
          read.add("end, next " + next + ", version " + version);
        }

        @Override
        public void event(String type, ApiObject object) {
          read.add(type);
          read.add(object);
        }

        @Override
        public void status(ApiStatus status) {
          read.add(status);
        }
      };

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1 << 20})
  void shouldReadAListInPiecesOfAnySize(int pieceBytes) throws IOException {
    read(JsonPath.LIST, KubernetesJson.list("7", "x", named("a"), named("b")), pieceBytes);

    assertEquals(List.of("a", "b"), names());
    assertEquals("end, next x, version 7", read.get(2));
  }

  @Test
  void shouldReadAListWhoseMetadataStandFirst() throws IOException {
    read(
        JsonPath.LIST,
        "{\"metadata\":{\"continue\":\"x\",\"resourceVersion\":\"7\"},\"items\":[" + named("a") + "]}");

    assertEquals(List.of("a"), names());
    assertEquals("end, next x, version 7", read.get(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1 << 20})
  void shouldReadEventsInPiecesOfAnySize(int pieceBytes) throws IOException {
    read(
        JsonPath.EVENT,
        KubernetesJson.event("ADDED", named("a"))
            + KubernetesJson.event("BOOKMARK", "{\"metadata\":{\"resourceVersion\":\"9\"}}")
            + KubernetesJson.event("ERROR", KubernetesJson.status(410, "Expired")),
        pieceBytes);

    assertEquals("ADDED", read.get(0));
    assertEquals("a", ((ApiObject) read.get(1)).name());
    assertEquals("BOOKMARK", read.get(2));
    assertEquals(new ApiObject("", "", "9", false, null), read.get(3));
    assertEquals(new ApiStatus(410, "Expired", null), read.get(4));
  }

  @Test
  void shouldReadAStatus() throws IOException {
    read(JsonPath.OBJECT, KubernetesJson.status(403, "clusters is forbidden"));

    assertEquals(List.of(new ApiStatus(403, "clusters is forbidden", null)), read);
  }

  @Test
  void shouldKeepWhatTheStateNeeds() throws IOException {
    read(
        JsonPath.LIST,
        KubernetesJson.list(
            "7",
            "",
            """
            {"metadata":{"name":"a","namespace":"n","resourceVersion":"5","labels":{"name":"x"}},
             "spec":{
               "cloudProfile":{"spec":{"shoot":{"metadata":{"deletionTimestamp":"no"}}}},
               "shoot":{
                 "metadata":{"name":"other","deletionTimestamp":null,
                   "annotations":{"a":"b","gardener.cloud/operation":"migrate"}},
                 "spec":{"purpose":"testing","hibernation":{"enabled":true,"schedules":[{"enabled":false}]}},
                 "status":{"hibernated":true,"lastOperation":{"type":"Migrate","state":"Error","watchLog":7},
                   "lastErrors":[{"type":"x"}]}}},
             "status":{"hibernated":false}}"""));

    ApiObject object = (ApiObject) read.get(0);
    assertEquals("a", object.name());
    assertEquals("n", object.namespace());
    assertEquals("5", object.version());
    assertEquals(
        "ShootFacts[deleting=false, operation=migrate, lastOperation=LastOperation[type=Migrate,"
            + " state=Error], hibernationEnabled=true, hibernated=true, purpose=testing]",
        object.shoot().toString());
  }

  @Test
  void shouldKeepNothingOfTheObjectBefore() throws IOException {
    read(
        JsonPath.LIST,
        KubernetesJson.list(
            "7",
            "",
            KubernetesJson.cluster("a", "5", KubernetesJson.shoot("testing", "Create", "Failed")),
            KubernetesJson.cluster("b", "6", "{}"),
            "{\"metadata\":{\"name\":\"c\"}}"));

    ApiObject second = (ApiObject) read.get(1);
    ApiObject third = (ApiObject) read.get(2);
    assertEquals(ShootState.CREATION, second.shoot().state());
    assertEquals(null, second.shoot().purpose());
    assertEquals(new ApiObject("", "c", "", false, null), third);
  }

  @Test
  void shouldTreatTheClustersDeletionAsTheShoots() throws IOException {
    String deleting = "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}%s}";
    read(JsonPath.EVENT, KubernetesJson.event("ADDED", deleting.formatted(",\"spec\":{\"shoot\":" + KubernetesJson.READY + "}")));
    read(JsonPath.EVENT, KubernetesJson.event("ADDED", "{\"spec\":{\"shoot\":" + deleting.formatted("") + "}}"));

    assertEquals(ShootState.DELETION, ((ApiObject) read.get(1)).shoot().state());
    assertEquals(ShootState.DELETION, ((ApiObject) read.get(3)).shoot().state());
    assertEquals(false, ((ApiObject) read.get(3)).deleting());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"spec\":null}",
        "{\"spec\":{\"shoot\":null}}",
        "{\"spec\":{\"shoot\":\"eyJub3QiOiJqc29uIn0=\"}}",
        "{\"spec\":{\"shoot\":[{}]}}",
        "{\"spec\":{\"shoot\":7}}",
      })
  void shouldSeeThatThereIsNoShoot(String cluster) throws IOException {
    read(JsonPath.EVENT, KubernetesJson.event("ADDED", cluster));

    assertEquals(null, ((ApiObject) read.get(1)).shoot());
  }

  @Test
  void shouldStepOverWhatIsDeepAndLong() throws IOException {
    String deep = "{\"x\":".repeat(5_000) + "{}" + "}".repeat(5_000);
    String longText = "\"" + "x".repeat(1_000_000) + "\"";
    read(
        JsonPath.LIST,
        KubernetesJson.list(
            "7",
            "",
            "{\"deep\":" + deep + ",\"long\":" + longText + ",\"metadata\":{\"name\":\"a\"}}"),
        16 << 10);

    assertEquals(List.of("a"), names());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{\"items\":[}", "{\"a\" 1}", "{\"a\":tru}"})
  void shouldRefuseWhatIsNoJson(String text) {
    assertThrows(IOException.class, () -> read(JsonPath.LIST, text));
  }

  private static String named(String name) {
    return KubernetesJson.cluster(name, "5", KubernetesJson.READY);
  }

  private List<String> names() {
    return read.stream()
        .filter(ApiObject.class::isInstance)
        .map(object -> ((ApiObject) object).name())
        .toList();
  }

  private void read(JsonPath root, String text) throws IOException {
    read(root, text, 1 << 20);
  }

  private void read(JsonPath root, String text, int pieceBytes) throws IOException {
    ObjectReader reader = new ObjectReader(root, listener);
    byte[] bytes = text.getBytes(UTF_8);
    for (int at = 0; at < bytes.length; at += pieceBytes) {
      reader.feed(ByteBuffer.wrap(bytes, at, Math.min(pieceBytes, bytes.length - at)));
    }
  }
}
