package cloud.gardener.logging.sdk;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;

/**
 * Passes the {@link SdkRecord} of each context to the next processor, in place of the logger's record, which is
 * empty. So the logger's limits truncate no record, and a record keeps what the logger's API does not support: its
 * resource, its scope, its dropped counts. A context without a record ends here.
 *
 * <p>Thread-safe, as the next processor is.
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
