package cloud.gardener.logging.metrics;

import java.time.Instant;

/**
 * The last failure of an export, or since when and why no export succeeds.
 *
 * @param reason one line, without secrets
 */
public record LastError(Instant at, String reason) {}
