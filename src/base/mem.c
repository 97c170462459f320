#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/* Out of memory: SQLite's journal rolls back, nothing has been published, so leaving at once is safe. */
_Noreturn static void die(void)
{
    static const char message[] = "briefgen: error: out of memory\n";
    ssize_t ignored = write(2, message, sizeof message - 1);
    (void)ignored;
    _exit(71);
}

void *mem_alloc(size_t size)
{
    void *block = malloc(size ? size : 1);
    if (!block)
        die();
    return block;
}

void *mem_realloc(void *old, size_t size)
{
    void *block = realloc(old, size ? size : 1);
    if (!block)
        die();
    return block;
}

void mem_free(void *block)
{
    free(block);
}

size_t mem_add(size_t a, size_t b)
{
    if (a > SIZE_MAX - b)
        die();
    return a + b;
}

size_t mem_mul(size_t a, size_t b)
{
    if (b && a > SIZE_MAX / b)
        die();
    return a * b;
}

void *mem_grow(void *array, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return array;
    size_t room = *capacity ? *capacity : 8;
    while (room < need)
        room = mem_mul(room, 2);
    array = mem_realloc(array, mem_mul(room, size));
    *capacity = room;
    return array;
}
