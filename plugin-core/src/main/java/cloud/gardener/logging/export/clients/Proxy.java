package cloud.gardener.logging.export.clients;

import cloud.gardener.logging.config.value.Address;

/**
 * An HTTP proxy, and who has named it.
 *
 * @param address where it is; may carry credentials
 * @param source the key or the environment variable
 */
record Proxy(Address address, String source) {
  /** For a log line, without credentials. */
  @Override
  public String toString() {
    return address.hostAndPort() + " of " + source;
  }
}
