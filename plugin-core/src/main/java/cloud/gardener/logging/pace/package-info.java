/**
 * When something may be tried again: the pauses after failures ({@link cloud.gardener.logging.pace.Backoff}) and the
 * rate ({@link cloud.gardener.logging.pace.RateLimiter}). Both only compute times on a clock that is passed in; the
 * caller waits.
 */
package cloud.gardener.logging.pace;
