/* What the commands about imports share. */
#ifndef CLI_SOURCES_H
#define CLI_SOURCES_H
#include "cli/cli.h"

/* The import that a person means: its number, or "last". Errors: ERR_USAGE for none. */
bool sources_import(struct store *store, const char *word, int64_t *import, struct err *err);

/* "2024-01-16 09:30", in Korea, in the arena; with `exact` "2024-01-16T09:30:00+09:00". "" for 0. */
const char *sources_time(struct arena *arena, int64_t seconds, bool exact);

/* "a.jsonl:12:3", with the numbers that are not 0; in the arena. */
struct str sources_place(struct arena *arena, struct str name, int64_t line, int64_t column);

#endif
