/* Numbers as Korean offices print them in cells: 1,234.5  △3  −2  +3  12건  7.1%  – */
#include "layout/cell.h"

#include <string.h>

static bool is_digit(struct str text, size_t at)
{
    return at < text.n && text.p[at] >= '0' && text.p[at] <= '9';
}

/* Whether the sign before a number means less than nothing. */
static bool is_negative(struct str before)
{
    static const char *const signs[] = {"-", "−", "△", "▽", "▼", NULL};
    return str_ends_any(str_trim(before), signs);
}

bool number_read(struct str text, struct number *out)
{
    size_t at = 0;
    while (at < text.n && !is_digit(text, at))
        at++;
    bool negative = is_negative(str_slice(text, 0, at));
    *out = (struct number){0};
    if (at == text.n)
        return false;
    for (; is_digit(text, at) || (at < text.n && text.p[at] == ',' && is_digit(text, at + 1)); at++)
        if (text.p[at] != ',' && out->value < 1e300)
            out->value = out->value * 10 + (text.p[at] - '0');
    out->point = at;
    out->fraction = at < text.n && text.p[at] == '.' && is_digit(text, at + 1);
    double place = 0.1;
    for (at += out->fraction; out->fraction && is_digit(text, at); at++, place /= 10)
        out->value += place * (text.p[at] - '0');
    for (; at < text.n; at++)
        if (is_digit(text, at))
            return false;
    out->value = negative ? -out->value : out->value;
    return true;
}

bool number_none(struct str text)
{
    static const char *const dashes[] = {"", "-", "–", "—", "−", NULL};
    return str_is_any(str_trim(text), dashes);
}

struct str cell_text(const struct cell *cell, char *room, size_t size)
{
    if (cell->n <= 1)
        return cell->n ? cell->runs[0].text : STR("");
    size_t n = 0;
    for (size_t i = 0; i < cell->n && n + cell->runs[i].text.n <= size; i++) {
        if (cell->runs[i].text.n)
            memcpy(room + n, cell->runs[i].text.p, cell->runs[i].text.n);
        n += cell->runs[i].text.n;
    }
    return (struct str){room, n};
}

bool number_word(struct str *rest, struct str *word)
{
    *rest = str_trim(*rest);
    size_t end = str_find(*rest, STR(" "), 0);
    *word = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end, rest->n);
    return word->n > 0;
}
