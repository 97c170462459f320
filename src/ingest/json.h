/* Inside the ingest room: what a JSON value is, told from its bytes without parsing it. Linear, without recursion; in
 * UTF-8 or CP949, none of whose bytes can be taken for another's quote, backslash or bracket. */
#ifndef INGEST_JSON_H
#define INGEST_JSON_H
#include "base/limits.h"
#include "ingest/mapping.h"

enum { JSON_DEPTH = LIMIT_JSON_DEPTH, JSON_LIMIT = LIMIT_RECORD_BYTES /* bytes of a record, or of a line */ };

/* Length of the value at the start of `s`, an object, array or string; SIZE_MAX where it does not end in `s`. */
size_t json_length(struct str s);

/* Is a value nested deeper than JSON_DEPTH, or of more values than LIMIT_JSON_VALUES? A parser takes a hundred bytes
 * and more of memory for each, which may have two in the text. */
enum json_excess { JSON_FITS, JSON_TOO_DEEP, JSON_TOO_MANY };
enum json_excess json_excess(struct str s);

/* To be called before jansson: memory is the program's, also when it runs out. By any number of threads. */
void json_begin(void);

enum json_kind {
    JSON_RECORD,    /* names a title or a body, itself or in a member */
    JSON_CONTAINER, /* holds an array of such, or an empty array and nothing else that is known */
    JSON_KEYED,     /* holds several such, each under a key of its own: {"a1": {…}, "a2": {…}} */
    JSON_OTHER
};
/* What an object is, by the names of its keys. */
enum json_kind json_kind(struct arena *arena, struct str object, const struct map *map);

/* The members of a plain object: strings, whole numbers, true, false, null, no key twice. That is what nearly all
 * records are, and it takes a tenth of the time of parsing anything. */
enum { JSON_PLAIN = 48 };
struct json_member {
    struct str key, text; /* of a null: none */
    bool is_string, is_null;
};
/* Valid UTF-8 → its members; what had escapes is in the arena, the rest borrows. False where it is no plain object, or
 * not sure to be one: json_read parses it then, and tells what is wrong with it. */
bool json_plain(struct arena *arena, struct str object, struct json_member members[JSON_PLAIN], size_t *n);

#endif
