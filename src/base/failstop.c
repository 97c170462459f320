/* malloc that never returns NULL, for the whole process: ICU, FreeType, libharu and hb-subset do not survive a failed
 * allocation (hb-subset can even report success with wrong bytes). Left out under sanitizers, which bring their own. */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef __has_feature /* clang; gcc defines __SANITIZE_ADDRESS__ itself */
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifndef __SANITIZE_ADDRESS__

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static void *check(void *block)
{
    static const char message[] = "briefgen: error: out of memory\n";
    if (!block) {
        ssize_t ignored = write(2, message, sizeof message - 1);
        (void)ignored;
        _exit(71);
    }
    return block;
}

void *malloc(size_t size)
{
    return check(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return check(__libc_calloc(count, size));
}

void *realloc(void *old, size_t size)
{
    void *block = __libc_realloc(old, size);
    return size == 0 ? block : check(block); /* realloc(p, 0) may free and give NULL */
}

#endif
