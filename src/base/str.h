/* Strings are a pointer and a length; text in them is valid NFC UTF-8 once it has passed the reader (utf8.h). */
#ifndef BASE_STR_H
#define BASE_STR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

struct str {
    const char *p; /* not NUL-terminated unless the maker says so; NULL only when n is 0 */
    size_t n;      /* bytes */
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
#define STR_FMT      "%.*s"
#define STR_ARG(s)   (int)(s).n, (s).p ? (s).p : "" /* for printf: a "%.*s" */

/* Borrows; NULL gives the empty string. */
static inline struct str str_from(const char *c_string)
{
    return (struct str){c_string, c_string ? strlen(c_string) : 0};
}
static inline bool str_equal(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
int str_compare(struct str a, struct str b); /* by bytes = by code points; <0, 0, >0 */
static inline bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}
static inline bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}
size_t str_find(struct str s, struct str needle, size_t from); /* byte offset, or SIZE_MAX where absent */
/* With one of a list of words that NULL ends: is it, begins, ends, holds? */
bool str_is_any(struct str s, const char *const *words);
bool str_starts_any(struct str s, const char *const *words);
bool str_ends_any(struct str s, const char *const *words);
bool str_has_any(struct str s, const char *const *words);
/* Clamped to the string; borrows. */
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
    to = to > s.n ? s.n : to;
    from = from > to ? to : from;
    return (struct str){from ? s.p + from : s.p, to - from};
}
struct str str_head(struct str s,
                    size_t most);  /* the first `most` bytes, less a character that would be cut; borrows */
struct str str_trim(struct str s); /* without ASCII blanks, U+00A0, U+3000, U+FEFF at the ends */
struct str str_copy(struct arena *arena, struct str s); /* NUL-terminated copy */
uint64_t str_hash(struct str s);                        /* FNV-1a; not for hostile hash tables without a bound */

/* Takes the next line off *rest (without its \n or \r\n). False when nothing is left. */
bool str_line(struct str *rest, struct str *line);

/* Takes the next field up to `separator` off *rest; false when nothing is left. An empty last field is returned. */
bool str_field(struct str *rest, char separator, struct str *field);

/* A code point (at most U+10FFFF, no surrogate) as UTF-8; how many bytes. */
size_t str_utf8(uint32_t code_point, char out[4]);

/* A growing byte string. Zero-initialise; free with buf_free. `p` is NUL-terminated after every append. */
struct buf {
    char *p;
    size_t n, room;
};

void buf_add(struct buf *buf, const char *bytes, size_t length);
char *buf_room(struct buf *buf, size_t more); /* room for that many bytes at the end; whoever fills it adds to n */
void buf_str(struct buf *buf, struct str s);
void buf_text(struct buf *buf, const char *c_string);
void buf_char(struct buf *buf, char c);
void buf_utf8(struct buf *buf, uint32_t code_point);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str buf_view(const struct buf *buf); /* borrows; valid until the next append */
void buf_clear(struct buf *buf);            /* empty, room kept */
void buf_free(struct buf *buf);

#endif
