/*
 * What an engine works with. They are opened and closed on its thread, in Fluent Bit's order.
 */
#ifndef HOST_PARTS_H
#define HOST_PARTS_H

#include <stdbool.h>

#include "courier.h"
#include "input.h"
#include "output.h"
#include "settings.h"

struct parts {
    const struct settings *settings;
    struct input *inputs;
    struct output *outputs;
};

/* Opens the inputs, initialises the outputs, starts their workers. False: the reason is in the log. */
bool parts_open(const struct parts *parts, struct courier *courier);

/*
 * Waits for the workers, ends the outputs and closes the inputs. After a failed parts_open, too: it
 * then ends outputs that never had an Init, as Fluent Bit does.
 */
void parts_close(const struct parts *parts, bool for_reload);

#endif
