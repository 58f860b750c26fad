package cloud.gardener.logging.metrics.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.ExportError;
import cloud.gardener.logging.metrics.Labels;
import cloud.gardener.logging.metrics.TargetMetrics;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The page for people, as a web page and as JSON. {@code StatusBrowserTest} looks at it in a browser. */
class StatusHtmlTest {
  private static final String HOSTILE = "<script>alert(1)</script>\"'&\u202e\u0000\r\n<img src=x onerror=alert(1)>";

  private final ServedMetrics served = new ServedMetrics();

  @BeforeEach
  void start() {
    served.metrics.outputStarted(new SaidState("dynamic"));
  }

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void shouldAllowItsOwnStyleAndScriptAndNothingElse() throws Exception {
    HttpResponse<String> response = served.get("/");
    String policy = response.headers().firstValue("Content-Security-Policy").orElse("");

    assertEquals(
        "default-src 'none'; style-src " + hashOf("style", response.body()) + "; script-src "
            + hashOf("script", response.body())
            + "; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        policy);
    assertEquals("text/html; charset=utf-8", response.headers().firstValue("Content-Type").orElse(""));
    assertEquals("nosniff", response.headers().firstValue("X-Content-Type-Options").orElse(""));
    assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
    assertEquals(
        List.of(),
        allMatches("(?:src|href|action)=\"(?!/|data:,)[^\"]*\"|\\s(?:style|on[a-z]+)=", response.body()));
  }

  private static String hashOf(String element, String page) throws Exception {
    List<String> contents = allMatches("(?s)<" + element + "[^>]*>(.*?)</" + element + ">", page);
    assertEquals(1, contents.size());
    String content = contents.get(0).replaceFirst("^<[^>]*>", "").replaceFirst("</[a-z]*>$", "");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  @Test
  void shouldShowHostileNamesAndErrorsAsText() throws Exception {
    served.metrics.outputStarted(new SaidState("b" + HOSTILE));
    TargetMetrics target = served.metrics.openTarget(Labels.shoot(HOSTILE, HOSTILE));
    target.exportFailed(ExportError.RETRY, HOSTILE);
    served.metrics.openTarget(Labels.seed("backend:4317")).deliveryStopped(HOSTILE);
    served.problem = HOSTILE;
    served.health.check();

    String asked = URLEncoder.encode(HOSTILE, UTF_8);
    String page = served.get("/?tag=" + asked + "&namespace=" + asked).body();
    String searched = served.get("/?search=" + asked).body();

    for (String html : List.of(page, searched)) {
      assertEquals(1, allMatches("<script", html).size(), html);
      assertEquals(List.of(), allMatches("<img|[\u0000\u202e\r]", html));
    }
    assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"), page);
  }

  @Test
  void shouldShowTroubleFirst() throws Exception {
    served.metrics.openTarget(Labels.shoot("a-fine", "a:4317"));
    TargetMetrics failing = served.metrics.openTarget(Labels.shoot("b-failing", "b:4317"));
    failing.exportFailed(ExportError.PERMANENT, "a bad record");
    TargetMetrics full = served.metrics.openTarget(Labels.shoot("c-full", "c:4317"));
    full.queue(new FilledQueue(80, 100));
    TargetMetrics stopped = served.metrics.openTarget(Labels.shoot("d-stopped", "d:4317"));
    stopped.deliveryStopped("the backend fails: refused; check the port");

    String page = served.get("/").body();

    assertEquals(
        List.of("dynamic/d-stopped", "dynamic/c-full", "dynamic/b-failing", "dynamic/a-fine"),
        allMatches("<tbody><tr><td>([^<]*)", page).stream()
            .map(row -> row.replaceFirst("<tbody><tr><td>", ""))
            .toList());
    assertTrue(page.contains("the backend fails: refused; check the port</p>"), page);
    assertTrue(page.contains("Last error 0s ago: a bad record</p>"), page);
    assertTrue(page.contains("<title>3 of 4 targets with trouble"), page);
  }

  @Test
  void shouldShowWhatWaitsAndMovesInARow() throws Exception {
    TargetMetrics target = served.metrics.openTarget(Labels.shoot("shoot--a--b", "a:4317"));
    target.queue(new FilledQueue(2048, 1 << 20));
    target.incoming(1200);
    target.exported(600);
    served.metrics.sampleTraffic();

    String row = allMatches("(?s)<tbody>.*?</tbody>", served.get("/").body()).get(0);

    assertEquals("dynamic/shoot--a--b a:4317", text(row.substring(0, row.indexOf("<td data-label"))));
    assertEquals("ok ready", cell(row, "State"));
    assertEquals("2,048 2.0 KiB of 1.0 MiB", cell(row, "Waiting"));
    assertTrue(cell(row, "Oldest").matches("\\d+d.*"), row);
    assertEquals("20", cell(row, "In /s"));
    assertEquals("10", cell(row, "Out /s"));
    assertTrue(row.contains("<svg "), row);
    assertEquals("1,200 in, 600 out", cell(row, "Since start"));
  }

  private static String cell(String row, String label) {
    return text(allMatches("(?s)<td data-label=\"" + label + "\".*?</td>", row).get(0));
  }

  /** What a person reads. */
  private static String text(String html) {
    return html.replaceAll("<[^>]*>", " ").strip().replaceAll(" +", " ");
  }

  @Test
  void shouldSearchAndShowOnlyTroubleWithoutAScript() throws Exception {
    served.metrics.openTarget(Labels.shoot("shoot--a--b", "a:4317"));
    served.metrics.openTarget(Labels.shoot("shoot--c--d", "c:4317")).deliveryStopped("UNAVAILABLE");

    assertEquals(2, rows("/"));
    assertEquals(1, rows("/?search=A--B"));
    assertEquals(1, rows("/?search=unavailable"));
    assertEquals(1, rows("/?search=&trouble=yes"));
    assertEquals(0, rows("/?search=a--b&trouble=yes"));
    assertTrue(served.get("/?search=nothing").body().contains("no such target"));
    assertEquals(2, rows("/?search&&=&x=y"));
  }

  private int rows(String path) throws Exception {
    return allMatches("<tbody>", served.get(path).body()).size();
  }

  @Test
  void shouldShowTheProcess() throws Exception {
    TargetMetrics target = served.metrics.openTarget(Labels.seed("backend:4317"));
    target.dropped(DropReason.EXPORT_ERROR, 1234);
    target.incoming(600);
    served.metrics.sampleTraffic();

    String page = served.get("/").body();

    assertTrue(page.contains("<dt>Version</dt><dd>1.2.3<small>"), page);
    assertTrue(page.contains("<dt>Watch of dynamic</dt><dd>connected<small>"), page);
    assertTrue(page.contains("<dt>In</dt><dd>10 /s<small>"), page);
    assertTrue(page.contains("<li>1,234 export_error</li>"), page);
    assertTrue(page.contains("<dt>Heap</dt>") && page.contains("<dt>Up</dt>"), page);
    assertTrue(page.contains("<svg ") && page.contains("at most 40 records per second"), page);
    assertTrue(page.contains(">healthy<"), page);
  }

  @Test
  void shouldExplainATagAndANamespace() throws Exception {
    assertFalse(served.get("/").body().contains("<output>"));

    String page = served.get("/?tag=a.log&namespace=shoot--a--b").body();

    assertTrue(
        page.contains("<output>output dynamic: tag a.log, namespace shoot--a--b, goes to the shoot</output>"), page);
  }

  @Test
  void shouldMatchTheJsonReport() throws Exception {
    TargetMetrics target = served.metrics.openTarget(Labels.shoot("shoot--a--b", "a:4317"));
    target.queue(new FilledQueue(90, 100));
    target.incoming(7);
    target.dropped(DropReason.REJECTED, 2);
    target.deliveryStopped(HOSTILE);

    HttpResponse<String> response = served.get("/status.json?tag=a.log");
    JsonNode json = new ObjectMapper().readTree(response.body());

    assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
    assertTrue(json.get("healthy").asBoolean());
    assertEquals("1.2.3", json.get("version").asString());
    assertEquals("connected", json.at("/outputs/0/watch").asString());
    assertEquals("tag a.log, namespace , goes to the shoot", json.at("/outputs/0/route").asString());
    assertEquals(2, json.at("/dropped/rejected").asInt());
    assertEquals("ready", json.at("/targets/0/state").asString());
    assertEquals("stopped", json.at("/targets/0/trouble").asString());
    assertEquals(90, json.at("/targets/0/waitingBytes").asInt());
    assertEquals("1970-01-01T00:00:01Z", json.at("/targets/0/oldest").asString());
    assertEquals(7, json.at("/targets/0/incoming").asInt());
    assertEquals(HOSTILE, json.at("/targets/0/stopped/reason").asString());
    assertTrue(json.at("/targets/0/lastError").isMissingNode());
  }

  private static List<String> allMatches(String expression, String text) {
    return Pattern.compile(expression).matcher(text).results().map(MatchResult::group).toList();
  }
}
