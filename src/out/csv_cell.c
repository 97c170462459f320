/* One text cell: quoted by RFC 4180, and inert in a spreadsheet. */
#include "base/utf8.h"
#include "out/csv.h"

#include <string.h>

/* White space, and characters without width that a spreadsheet may drop in front of a formula. */
static bool is_blank(uint32_t c)
{
    return utf8_is_space(c) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069);
}

/* Would a spreadsheet run it? OWASP's list and the full-width forms, after blanks too. */
static bool is_formula(struct str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c == '\t' || c == '\r' || c == '\n')
            return true;
        if (!is_blank(c))
            return c == '=' || c == '+' || c == '-' || c == '@' || c == 0xFF1D || c == 0xFF0B || c == 0xFF0D ||
                   c == 0xFF20;
    }
    return false;
}

static bool is_any(uint32_t c, struct str characters)
{
    for (size_t at = 0; at < characters.n;)
        if (utf8_next(characters, &at) == c)
            return true;
    return false;
}

/* Would a spreadsheet take it for a number or a day? "29e722917972" would be shown as 1.8E+308, "2024/01/23 09:00" as
 * 45314.375, "(12)" as -12; Korean ones read "2024년 1월", "1월 23일" and "오후 4:26", but not "2024년" alone. */
static bool is_numeric(struct str text)
{
    size_t digits = 0, units = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        bool unit = is_any(c, STR("년월일시분초오전후"));
        if (!unit && !is_any(c, STR("0123456789０１２３４５６７８９ .,:/+-eE%()")))
            return false;
        digits += (c >= '0' && c <= '9') || c >= 0xFF10;
        units += unit;
    }
    return digits && units != 1;
}

static void put_cell(struct buf *out, struct str text, bool inert)
{
    bool quoted = inert || str_trim(text).n != text.n;
    for (size_t i = 0; i < text.n && !quoted; i++)
        quoted = strchr(",\"\r\n", text.p[i]) != NULL;
    if (quoted)
        buf_char(out, '"');
    if (inert)
        buf_char(out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_char(out, '"');
        buf_char(out, text.p[i]);
    }
    if (quoted)
        buf_char(out, '"');
}

void csv_cell(struct buf *out, struct str text)
{
    put_cell(out, text, is_formula(text));
}

void csv_text(struct buf *out, struct str text)
{
    put_cell(out, text, is_formula(text) || is_numeric(text));
}
