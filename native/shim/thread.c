#include "thread.h"

#include <signal.h>

int thread_start(pthread_t *thread, size_t stack_bytes, void *(*thread_main)(void *), void *argument)
{
    pthread_attr_t attributes;
    sigset_t mask, before;

    sigfillset(&mask);
    sigdelset(&mask, SIGSEGV);
    sigdelset(&mask, SIGBUS);
    sigdelset(&mask, SIGFPE);
    sigdelset(&mask, SIGILL);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack_bytes);
    pthread_sigmask(SIG_SETMASK, &mask, &before);
    int error = pthread_create(thread, &attributes, thread_main, argument);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return error;
}
