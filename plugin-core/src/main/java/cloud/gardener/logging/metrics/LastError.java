package cloud.gardener.logging.metrics;

import java.time.Instant;

/**
 * Why an export failed last, or since when and why none succeeds.
 *
 * @param at when
 * @param reason one line, without secrets
 */
public record LastError(Instant at, String reason) {}
