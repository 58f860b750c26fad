package cloud.gardener.logging.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1000, 0",
    "12, 1000, 12000",
    "1.5, 1000, 1500",
    ".5, 1000, 500",
    "2., 1000, 2000",
    "0.0015, 1000, 1",
    "0.00099999999999999999999, 1000, 0",
    "000000000000000000000000000001, 1, 1",
    "9223372036854775807, 1, 9223372036854775807",
    "9223372036.8547758079, 1000000000, 9223372036854775807",
  })
  void shouldReturnTheWholePartOfTheProduct(String number, long unit, long product) {
    assertEquals(product, Decimal.multiply(number, unit));
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775808, 1",
    "9223372036854775807, 2",
    "9223372036.854775808, 1000000000",
    "99999999999999999999999999999999, 0"
  })
  void shouldRefuseWhatNoLongCanHold(String number, long unit) {
    assertThrows(ArithmeticException.class, () -> Decimal.multiply(number, unit));
  }

  @Test
  void shouldAgreeWithBigDecimal() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      String number = digits(random, 1 + random.nextInt(6)) + "." + digits(random, random.nextInt(30));
      long unit = 1 + random.nextLong(3_600_000_000_000L);
      assertEquals(
          new BigDecimal(number).multiply(BigDecimal.valueOf(unit)).longValue(),
          Decimal.multiply(number, unit),
          number + " * " + unit);
    }
  }

  private static String digits(Random random, int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }
}
