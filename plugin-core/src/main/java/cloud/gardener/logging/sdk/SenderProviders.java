package cloud.gardener.logging.sdk;

import cloud.gardener.logging.export.ExportResult;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Provides the plugin's sender to OpenTelemetry's exporters, which look it up with a service loader. Finds no other
 * service.
 */
final class SenderProviders implements ComponentLoader {
  private static final byte[] NO_BODY = {};

  private final ClientSender sender;

  SenderProviders(ClientSender sender) {
    this.sender = sender;
  }

  @Override
  public <T> Iterable<T> load(Class<T> service) {
    if (service == GrpcSenderProvider.class) {
      GrpcSenderProvider provider = config -> new Grpc();
      return List.of(service.cast(provider));
    } else if (service == HttpSenderProvider.class) {
      HttpSenderProvider provider = config -> new Http();
      return List.of(service.cast(provider));
    }
    return List.of();
  }

  private final class Grpc implements GrpcSender {
    @Override
    public void send(
        MessageWriter message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
      try {
        sender.send(message, result -> onResponse.accept(grpcResponse(result)));
      } catch (IOException e) {
        onError.accept(e);
      }
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private final class Http implements HttpSender {
    @Override
    public void send(
        MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
      try {
        sender.send(message, result -> onResponse.accept(httpResponse(result)));
      } catch (IOException e) {
        onError.accept(e);
      }
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private static GrpcResponse grpcResponse(ExportResult result) {
    GrpcStatusCode code = GrpcStatusCode.OK;
    if (result instanceof ExportResult.Retry) {
      code = GrpcStatusCode.UNAVAILABLE;
    } else if (result instanceof ExportResult.DestinationRefused) {
      code = GrpcStatusCode.FAILED_PRECONDITION;
    } else if (result instanceof ExportResult.PayloadRefused) {
      code = GrpcStatusCode.INVALID_ARGUMENT;
    } else if (result instanceof ExportResult.TooLarge) {
      code = GrpcStatusCode.RESOURCE_EXHAUSTED;
    }
    return new GrpcAnswer(code, reason(result));
  }

  private static HttpResponse httpResponse(ExportResult result) {
    int code = 200;
    if (result instanceof ExportResult.Retry) {
      code = 503;
    } else if (result instanceof ExportResult.DestinationRefused) {
      code = 500;
    } else if (result instanceof ExportResult.PayloadRefused) {
      code = 400;
    } else if (result instanceof ExportResult.TooLarge) {
      code = 413;
    }
    return new HttpAnswer(code, reason(result));
  }

  private static String reason(ExportResult result) {
    return result instanceof ExportResult.Failure failure ? failure.reason() : "";
  }

  private record GrpcAnswer(GrpcStatusCode code, String description) implements GrpcResponse {
    @Override
    public GrpcStatusCode getStatusCode() {
      return code;
    }

    @Override
    public String getStatusDescription() {
      return description;
    }

    @Override
    public byte[] getResponseMessage() {
      return NO_BODY;
    }
  }

  private record HttpAnswer(int code, String message) implements HttpResponse {
    @Override
    public int getStatusCode() {
      return code;
    }

    @Override
    public String getStatusMessage() {
      return message;
    }

    @Override
    public byte[] getResponseBody() {
      return NO_BODY;
    }
  }
}
