package cloud.gardener.logging.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Writes msgpack for tests, from Java values: null, Boolean, Integer, Long, BigInteger (uint64), Double,
 * String, byte[] (binary), Raw (bytes of a string that may not be UTF-8), List, Map, and Pairs for maps
 * that repeat keys or have keys that are no strings.
 */
public final class MsgPack {
  /** A string of any bytes. */
  public record Raw(byte[] bytes) {}

  /** A map as it stands, keys and values in turn. */
  public record Pairs(List<Object> keysAndValues) {}

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  /** A v2 event. */
  public MsgPack event(long seconds, long nanos, Object metadata, Object body) {
    return array(2).array(2).time(seconds, nanos).value(metadata).value(body);
  }

  /** A group's start with the body of an OTLP group. */
  public MsgPack groupStart(Object body) {
    return event(0xFFFFFFFFL, 0, Map.of("schema", "otlp", "resource_id", 0, "scope_id", 0), body);
  }

  /** A group's end. */
  public MsgPack groupEnd() {
    return event(0xFFFFFFFEL, 0, Map.of(), Map.of());
  }

  /** Fluent Bit's time: fixext8 of type 0. */
  public MsgPack time(long seconds, long nanos) {
    return write(o -> {
      o.writeByte(0xd7);
      o.writeByte(0);
      o.writeInt((int) seconds);
      o.writeInt((int) nanos);
    });
  }

  /** The head of an array. */
  public MsgPack array(int elements) {
    return head(elements, 0x90, 0xdc, 0xdd);
  }

  /** The head of a map. */
  public MsgPack map(int pairs) {
    return head(pairs, 0x80, 0xde, 0xdf);
  }

  /** Bytes as they are. */
  public MsgPack raw(int... values) {
    return write(o -> {
      for (int value : values) {
        o.writeByte(value);
      }
    });
  }

  /** Any value. */
  public MsgPack value(Object value) {
    if (value == null) {
      return raw(0xc0);
    } else if (value instanceof Boolean bool) {
      return raw(bool ? 0xc3 : 0xc2);
    } else if (value instanceof Integer || value instanceof Long) {
      return integer(((Number) value).longValue());
    } else if (value instanceof BigInteger big) {
      return write(o -> {
        o.writeByte(0xcf);
        o.writeLong(big.longValue());
      });
    } else if (value instanceof Double real) {
      return write(o -> {
        o.writeByte(0xcb);
        o.writeDouble(real);
      });
    } else if (value instanceof String string) {
      return string(string.getBytes(UTF_8));
    } else if (value instanceof Raw raw) {
      return string(raw.bytes());
    } else if (value instanceof byte[] binary) {
      return write(o -> {
        o.writeByte(0xc6);
        o.writeInt(binary.length);
        o.write(binary);
      });
    } else if (value instanceof List<?> list) {
      array(list.size());
      list.forEach(this::value);
      return this;
    } else if (value instanceof Pairs pairs) {
      map(pairs.keysAndValues().size() / 2);
      pairs.keysAndValues().forEach(this::value);
      return this;
    } else if (value instanceof Map<?, ?> map) {
      map(map.size());
      map.forEach((key, itsValue) -> value(key).value(itsValue));
      return this;
    }
    throw new IllegalArgumentException("no msgpack for " + value.getClass());
  }

  private MsgPack integer(long value) {
    return write(o -> {
      if (value >= 0 && value < 0x80 || value < 0 && value >= -32) {
        o.writeByte((int) value);
      } else if (value >= 0 && value <= 0xff) {
        o.writeByte(0xcc);
        o.writeByte((int) value);
      } else if (value >= 0 && value <= 0xffff) {
        o.writeByte(0xcd);
        o.writeShort((int) value);
      } else if (value == (int) value) {
        o.writeByte(0xd2);
        o.writeInt((int) value);
      } else {
        o.writeByte(0xd3);
        o.writeLong(value);
      }
    });
  }

  private MsgPack string(byte[] text) {
    return write(o -> {
      if (text.length < 32) {
        o.writeByte(0xa0 | text.length);
      } else if (text.length < 256) {
        o.writeByte(0xd9);
        o.writeByte(text.length);
      } else if (text.length < 65536) {
        o.writeByte(0xda);
        o.writeShort(text.length);
      } else {
        o.writeByte(0xdb);
        o.writeInt(text.length);
      }
      o.write(text);
    });
  }

  private MsgPack head(int count, int fix, int head16, int head32) {
    return write(o -> {
      if (count < 16) {
        o.writeByte(fix | count);
      } else if (count < 65536) {
        o.writeByte(head16);
        o.writeShort(count);
      } else {
        o.writeByte(head32);
        o.writeInt(count);
      }
    });
  }

  private interface Write {
    void to(DataOutputStream out) throws IOException;
  }

  private MsgPack write(Write write) {
    try {
      write.to(out);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that was written. */
  public byte[] bytes() {
    return bytes.toByteArray();
  }

  /** All that was written, in a direct buffer as the plugin gets it. */
  public ByteBuffer chunk() {
    byte[] all = bytes();
    return ByteBuffer.allocateDirect(all.length).put(all).flip();
  }
}
