package cloud.gardener.logging.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private final Secrets secrets = new Secrets(List.of("Bearer s3cr3t-token", "p4ssw0rd", "garden"));

  @Test
  void shouldHideWholeValuesAndTheirWords() {
    assertEquals("invalid '***'", secrets.redact("invalid 'Bearer s3cr3t-token'"));
    assertEquals("token *** has expired", secrets.redact("token s3cr3t-token has expired"));
    assertEquals("***,***", secrets.redact("p4ssw0rd,garden"));
  }

  @Test
  void shouldHideASecretThatTheTruncationSplits() {
    for (int before = 280; before <= 300; before++) {
      String redacted = secrets.redact("x".repeat(before) + "s3cr3t-token" + "y".repeat(50));
      assertFalse(redacted.contains("s3cr"), redacted);
      assertTrue(redacted.length() <= 303, redacted);
    }
  }

  @Test
  void shouldReturnOneLine() {
    assertEquals("a  b c", secrets.redact("a\r\nb\u2028c"));
  }

  @Test
  void shouldNotShowSecretsInToString() {
    assertFalse(secrets.toString().contains("s3cr3t"));
  }
}
