/* Ctrl-C, SIGTERM and SIGHUP for a command that finishes what it has begun: the first one sets a flag, the next one
 * ends the program at once. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H
#include <stdatomic.h>
#include <stdbool.h>

void interrupt_watch(void); /* what is ignored stays ignored (nohup) */
void interrupt_restore(void);
bool interrupt_seen(void);
const atomic_int *interrupt_flag(void); /* not 0: seen */
void interrupt_die(void);               /* after interrupt_restore: ends the program by the signal that was seen */

#endif
