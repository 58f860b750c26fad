/**
 * Delivers queue entries: from the target's queue to the backend, and out of the queue once the outcome is
 * final.
 *
 * <pre>
 *   TargetWorker.step()
 *     Batcher           entries -> Batch, which is one request
 *     SendWindow        limits the number of requests in flight
 *     InFlightRequests  each a SentRequest; fails those that the client does not end
 *     Settlement        what each result means: remove, split, give up or wait
 *       Refusals        a refused payload: whether the record or the backend is at fault
 *       Outage          the backend accepts nothing: growing pauses, one request at a time
 *     ExportObserver    is notified of all of this
 *   WorkerThreads       run the steps of all targets
 * </pre>
 *
 * <p>A worker is an object with a step that never blocks, so hundreds of workers share two threads. Its
 * entries leave the queue in the queue's order.
 */
package cloud.gardener.logging.delivery;
