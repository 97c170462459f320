/* Memory for what dies together: one run, one article, one paragraph. Nothing is freed singly. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stddef.h>

struct arena;

/* The result is never NULL: memory exhaustion ends the program (see failstop.c). Free with arena_free. */
struct arena *arena_new(void);
void arena_free(struct arena *arena);

/* Forgets all allocations but keeps the first block for reuse: for loops over articles or paragraphs. */
void arena_reset(struct arena *arena);

/* `size` bytes, zeroed, aligned for any object; they live until arena_reset or arena_free. */
void *arena_alloc(struct arena *arena, size_t size);

/* Zeroed array of `count` items of `size` bytes; the product is overflow-checked. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of `length` bytes with a terminating NUL. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length);

/* printf into the arena; the result is NUL-terminated. */
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(arena, type)          ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

#endif
