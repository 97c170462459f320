/* Bytes that are appended once and read anywhere: the first in memory, the rest in a file without a name. */
#ifndef INGEST_SPILL_H
#define INGEST_SPILL_H
#include "base/err.h"
#include "base/str.h"

struct spill; /* holds at most `memory` bytes of its content and a window of the rest */
struct spill *spill_new(size_t memory);
void spill_free(struct spill *spill); /* NULL is fine */
uint64_t spill_size(const struct spill *spill);
bool spill_add(struct spill *spill, struct str bytes, struct err *err); /* ERR_CREATE, ERR_IO */
/* n bytes from `at`, which are there; valid until the next call. n is at most SPILL_WINDOW. */
bool spill_get(struct spill *spill, uint64_t at, size_t n, struct str *out, struct err *err);

enum { SPILL_WINDOW = 256 * 1024 };

#endif
