package cloud.gardener.logging.tool.queue;

import cloud.gardener.logging.export.http.RequestPath;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Sends payloads to an OTLP/HTTP endpoint for a person who waits for the response: one after the other, each once.
 * The plugin itself does not use it.
 */
final class RequestSender {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int SHOWN_CHARACTERS = 200;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI endpoint;
  private final HttpRequest.Builder request;

  /**
   * @param url the endpoint, or its base: the path is completed as the plugin does with its endpoints
   * @param headers each {@code NAME: VALUE}
   * @throws IllegalArgumentException when the URL or a header is invalid; the message contains no header value
   */
  RequestSender(String url, List<String> headers) {
    endpoint = endpoint(URI.create(url));
    request =
        HttpRequest.newBuilder(endpoint)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-protobuf");
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon <= 0) {
        throw new IllegalArgumentException("a --header that is not 'NAME: VALUE'");
      }
      String name = header.substring(0, colon).strip();
      try {
        request.header(name, header.substring(colon + 1).strip());
      } catch (IllegalArgumentException e) {
        // The JDK's message contains the value, which may be a secret.
        throw new IllegalArgumentException("the --header " + name);
      }
    }
  }

  private static URI endpoint(URI url) {
    if (url.getScheme() == null || url.getHost() == null) {
      throw new IllegalArgumentException("a URL that does not begin with http://host or https://host");
    }
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return URI.create(
        url.getScheme() + "://" + url.getRawAuthority() + RequestPath.ofUrl(url.getRawPath()) + query);
  }

  /** Sends a payload. Null when the endpoint accepted all records of the request, otherwise the reason. */
  String send(byte[] payload) {
    try {
      HttpResponse<byte[]> response =
          client.send(
              request.copy().POST(HttpRequest.BodyPublishers.ofByteArray(payload)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return response.statusCode() / 100 == 2 // Fluent Bit's input answers with 201.
          ? rejected(response.statusCode(), response.body())
          : "HTTP " + response.statusCode() + " " + text(response.body());
    } catch (ConnectException e) {
      // The JDK's has no message.
      String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
      return "cannot connect to " + endpoint.getHost() + port + ": check the address, and whether the backend runs";
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private static String rejected(int status, byte[] body) {
    try {
      ExportLogsPartialSuccess partial =
          ExportLogsServiceResponse.parseFrom(body).getPartialSuccess();
      return partial.getRejectedLogRecords() == 0
          ? null
          : partial.getRejectedLogRecords() + " records rejected: " + oneLine(partial.getErrorMessage());
    } catch (InvalidProtocolBufferException e) {
      return "HTTP " + status + ", but the answer is no OTLP: " + text(body);
    }
  }

  private static String text(byte[] body) {
    return oneLine(new String(body, StandardCharsets.UTF_8));
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) : line;
  }
}
