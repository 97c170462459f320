/* LD_PRELOAD=faulty-libc.so: what no tracer can do.
 *
 *   FAIL_MALLOC=k: allocation k of the threads beside the first finds no memory (base/failstop.c asks glibc under these
 * names), with FAIL_THREADS=all of all of them; FAIL_COUNT=FILE gets how many there were.
 *   SHORT=n: no call reads or writes more than n bytes. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_realloc(void *old, size_t size);

static void *(*real_malloc)(size_t size);
static void *(*real_realloc)(void *old, size_t size);
static atomic_long count;
static long failing, most;
static int all;

static long number(const char *name)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : 0;
}

static void find(void)
{
    failing = number("FAIL_MALLOC");
    most = number("SHORT");
    all = getenv("FAIL_THREADS") != NULL;
    *(void **)&real_realloc = dlsym(RTLD_NEXT, "__libc_realloc");
    *(void **)&real_malloc = dlsym(RTLD_NEXT, "__libc_malloc");
}

static int fails(void)
{
    if (!real_malloc)
        find();
    return (all || gettid() != getpid()) && atomic_fetch_add(&count, 1) + 1 == failing;
}

void *__libc_malloc(size_t size)
{
    return fails() ? NULL : real_malloc(size);
}

void *__libc_realloc(void *old, size_t size)
{
    return fails() ? NULL : real_realloc(old, size);
}

static size_t part(size_t n)
{
    return most > 0 && n > (size_t)most ? (size_t)most : n;
}

ssize_t read(int file, void *bytes, size_t n)
{
    return syscall(SYS_read, file, bytes, part(n));
}

ssize_t write(int file, const void *bytes, size_t n)
{
    return syscall(SYS_write, file, bytes, part(n));
}

ssize_t pwrite64(int file, const void *bytes, size_t n, off64_t at)
{
    return syscall(SYS_pwrite64, file, bytes, part(n), at);
}

ssize_t pread64(int file, void *bytes, size_t n, off64_t at)
{
    return syscall(SYS_pread64, file, bytes, part(n), at);
}

static __attribute__((destructor)) void say(void)
{
    const char *path = getenv("FAIL_COUNT");
    long n = atomic_load(&count); /* without what fopen takes */
    FILE *out = path ? fopen(path, "w") : NULL;
    if (!out)
        return;
    fprintf(out, "%ld\n", n);
    fclose(out);
}
