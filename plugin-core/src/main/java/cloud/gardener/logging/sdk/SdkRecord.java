package cloud.gardener.logging.sdk;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.ImplicitContextKeyed;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HexFormat;

/** An OTLP record in the SDK's form. A context carries it through a logger. Immutable, so thread-safe. */
final class SdkRecord implements LogRecordData, ImplicitContextKeyed {
  private static final ContextKey<SdkRecord> KEY = ContextKey.named("record");

  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final LogRecord record;
  private final Attributes attributes;

  SdkRecord(Resource resource, InstrumentationScopeInfo scope, LogRecord record) {
    this.resource = resource;
    this.scope = scope;
    this.record = record;
    this.attributes = SdkValues.attributes(record.getAttributesList());
  }

  @Override
  public Context storeInContext(Context context) {
    return context.with(KEY, this);
  }

  /** The record in a context, or null. */
  static SdkRecord of(Context context) {
    return context.get(KEY);
  }

  /** The form for the processor, which changes nothing. */
  ReadWriteLogRecord emitted() {
    return new ReadWriteLogRecord() {
      @Override
      public <T> ReadWriteLogRecord setAttribute(AttributeKey<T> key, T value) {
        throw new UnsupportedOperationException("records are sent as they came");
      }

      @Override
      public LogRecordData toLogRecordData() {
        return SdkRecord.this;
      }
    };
  }

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return scope;
  }

  @Override
  public long getTimestampEpochNanos() {
    return record.getTimeUnixNano();
  }

  @Override
  public long getObservedTimestampEpochNanos() {
    return record.getObservedTimeUnixNano();
  }

  /** Invalid when an id has the wrong length. */
  @Override
  public SpanContext getSpanContext() {
    HexFormat hex = HexFormat.of();
    return SpanContext.create(
        hex.formatHex(record.getTraceId().toByteArray()),
        hex.formatHex(record.getSpanId().toByteArray()),
        TraceFlags.fromByte((byte) record.getFlags()),
        TraceState.getDefault());
  }

  /** Undefined when the number is not one of OTLP's. */
  @Override
  public Severity getSeverity() {
    int number = record.getSeverityNumberValue();
    Severity[] all = Severity.values();
    return number >= 0 && number < all.length ? all[number] : Severity.UNDEFINED_SEVERITY_NUMBER;
  }

  @Override
  public String getSeverityText() {
    return record.getSeverityText();
  }

  @Override
  @SuppressWarnings("deprecation")
  public io.opentelemetry.sdk.logs.data.Body getBody() {
    Value<?> value = getBodyValue();
    return value == null
        ? io.opentelemetry.sdk.logs.data.Body.empty()
        : io.opentelemetry.sdk.logs.data.Body.string(value.asString());
  }

  /** Null for none. */
  @Override
  public Value<?> getBodyValue() {
    return record.hasBody() ? SdkValues.value(record.getBody()) : null;
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return attributes.size() + record.getDroppedAttributesCount();
  }

  /** Null for none. */
  @Override
  public String getEventName() {
    return record.getEventName().isEmpty() ? null : record.getEventName();
  }
}
