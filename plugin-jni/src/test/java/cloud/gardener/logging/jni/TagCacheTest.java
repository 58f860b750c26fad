package cloud.gardener.logging.jni;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A tag's text is decoded once. */
class TagCacheTest {
  private final TagCache tags = new TagCache();

  @Test
  void shouldHandOutTheSameTextForEqualBytes() {
    String first = tags.text("kubernetes.\u00e4".getBytes(UTF_8));

    assertEquals("kubernetes.\u00e4", first);
    assertSame(first, tags.text("kubernetes.\u00e4".getBytes(UTF_8)));
  }

  @Test
  void shouldStayBounded() {
    for (int i = 0; i < 3 * TagCache.MAX_TAGS; i++) {
      assertEquals("tag" + i, tags.text(("tag" + i).getBytes(UTF_8)));
      assertTrue(tags.size() <= TagCache.MAX_TAGS);
    }
  }
}
