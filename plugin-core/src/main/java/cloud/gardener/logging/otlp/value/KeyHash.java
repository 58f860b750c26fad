package cloud.gardener.logging.otlp.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * SipHash-1-3 of a key with a random secret per process: the author of a log cannot choose keys that collide in a hash
 * table.
 */
final class KeyHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long SECRET_0;
  private static final long SECRET_1;

  static {
    SecureRandom random = new SecureRandom();
    SECRET_0 = random.nextLong();
    SECRET_1 = random.nextLong();
  }

  private KeyHash() {}

  static int of(byte[] bytes, int offset, int length) {
    long hash = sipHash(SECRET_0, SECRET_1, bytes, offset, length);
    return (int) (hash ^ hash >>> 32);
  }

  static long sipHash(long secret0, long secret1, byte[] bytes, int offset, int length) {
    long v0 = secret0 ^ 0x736f6d6570736575L;
    long v1 = secret1 ^ 0x646f72616e646f6dL;
    long v2 = secret0 ^ 0x6c7967656e657261L;
    long v3 = secret1 ^ 0x7465646279746573L;
    int words = length >>> 3;
    // One round for each word and one for the remaining bytes and the length, then three final rounds.
    for (int round = 0; round < words + 4; round++) {
      long word = 0;
      if (round < words) {
        word = (long) LONG.get(bytes, offset + (round << 3));
      } else if (round == words) {
        word = (long) length << 56;
        for (int i = length & ~7; i < length; i++) {
          word |= (bytes[offset + i] & 0xffL) << ((i & 7) << 3);
        }
      } else if (round == words + 1) {
        v2 ^= 0xff;
      }
      v3 ^= word;
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
      v0 ^= word;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }
}
