/* UTF-8 and the few character facts that all rooms share. One of the two owners of ICU. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include "base/err.h"
#include "base/str.h"

struct arena;

/* f(0x00), f(0x01) … f(0xff): a table over the bytes. */
#define BYTES_4(f, b)  f((b)), f((b) + 1), f((b) + 2), f((b) + 3)
#define BYTES_16(f, b) BYTES_4(f, (b)), BYTES_4(f, (b) + 4), BYTES_4(f, (b) + 8), BYTES_4(f, (b) + 12)
#define BYTES_64(f, b) BYTES_16(f, (b)), BYTES_16(f, (b) + 16), BYTES_16(f, (b) + 32), BYTES_16(f, (b) + 48)
#define BYTES_256(f)   BYTES_64(f, 0), BYTES_64(f, 64), BYTES_64(f, 128), BYTES_64(f, 192)

/* Byte offset of the first invalid, overlong or surrogate sequence; SIZE_MAX when all is valid (Unicode table 3-7). */
size_t utf8_invalid(struct str s);

/* `s` with each byte that begins no well-formed sequence shown as U+FFFD: for names from outside, never for content.
 * Returns `s` itself when it is valid. */
struct str utf8_repair(struct arena *arena, struct str s);

/* Makes a message fit for a terminal: control characters, and bytes that begin no well-formed sequence, as where a name
 * was cut, become "?". */
void utf8_tame(char *text);

uint32_t utf8_next_rare(struct str s, size_t *at); /* utf8_next for what has two or four bytes */
/* Decodes the code point at s.p[*at] of valid UTF-8 and moves *at past it. */
static inline uint32_t utf8_next(struct str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.p + *at;
    if (p[0] < 0x80) {
        ++*at;
        return p[0];
    }
    if ((p[0] & 0xf0) != 0xe0)
        return utf8_next_rare(s, at);
    *at += 3;
    return (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
}

/* Decodes the code point that ends at s.p[*at - 1] of valid UTF-8 and moves *at to its start. */
uint32_t utf8_previous(struct str s, size_t *at);
size_t utf8_count(struct str s); /* code points */

/* Unicode normalisation form C of valid UTF-8. Returns `s` itself when it is NFC already, else a copy in the arena. */
struct str utf8_nfc(struct arena *arena, struct str s);

/* Precomposed syllable U+AC00..D7A3. */
static inline bool utf8_is_hangul(uint32_t c)
{
    return c - 0xac00 <= 0xd7a3 - 0xac00;
}
bool utf8_is_letter_rare(uint32_t c); /* utf8_is_letter for what is neither Hangul nor ASCII */
/* General category L* or N*. */
static inline bool utf8_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) - 'a' < 26 || c - '0' < 10;
    return utf8_is_hangul(c) || utf8_is_letter_rare(c);
}
bool utf8_is_han(uint32_t c);   /* CJK ideograph */
bool utf8_is_space(uint32_t c); /* White_Space, and U+FEFF */
/* Direction marks, embeddings, overrides and isolates (UAX #9): all text is set from left to right. */
static inline bool utf8_is_direction(uint32_t c)
{
    return c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}
int utf8_width(uint32_t c);        /* terminal cells: 0, 1 or 2 (UAX #11, ambiguous = 1) */
size_t utf8_columns(struct str s); /* terminal cells of a string */

/* Decodes bytes in the named encoding (an ICU converter name: "windows-949", "utf-16le"; ICU's "cp949" is
 * another code page) strictly into NFC UTF-8 in the
 * arena. False with the byte offset of the first bad sequence in *bad otherwise. */
bool utf8_decode(struct arena *arena, struct str bytes, const char *encoding, struct str *out, size_t *bad);

/* Appends valid UTF-8 in the named encoding, strictly: a character that has no place there is never replaced. False
 * with its byte offset in *bad then, and nothing appended. */
bool utf8_encode(struct str s, const char *encoding, struct buf *out, size_t *bad);

#endif
