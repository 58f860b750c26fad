#include "coroutine.h"

#include <stdint.h>
#include <stdlib.h>
#include <ucontext.h>

struct coroutine {
    ucontext_t caller;
    ucontext_t callee;
    coroutine_fn function;
    void *argument;
};

/* makecontext passes only ints: the address is passed in two halves. */
static void enter(unsigned int high, unsigned int low)
{
    struct coroutine *coroutine = (struct coroutine *) (((uintptr_t) high << 32) | low);

    coroutine->function(coroutine->argument);
}

bool coroutine_run(coroutine_fn function, void *argument, size_t stack_bytes)
{
    struct coroutine *coroutine = malloc(sizeof(*coroutine));
    void *stack = malloc(stack_bytes);
    uintptr_t address = (uintptr_t) coroutine;
    bool ok = coroutine != NULL && stack != NULL && getcontext(&coroutine->callee) == 0;

    if (ok) {
        coroutine->function = function;
        coroutine->argument = argument;
        coroutine->callee.uc_stack.ss_sp = stack;
        coroutine->callee.uc_stack.ss_size = stack_bytes;
        coroutine->callee.uc_link = &coroutine->caller;
        makecontext(&coroutine->callee, (void (*)(void)) enter, 2, (unsigned int) (address >> 32),
                    (unsigned int) address);
        ok = swapcontext(&coroutine->caller, &coroutine->callee) == 0;
    }
    free(stack);
    free(coroutine);
    return ok;
}
