/**
 * The way of a queue entry: from its queue to the backend, and out of the queue when the backend has answered for
 * good.
 *
 * <pre>
 *   TargetWorker.step()
 *     Batcher       entries -> Batch, which is one request
 *     SendWindow    how many requests may be under way
 *     UnderWay      those that are, each a Sent; ends what a client does not end
 *     Settlement    what each answer means: remove, halve, give up or wait
 *       Refusals    a payload that is refused: is it the record's fault or the backend's
 *       Outage      the backend takes nothing: growing pauses, one request at a time
 *     ExportObserver    hears of all that
 *   WorkerThreads   run the steps of all targets
 * </pre>
 *
 * <p>A worker is an object with a step that never waits, so that hundreds of them share two threads. Its entries
 * leave the queue in the queue's order.
 */
package cloud.gardener.logging.delivery;
