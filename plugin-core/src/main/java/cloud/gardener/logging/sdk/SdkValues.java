package cloud.gardener.logging.sdk;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfoBuilder;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;

/**
 * Converts OTLP values to the SDK's. Omits what the SDK does not support: attributes without a key, all but the last
 * attribute with the same key, and the dropped counts of resources and scopes.
 */
final class SdkValues {
  private SdkValues() {}

  static Resource resource(ResourceLogs logs) {
    return Resource.create(
        attributes(logs.getResource().getAttributesList()), emptyToNull(logs.getSchemaUrl()));
  }

  static InstrumentationScopeInfo scope(ScopeLogs logs) {
    InstrumentationScope scope = logs.getScope();
    InstrumentationScopeInfoBuilder info =
        InstrumentationScopeInfo.builder(scope.getName())
            .setAttributes(attributes(scope.getAttributesList()));
    if (!scope.getVersion().isEmpty()) {
      info.setVersion(scope.getVersion());
    }
    if (!logs.getSchemaUrl().isEmpty()) {
      info.setSchemaUrl(logs.getSchemaUrl());
    }
    return info.build();
  }

  static Attributes attributes(List<KeyValue> pairs) {
    if (pairs.isEmpty()) {
      return Attributes.empty();
    }
    AttributesBuilder attributes = Attributes.builder();
    for (KeyValue pair : pairs) {
      put(attributes, pair.getKey(), pair.getValue());
    }
    return attributes.build();
  }

  static Value<?> value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> Value.of(value.getStringValue());
      case BOOL_VALUE -> Value.of(value.getBoolValue());
      case INT_VALUE -> Value.of(value.getIntValue());
      case DOUBLE_VALUE -> Value.of(value.getDoubleValue());
      case BYTES_VALUE -> Value.of(value.getBytesValue().toByteArray());
      case ARRAY_VALUE ->
          Value.of(
              value.getArrayValue().getValuesList().stream()
                  .<Value<?>>map(SdkValues::value)
                  .toList());
      case KVLIST_VALUE ->
          Value.of(
              value.getKvlistValue().getValuesList().stream()
                  .map(
                      pair ->
                          io.opentelemetry.api.common.KeyValue.of(
                              pair.getKey(), value(pair.getValue())))
                  .toArray(io.opentelemetry.api.common.KeyValue[]::new));
      // A reference to a string table, which log requests do not have.
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> Value.empty();
    };
  }

  private static void put(AttributesBuilder attributes, String key, AnyValue value) {
    switch (value.getValueCase()) {
      case STRING_VALUE -> attributes.put(key, value.getStringValue());
      case BOOL_VALUE -> attributes.put(key, value.getBoolValue());
      case INT_VALUE -> attributes.put(key, value.getIntValue());
      case DOUBLE_VALUE -> attributes.put(key, value.getDoubleValue());
      default -> attributes.put(AttributeKey.valueKey(key), value(value));
    }
  }

  private static String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
