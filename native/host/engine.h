/*
 * The engine: the thread that reads the inputs and passes their chunks to the outputs.
 *
 * Unlike Fluent Bit's, it passes a full chunk on at once and not only when Flush is over, so that a host that reads
 * fast does not hold all chunks in memory.
 */
#ifndef HOST_ENGINE_H
#define HOST_ENGINE_H

#include <stdbool.h>

#include "parts.h"

/* Called on the engine's thread when it has stopped by itself: an input has ended. */
typedef void (*engine_ended)(void);

/*
 * Starts the engine and waits until its parts are open. NULL when they cannot be opened; they are then closed. The
 * objects in `parts` must outlive the engine.
 */
struct engine *engine_start(const struct parts *parts, engine_ended ended);

bool engine_has_ended(const struct engine *engine);

/*
 * Stops reading, waits at most grace_s seconds (-1: without limit) for deliveries, closes the parts and frees the
 * engine. for_reload is passed on to the plugins.
 */
void engine_stop(struct engine *engine, long grace_s, bool for_reload);

#endif
