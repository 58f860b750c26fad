/* Stands in for signals.c in a control: a plugin that does not keep the JVM's signal handlers. */
#include "signals.h"

void signals_before_jvm(void)
{
    /* The host may do what it likes. */
}

void signals_after_jvm(void)
{
    /* The host may do what it likes. */
}
