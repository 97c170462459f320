#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { SIGNALS = sizeof signals / sizeof *signals };
static struct sigaction before[SIGNALS];
static atomic_int seen; /* lock-free, so that a handler may write and threads may read it */

static void see(int number)
{
    if (seen) {
        const struct sigaction action = {.sa_handler = SIG_DFL};
        sigaction(number, &action, NULL);
        raise(number);
    }
    seen = number;
}

/* Calls are restarted: nobody depends on being woken, least of all the database in mid-write. */
void interrupt_watch(void)
{
    const struct sigaction action = {.sa_handler = see, .sa_flags = SA_RESTART};
    seen = 0;
    for (size_t i = 0; i < SIGNALS; i++)
        if (sigaction(signals[i], NULL, &before[i]) == 0 && before[i].sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
}

void interrupt_restore(void)
{
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &before[i], NULL);
}

bool interrupt_seen(void)
{
    return seen != 0;
}

const atomic_int *interrupt_flag(void)
{
    return &seen;
}

void interrupt_die(void)
{
    if (seen)
        raise(seen);
}
