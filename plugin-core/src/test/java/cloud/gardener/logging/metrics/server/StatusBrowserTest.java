package cloud.gardener.logging.metrics.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.metrics.Labels;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for people in a real browser: 500 shoots, and names that attack. */
@Tag("real")
class StatusBrowserTest {
  private static final int TARGETS = 500;
  private static final String ATTACK = "<img src=x onerror='window.attacked=1'><script>window.attacked=1</script>";

  private static ServedMetrics served;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    browser = Browser.start();
    served = new ServedMetrics();
    StatusMain.createTargets(served, TARGETS);
    served.metrics.openTarget(Labels.shoot(ATTACK, ATTACK)).deliveryStopped(ATTACK);
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (served != null) {
      served.close();
      browser.close();
    }
  }

  @BeforeEach
  void load() throws IOException, InterruptedException {
    browser.consoleErrors();
    browser.load("http://127.0.0.1:" + served.port + "/?namespace=" + "%3Cscript%3Ewindow.attacked=1%3C/script%3E");
  }

  private static int number(String script) throws IOException, InterruptedException {
    return browser.run("return " + script).asInt();
  }

  @Test
  void shouldShowAllTargetsWithinASecond() throws Exception {
    load(); // The first time the browser starts and the JVM compiles.

    assertEquals(TARGETS + 2, number("document.querySelectorAll('tbody').length"));
    int millis = number("performance.getEntriesByType('navigation')[0].loadEventEnd");
    System.out.println("the page of " + TARGETS + " targets in a browser: " + millis + " ms");
    assertTrue(millis < 1000, millis + " ms");
  }

  @Test
  void shouldObeyItsPolicyAndShowNamesAsText() throws Exception {
    assertEquals("[]", browser.consoleErrors().toString());
    assertTrue(browser.run("return window.attacked === undefined").asBoolean());
    assertEquals(1, number("document.scripts.length"));
    assertEquals(0, number("document.images.length"));
    assertTrue(browser.run("return document.body.innerText").asString().contains(ATTACK));
    assertTrue(browser.run("return getComputedStyle(document.querySelector('.badge')).borderRadius !== '0px'").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 1400})
  void shouldFilterWhileTheUserTypes(int width) throws Exception {
    browser.resize(width, 900);
    load();
    browser.type("#search", "CLUSTER-412");

    assertEquals(1, number("[...document.querySelectorAll('tbody')].filter(row => row.offsetHeight > 0).length"));
    assertEquals("1 shown", browser.run("return document.getElementById('count').textContent").asString());
  }

  @Test
  void shouldExplainARoute() throws Exception {
    browser.run("document.querySelector('[name=namespace]').value = ''");
    browser.type("[name=tag]", "a.log");
    browser.type("[name=namespace]", "shoot--a--b");
    browser.click("form[action='/#explain'] button");

    assertEquals(
        "output dynamic: tag a.log, namespace shoot--a--b, goes to the shoot",
        browser.run("return document.querySelector('output').textContent").asString());
  }

  @Test
  void shouldFitIntoANarrowWindow() throws Exception {
    browser.resize(500, 900);
    load();

    assertTrue(browser.run("return document.documentElement.scrollWidth <= window.innerWidth").asBoolean());
  }
}
