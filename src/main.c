/* briefgen: argv → command → exit status. The only caller of exit(). */
#include "cli/cli.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* A timer may start us with descriptors 0–2 closed; a database must not land on one of them. */
static void open_standard_descriptors(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= 2);
    if (fd > 2)
        close(fd);
}

int main(int argc, char **argv)
{
    open_standard_descriptors();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe or a file-size limit is an error that we report, not a death */
    signal(SIGXFSZ, SIG_IGN);
    mallopt(M_MMAP_THRESHOLD, 512 << 10); /* else glibc keeps large blocks once one was freed: 2 of 28 MiB */
    unsetenv("POSIXLY_CORRECT");          /* getopt would stop at the first argument */
    exit(cli_main(argc, argv));
}
