package cloud.gardener.logging.config.syntax;

/** Exact arithmetic with decimal text, without BigDecimal, which takes 10 ms of the plugin's start to be loaded. */
public final class Decimal {
  private Decimal() {}

  /**
   * Returns the whole part of the product.
   *
   * @param number digits with at most one point, of any length: {@code 12}, {@code 1.5}, {@code .5}, {@code 2.}
   * @param unit at least 0, and less than a tenth of the largest long
   * @throws ArithmeticException if the product is larger than the largest long
   */
  public static long multiply(String number, long unit) {
    int point = number.indexOf('.');
    int end = point < 0 ? number.length() : point;
    long whole = 0;
    for (int i = 0; i < end; i++) {
      whole = Math.addExact(Math.multiplyExact(whole, 10), digit(number, i));
    }
    long fraction = 0;
    // From the last digit on, so that a division cuts off only what can never become a whole.
    for (int i = number.length() - 1; i > end; i--) {
      fraction = (digit(number, i) * unit + fraction) / 10;
    }
    return Math.addExact(Math.multiplyExact(whole, unit), fraction);
  }

  private static long digit(String number, int index) {
    return number.charAt(index) - '0';
  }
}
