package cloud.gardener.logging.export.clients;

import cloud.gardener.logging.config.value.Address;

/**
 * An HTTP proxy and its origin.
 *
 * @param address may contain credentials
 * @param source the key or the environment variable that names it
 */
record Proxy(Address address, String source) {
  /** The proxy without credentials, for log lines. */
  @Override
  public String toString() {
    return address.server() + " of " + source;
  }
}
