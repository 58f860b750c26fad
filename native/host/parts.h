/* The inputs and outputs of an engine. They are opened and closed on its thread, in Fluent Bit's order. */
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

/* Opens the inputs, initializes the outputs, starts their workers. False on failure, after the reason was logged. */
bool parts_open(const struct parts *parts, struct courier *courier);

/*
 * Waits for the workers, ends the outputs and closes the inputs. Also called after a failed parts_open: like Fluent
 * Bit, it then ends outputs that were never initialized.
 */
void parts_close(const struct parts *parts, bool for_reload);

#endif
