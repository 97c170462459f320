/* Bytes of any encoding → clean NFC UTF-8. */
#ifndef INGEST_DECODE_H
#define INGEST_DECODE_H
#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

struct decoded {
    struct str text;      /* NFC UTF-8, newlines \n, no control characters but \n and \t; may borrow from the input */
    const char *encoding; /* "utf-8", "cp949", "utf-16le", "utf-16be" or the name that was asked for */
    bool clean;           /* decode_clean has seen the text */
};

/* Decodes a file. `encoding` is "auto" or a name that overrules detection. False when it cannot be read as text: the
 * reason is in `diag` (encoding, byte offset and a guess), with `name` as its place. Cleaning is reported as warnings.
 * Detection: byte-order mark; UTF-16 by its pattern of NULs; strict UTF-8; CP949 when that gives plausible Korean. */
bool decode_bytes(struct arena *arena, const char *name, struct str bytes, const char *encoding, struct decoded *out,
                  struct diag_list *diag);

/* One record's bytes → valid UTF-8 without NUL, not yet cleaned. False, with a rejection at its line and byte that
 * names what it looks like, where it is not in `encoding`. */
struct place {
    const char *name;
    size_t line, column; /* of the first byte; 1-based, 0: not known */
};
bool decode_record(struct arena *arena, const struct place *place, struct str bytes, const char *encoding,
                   struct str *out, struct diag_list *diag);

/* What decode_bytes does to valid UTF-8 after decoding: newlines (CR, CRLF, U+0085, U+2028, U+2029), control and bidi
 * characters out, at most 8 combining marks on a base, NFC. Linear time. `line` is the line reported, 0 for none. */
struct str decode_clean(struct arena *arena, const char *name, size_t line, struct str text, struct diag_list *diag);

/* ICU's name of an encoding as people write it: "euc-kr" and its like are windows-949. Borrows. */
const char *decode_icu_name(const char *encoding);

/* The name of a member of an archive for people: UTF-8 in NFC, or CP949, which Korean Windows writes, made that; what
 * is neither, and control characters, show as signs of their own. Of more than LIMIT_NAME_BYTES, which each record's
 * place would repeat, the middle is left out. NUL-terminated, in the arena. */
struct str decode_name(struct arena *arena, struct str raw);

/* Blanks of any kind (NBSP, ideographic, tab, newline) as single spaces, trimmed: for titles and names. */
struct str decode_squeeze(struct arena *arena, struct str text);

/* NBSP and its like as plain spaces, lines kept. */
struct str decode_spaces(struct arena *arena, struct str text);
bool decode_is_spaced(struct str text); /* it has none of the like */

#endif
