package cloud.gardener.logging.otlp.value;

/**
 * The protobuf tags of OTLP logs (field number times 8, plus the wire type), from opentelemetry-proto
 * v1.11: collector/logs/v1, logs/v1, common/v1 and resource/v1.
 */
public final class Fields {
  static final int VARINT = 0;
  public static final int FIXED64 = 1;
  public static final int LEN = 2;
  public static final int FIXED32 = 5;

  public static final int REQUEST_RESOURCE_LOGS = 1 << 3 | LEN;

  public static final int RESOURCE_LOGS_RESOURCE = 1 << 3 | LEN;
  public static final int RESOURCE_LOGS_SCOPE_LOGS = 2 << 3 | LEN;
  public static final int RESOURCE_LOGS_SCHEMA_URL = 3 << 3 | LEN;

  public static final int RESOURCE_ATTRIBUTES = 1 << 3 | LEN;
  public static final int RESOURCE_DROPPED = 2 << 3 | VARINT;

  public static final int SCOPE_LOGS_SCOPE = 1 << 3 | LEN;
  public static final int SCOPE_LOGS_RECORDS = 2 << 3 | LEN;
  public static final int SCOPE_LOGS_SCHEMA_URL = 3 << 3 | LEN;

  public static final int SCOPE_NAME = 1 << 3 | LEN;
  public static final int SCOPE_VERSION = 2 << 3 | LEN;
  public static final int SCOPE_ATTRIBUTES = 3 << 3 | LEN;
  public static final int SCOPE_DROPPED = 4 << 3 | VARINT;

  public static final int RECORD_TIME = 1 << 3 | FIXED64;
  public static final int RECORD_SEVERITY_NUMBER = 2 << 3 | VARINT;
  public static final int RECORD_SEVERITY_TEXT = 3 << 3 | LEN;
  public static final int RECORD_BODY = 5 << 3 | LEN;
  public static final int RECORD_ATTRIBUTES = 6 << 3 | LEN;
  public static final int RECORD_DROPPED = 7 << 3 | VARINT;
  public static final int RECORD_FLAGS = 8 << 3 | FIXED32;
  public static final int RECORD_TRACE_ID = 9 << 3 | LEN;
  public static final int RECORD_SPAN_ID = 10 << 3 | LEN;
  public static final int RECORD_OBSERVED_TIME = 11 << 3 | FIXED64;
  public static final int RECORD_EVENT_NAME = 12 << 3 | LEN;

  public static final int KEY_VALUE_KEY = 1 << 3 | LEN;
  public static final int KEY_VALUE_VALUE = 2 << 3 | LEN;

  public static final int ANY_STRING = 1 << 3 | LEN;
  static final int ANY_BOOL = 2 << 3 | VARINT;
  static final int ANY_INT = 3 << 3 | VARINT;
  static final int ANY_DOUBLE = 4 << 3 | FIXED64;
  static final int ANY_ARRAY = 5 << 3 | LEN;
  public static final int ANY_MAP = 6 << 3 | LEN;
  static final int ANY_BYTES = 7 << 3 | LEN;

  static final int ARRAY_VALUES = 1 << 3 | LEN;
  public static final int MAP_VALUES = 1 << 3 | LEN;

  private Fields() {}
}
