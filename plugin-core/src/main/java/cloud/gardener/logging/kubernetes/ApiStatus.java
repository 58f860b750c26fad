package cloud.gardener.logging.kubernetes;

/**
 * The API server's Status object: why something was refused.
 *
 * @param code as in HTTP; 0 when it names none
 * @param message for humans
 */
record ApiStatus(int code, String message) {}
