/* Allocation that cannot fail (the process ends with status 71) and size arithmetic that cannot wrap. */
#ifndef BASE_MEM_H
#define BASE_MEM_H
#include <stddef.h>

void *mem_alloc(size_t size); /* uninitialised; free with mem_free */
void *mem_realloc(void *old, size_t size);
void mem_free(void *block);
size_t mem_add(size_t a, size_t b);
size_t mem_mul(size_t a, size_t b);

/* Grows `array` (items of `size` bytes, room for *capacity of them) so that it holds at least `need`; doubles, so that
 * appending is linear. Returns the array, perhaps moved. */
void *mem_grow(void *array, size_t *capacity, size_t need, size_t size);

#endif
