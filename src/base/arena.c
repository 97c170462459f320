#include "base/arena.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__ /* what a reset has taken back is as good as freed */
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, n)   ((void)(at), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(at, n) ((void)(at), (void)(n))
#endif

enum { BLOCK_SIZE = 64 * 1024, ALIGNMENT = 16, SHORT = 128 /* bytes: most of what is printed */ };

struct block {
    struct block *next;
    size_t used, size; /* bytes of data[] */
    _Alignas(ALIGNMENT) unsigned char data[];
};

struct arena {
    struct block *first, *current;
};

static struct block *block_new(size_t size)
{
    struct block *block = mem_alloc(mem_add(sizeof(struct block), size));
    block->next = NULL;
    block->used = 0;
    block->size = size;
    return block;
}

struct arena *arena_new(void)
{
    struct arena *arena = mem_alloc(sizeof *arena);
    arena->first = arena->current = block_new(BLOCK_SIZE);
    return arena;
}

static void free_chain(struct block *block)
{
    while (block) {
        struct block *next = block->next;
        ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
        mem_free(block);
        block = next;
    }
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    free_chain(arena->first);
    mem_free(arena);
}

void arena_reset(struct arena *arena)
{
    free_chain(arena->first->next);
    arena->first->next = NULL;
    arena->first->used = 0;
    ASAN_POISON_MEMORY_REGION(arena->first->data, arena->first->size);
    arena->current = arena->first;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    size = mem_add(size, ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    struct block *block = arena->current;
    if (block->size - block->used < size) {
        block = block_new(size > BLOCK_SIZE ? size : BLOCK_SIZE);
        arena->current->next = block;
        arena->current = block;
    }
    void *result = block->data + block->used;
    block->used += size;
    ASAN_UNPOISON_MEMORY_REGION(result, size);
    return memset(result, 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    return arena_alloc(arena, mem_mul(count, size));
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = arena_alloc(arena, mem_add(length, 1));
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char some[SHORT], *text;
    int length = vsnprintf(some, sizeof some, format, args);
    va_end(args);
    if ((size_t)length < sizeof some) {
        text = arena_copy(arena, some, (size_t)length);
    } else {
        text = arena_alloc(arena, (size_t)length + 1);
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}
