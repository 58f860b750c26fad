package cloud.gardener.logging.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker refuses what Prometheus would refuse. */
class PrometheusTextTest {
  @Test
  void shouldParseValidText() {
    PrometheusText text =
        PrometheusText.parse(
            """
            # HELP a_total An a.
            # TYPE a_total counter
            a_total{x="1",y="q\\"}\\n"} 2.0
            # HELP h An h.
            # TYPE h histogram
            h_bucket{le="1.0"} 1
            h_bucket{le="+Inf"} 2
            h_count 2
            h_sum 3.5
            """);

    assertEquals(2, text.value("a_total{x=\"1\",y=\"q\\\"}\\n\"}"));
    assertEquals(3.5, text.value("h_sum"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# TYPE a counter\na 1",
        "a 1\n",
        "# TYPE a counter\nb 1\n",
        "# TYPE a counter\na x\n",
        "# TYPE a counter\na{x=1} 1\n",
        "# TYPE a counter\na{x=\"\\z\"} 1\n",
        "# TYPE a counter\na{x=\"1\",x=\"2\"} 1\n",
        "# TYPE a counter\na 1\na 2\n",
        "# TYPE a counter\na 1\na{x=\"1\"} 2\n",
        "# TYPE a counter\na 1\n# TYPE b counter\nb 1\n# HELP a An a.\n",
        "# TYPE a counter\na_bucket{le=\"1\"} 1\n",
        "# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_count 1\nh_sum 1\n",
        "# TYPE h histogram\nh_bucket{le=\"+Inf\"} 1\nh_count 2\nh_sum 1\n"
      })
  void shouldRejectInvalidText(String text) {
    assertThrows(AssertionError.class, () -> PrometheusText.parse(text));
  }
}
