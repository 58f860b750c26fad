package cloud.gardener.logging.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cloud.gardener.logging.config.keys.Mappings;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.event.TagMetadata;
import com.sun.management.ThreadMXBean;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Kubernetes metadata that was read from a tag. */
class TagMetadataTest {
  private static final TagMetadata TAG = tag("pod-1", "shoot--a--b", "etcd", "0123");
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "k8s.pod.name", "pod-1",
          "k8s.namespace.name", "shoot--a--b",
          "k8s.container.name", "etcd",
          "container.id", "0123");

  private final EventDecoder decoder = new EventDecoder();
  private final RequestBuilder builder = new RequestBuilder();
  private LogEncoder encoder = encoder("resource");

  @Test
  void shouldBecomeResourceAttributes() throws Exception {
    add(Map.of("log", "x"), TAG);

    assertEquals(ATTRIBUTES, resource(request(), 0));
    assertEquals(Map.of(), log(request()));
  }

  @Test
  void shouldBecomeLogAttributesWhereThatIsWanted() throws Exception {
    encoder = encoder("log");
    add(Map.of("log", "x"), TAG);

    assertEquals(Map.of(), resource(request(), 0));
    assertEquals(ATTRIBUTES, log(request()));
  }

  @Test
  void shouldBecomeBothWhereThatIsWanted() throws Exception {
    encoder = encoder("both");
    add(Map.of("log", "x"), TAG);

    assertEquals(ATTRIBUTES, resource(request(), 0));
    assertEquals(ATTRIBUTES, log(request()));
  }

  @Test
  void shouldTellTheService() throws Exception {
    encoder = new LogEncoder(Mappings.of("HostnameValue", "node-1"), "1");
    add(Map.of("log", "x"), tag("web-6d4c75cb6d-x8k2p", "ns", "c", "id"));
    add(Map.of("log", "x"), tag("kube-proxy-node-1", "ns", "c", "id"));
    add(Map.of("log", "x"), tag("single", "ns", "c", "id"));
    add(Map.of("log", "x"), null);

    ExportLogsServiceRequest request = request();
    assertEquals("web", resource(request, 0).get("service.name"));
    assertEquals("ns", resource(request, 0).get("service.namespace"));
    assertEquals("kube-proxy", resource(request, 1).get("service.name"));
    assertEquals("c", resource(request, 2).get("service.name"));
    assertEquals(Map.of("host.name", "node-1"), resource(request, 3));
  }

  @Test
  void shouldNotStayForRecordsThatHaveOthersOrNone() throws Exception {
    Object own = Map.of("log", "x", "kubernetes", Map.of("pod_name", "own"));
    add(Map.of("log", "x"), TAG);
    add(own, null);
    add(Map.of("log", "x"), null);
    add(Map.of("log", "x"), tag("pod-2", "n", "c", "i"));
    add(own, null);
    add(Map.of("log", "x"), TAG);

    ExportLogsServiceRequest request = request();
    assertEquals(4, request.getResourceLogsCount());
    assertEquals(ATTRIBUTES, resource(request, 0));
    assertEquals(Map.of("k8s.pod.name", "own"), resource(request, 1));
    assertEquals(Map.of(), resource(request, 2));
    assertEquals("pod-2", resource(request, 3).get("k8s.pod.name"));
  }

  @Test
  void shouldBeEncodedOnceWhileItIsTheSame() {
    add(Map.of("log", "x"), TAG);
    long version = encoder.sourceVersion();

    decodeOnly(Map.of("log", "y"));
    encoder.encode(decoder, tag("another", "n", "c", "i"));
    assertNotEquals(version, encoder.sourceVersion());

    byte[] chunk = new MsgPack().event(1, 1, Map.of(), Map.of("log", "x")).bytes();
    decoder.wrap(chunk, chunk.length);
    decoder.next();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    encode(20_000);
    long before = threads.getThreadAllocatedBytes(thread);
    long versionBefore = encoder.sourceVersion();
    encode(10_000);
    assertEquals(0, (threads.getThreadAllocatedBytes(thread) - before) / 10_000);
    assertEquals(versionBefore, encoder.sourceVersion());
  }

  private void encode(int times) {
    for (int i = 0; i < times; i++) {
      encoder.encode(decoder, TAG);
    }
  }

  private void decodeOnly(Object record) {
    byte[] chunk = new MsgPack().event(1, 1, Map.of(), record).bytes();
    decoder.wrap(chunk, chunk.length);
    assertEquals(EventDecoder.RECORD, decoder.next());
  }

  private void add(Object record, TagMetadata tag) {
    decodeOnly(record);
    encoder.encode(decoder, tag);
    builder.add(encoder);
  }

  private ExportLogsServiceRequest request() throws Exception {
    byte[] bytes = new byte[builder.sizeBytes()];
    builder.writeTo(bytes, 0);
    return ExportLogsServiceRequest.parseFrom(bytes);
  }

  private static Map<String, String> resource(ExportLogsServiceRequest request, int group) {
    return text(request.getResourceLogs(group).getResource().getAttributesList());
  }

  private static Map<String, String> log(ExportLogsServiceRequest request) {
    return text(request.getResourceLogs(0).getScopeLogs(0).getLogRecords(0).getAttributesList());
  }

  private static Map<String, String> text(List<KeyValue> attributes) {
    Map<String, String> text = new TreeMap<>();
    attributes.forEach(pair -> text.put(pair.getKey(), pair.getValue().getStringValue()));
    return text;
  }

  private static TagMetadata tag(String pod, String namespace, String container, String id) {
    return new TagMetadata(
        pod.getBytes(UTF_8), namespace.getBytes(UTF_8), container.getBytes(UTF_8), id.getBytes(UTF_8));
  }

  private static LogEncoder encoder(String where) {
    return new LogEncoder(
        Mappings.of("KubernetesAttributes", where, "ServiceName", "false"), "1");
  }
}
