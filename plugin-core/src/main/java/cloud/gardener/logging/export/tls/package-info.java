/**
 * TLS for connections to backends: certificates, keys, versions. {@link
 * cloud.gardener.logging.export.tls.ReloadingTls} reads the files again when they change; {@link
 * cloud.gardener.logging.export.tls.TlsContexts} keeps one of them for all clients with the same settings.
 *
 * <p>A setting that cannot be honoured makes the client's creation fail, with one line that names the key.
 */
package cloud.gardener.logging.export.tls;
