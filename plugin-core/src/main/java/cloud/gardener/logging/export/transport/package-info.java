/**
 * What gRPC and HTTP have in common below a call.
 *
 * <ul>
 *   <li>{@link cloud.gardener.logging.export.transport.NettyTransport}: one thread drives all connections, {@link
 *       cloud.gardener.logging.export.transport.ExportMemory}: one arena serves all requests.
 *   <li>{@link cloud.gardener.logging.export.transport.PeerCheck}: the first bytes tell whether the server speaks what
 *       is asked of it; {@link cloud.gardener.logging.export.transport.Expectation}: what to tell the user if not.
 *   <li>{@link cloud.gardener.logging.export.transport.RequestStream} and {@link
 *       cloud.gardener.logging.export.transport.ZstdCodec}: a request's bytes as they lie in the queue's arrays, and
 *       compressed.
 *   <li>{@link cloud.gardener.logging.export.transport.Reloading}: what is made of files and made again when they
 *       change: certificates, and {@link cloud.gardener.logging.export.transport.ClientHeaders}.
 * </ul>
 */
package cloud.gardener.logging.export.transport;
