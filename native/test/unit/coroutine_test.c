#include "coroutine.h"

#include <pthread.h>
#include <stdint.h>

#include "check.h"

static void remember_stack(void *argument)
{
    char here;

    *(uintptr_t *) argument = (uintptr_t) &here;
}

static void should_run_outside_of_the_stack_of_its_thread(void)
{
    pthread_attr_t attributes;
    void *bottom;
    size_t size;
    uintptr_t place = 0;

    CHECK(pthread_getattr_np(pthread_self(), &attributes) == 0);
    CHECK(pthread_attr_getstack(&attributes, &bottom, &size) == 0);
    pthread_attr_destroy(&attributes);
    CHECK(coroutine_run(remember_stack, &place, COROUTINE_STACK_BYTES));
    CHECK(place != 0);
    CHECK(place < (uintptr_t) bottom || place >= (uintptr_t) bottom + size);
}

static void run_another(void *argument)
{
    CHECK(coroutine_run(remember_stack, argument, COROUTINE_STACK_BYTES));
}

static void should_run_inside_another_one(void)
{
    uintptr_t place = 0;

    CHECK(coroutine_run(run_another, &place, COROUTINE_STACK_BYTES));
    CHECK(place != 0);
}

int main(void)
{
    RUN(should_run_outside_of_the_stack_of_its_thread);
    RUN(should_run_inside_another_one);
}
