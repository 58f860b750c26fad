/* Replaces signals.c in a control test: a plugin that does not keep the JVM's signal handlers. */
#include "signals.h"

void signals_before_jvm(void)
{
    /* The host may install any handler. */
}

void signals_after_jvm(void)
{
    /* The host may install any handler. */
}
