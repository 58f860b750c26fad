/**
 * Makes a target's client, and owns what all clients of the process share: {@link
 * cloud.gardener.logging.export.clients.ExportClients}.
 *
 * <p>Where a client goes is decided when it is made: the endpoint by config, the proxy by {@link
 * cloud.gardener.logging.export.clients.Proxies}. Headers may change with their file ({@link
 * cloud.gardener.logging.export.clients.HeaderFiles}). The clients without a network are here, too.
 */
package cloud.gardener.logging.export.clients;
