/**
 * What gRPC and HTTP share.
 *
 * <ul>
 *   <li>{@link cloud.gardener.logging.export.transport.NetworkClient}: the life of a client and of its calls.
 *   <li>{@link cloud.gardener.logging.export.transport.NettyTransport}: one thread drives all connections.
 *   <li>{@link cloud.gardener.logging.export.transport.PeerCheck}: the first bytes show whether the server uses the
 *       expected protocol; {@link cloud.gardener.logging.export.transport.ExpectedPeer}: the message for the user if
 *       not.
 *   <li>{@link cloud.gardener.logging.export.transport.RequestStream} and {@link
 *       cloud.gardener.logging.export.transport.ZstdCodec}: a request's bytes, uncompressed from the queue's arrays
 *       or compressed.
 *   <li>{@link cloud.gardener.logging.export.transport.Reloading}: objects that are created from files and recreated
 *       when they change: certificates, and {@link cloud.gardener.logging.export.transport.ClientHeaders}.
 * </ul>
 */
package cloud.gardener.logging.export.transport;
