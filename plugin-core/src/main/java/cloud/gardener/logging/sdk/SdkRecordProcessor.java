package cloud.gardener.logging.sdk;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;

/**
 * Hands the next processor the {@link SdkRecord} of each context in place of the logger's record, which
 * is empty. So no record is cut by the logger's limits or loses what its API has no place for: a resource,
 * a scope, the count of what was dropped. A context without a record ends here.
 *
 * <p>Thread-safe, as the next one is.
 */
final class SdkRecordProcessor implements LogRecordProcessor {
  private final LogRecordProcessor next;

  SdkRecordProcessor(LogRecordProcessor next) {
    this.next = next;
  }

  @Override
  public void onEmit(Context context, ReadWriteLogRecord ofLogger) {
    SdkRecord record = SdkRecord.of(context);
    if (record != null) {
      next.onEmit(context, record.emitted());
    }
  }

  @Override
  public CompletableResultCode forceFlush() {
    return next.forceFlush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return next.shutdown();
  }
}
