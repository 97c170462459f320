/* Inside the ingest room: which encoding bytes are in, by what they look like. */
#ifndef INGEST_ENCODING_H
#define INGEST_ENCODING_H
#include "base/str.h"

struct arena;

/* "utf-16le" or "utf-16be" where the file that begins with `bytes` is that, by `encoding` or, if that is "auto", by its
 * mark or its pattern of NULs; NULL for any other. */
const char *encoding_utf16_name(struct str bytes, const char *encoding);

/* Is it the name of one of these? NULL is not. */
bool encoding_is_utf16(const char *name);

/* The encoding of records of which these bytes are the first: `encoding` unless it is "auto", else "utf-8" or "cp949"
 * by what most of the lines are (others are found when they are decoded), NULL where no line tells it: those that
 * follow may. UTF-16 is "utf-8" here: it comes transcoded. */
const char *encoding_guess(struct str bytes, const char *encoding);

/* 'l' or 'b' where NULs stand nearly all on one side of the pairs, as in UTF-16 of Korean with its spaces and digits;
 * else 0.
 */
char encoding_utf16_pattern(struct str s);

/* Is so much of what is no UTF-8 made of Hangul in UTF-8 that no other encoding is likely? */
bool encoding_is_damaged_utf8(struct str bytes);

/* Does decoded CP949 look like Korean: mostly Hangul among what is not ASCII, hardly any private use? */
bool encoding_is_korean(struct str text);

/* For messages: what a detector says, and what bytes that are not what they should be look like. In the arena. */
const char *encoding_second_opinion(struct arena *arena, struct str bytes);
const char *encoding_looks_like(struct arena *arena, struct str bytes, bool should_be_utf8);

#endif
