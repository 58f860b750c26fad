package cloud.gardener.logging.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ByteCacheTest {
  private final ByteCache<Integer> cache = new ByteCache<>();

  @Test
  void shouldFindWhatWasPut() {
    for (int i = 0; i < ByteCache.MAX_ENTRIES; i++) {
      put("key-" + i, i);
    }

    for (int i = 0; i < ByteCache.MAX_ENTRIES; i++) {
      assertEquals(i, find("key-" + i));
    }
    assertNull(find("key-x"));
    assertNull(find(""));
  }

  @Test
  void shouldTellBytesOfEqualHashApart() {
    put("Aa", 1);
    put("BB", 2);

    assertEquals(1, find("Aa"));
    assertEquals(2, find("BB"));
  }

  @Test
  void shouldPutAnotherValueForEqualBytes() {
    put("a", 1);
    put("a", 2);

    assertEquals(2, find("a"));
  }

  @Test
  void shouldKnowEmptyBytes() {
    assertNull(find(""));
    put("", 5);

    assertEquals(5, find(""));
  }

  @Test
  void shouldStayBounded() {
    int found = 0;
    for (int i = 0; i < 10 * ByteCache.MAX_ENTRIES; i++) {
      put("key-" + i, i);
    }
    for (int i = 0; i < 10 * ByteCache.MAX_ENTRIES; i++) {
      Integer value = find("key-" + i);
      assertTrue(value == null || value == i);
      found += value == null ? 0 : 1;
    }

    assertTrue(found > 0 && found <= ByteCache.MAX_ENTRIES, found + " found");
  }

  @Test
  void shouldForgetAllWhenCleared() {
    put("a", 1);
    cache.clear();

    assertNull(find("a"));
  }

  private void put(String key, int value) {
    byte[] bytes = around(key);
    cache.put(bytes, 1, bytes.length - 2, value);
  }

  private Integer find(String key) {
    byte[] bytes = around(key);
    return cache.get(bytes, 1, bytes.length - 2);
  }

  /** The bytes with others before and behind. */
  private static byte[] around(String key) {
    return ("<" + key + ">").getBytes(UTF_8);
  }
}
