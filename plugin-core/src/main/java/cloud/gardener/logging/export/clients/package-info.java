/**
 * Creates a target's client, and owns what all clients of the process share: {@link
 * cloud.gardener.logging.export.clients.ExportClients}.
 *
 * <p>A client's route is fixed when it is created: config determines the endpoint, {@link
 * cloud.gardener.logging.export.clients.Proxies} the proxy. Headers may change with their file ({@link
 * cloud.gardener.logging.export.clients.HeaderFiles}). The package also contains the clients without a network.
 */
package cloud.gardener.logging.export.clients;
