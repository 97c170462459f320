/* Seeded numbers and texts with slots. */
#include "base/utf8.h"
#include "corpus.h"

#include <string.h>

/* splitmix64: small, and the same numbers on every machine. */
static uint64_t rng_next(struct rng *rng)
{
    uint64_t z = (rng->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint32_t rng_below(struct rng *rng, uint32_t limit)
{
    return limit == 0 ? 0 : (uint32_t)((rng_next(rng) >> 32) % limit);
}

bool rng_percent(struct rng *rng, uint32_t percent)
{
    return rng_below(rng, 100) < percent;
}

void rng_shuffle(struct rng *rng, size_t *items, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = rng_below(rng, (uint32_t)i), swap = items[i - 1];
        items[i - 1] = items[j];
        items[j] = swap;
    }
}

struct lines lines_split(struct arena *arena, struct str text, char separator)
{
    size_t n = 0;
    struct str field, rest = text;
    while (str_field(&rest, separator, &field))
        n++;
    struct lines lines = {ARENA_ARRAY(arena, n + 1, struct str), 0};
    rest = text;
    while (str_field(&rest, separator, &field))
        lines.items[lines.n++] = field;
    if (lines.n > 0 && separator == '\n' && lines.items[lines.n - 1].n == 0)
        lines.n--; /* the text ends with a line end */
    return lines;
}

struct str lines_pick(struct rng *rng, struct lines lines)
{
    return lines.n == 0 ? STR("") : lines.items[rng_below(rng, (uint32_t)lines.n)];
}

void slots_set(struct slots *slots, const char *name, const char *value)
{
    struct str key = str_from(name);
    size_t i = 0;
    while (i < slots->n && !str_equal(slots->names[i], key))
        i++;
    if (i == sizeof slots->names / sizeof slots->names[0])
        return;
    slots->names[i] = key;
    slots->values[i] = str_from(value);
    if (i == slots->n)
        slots->n++;
}

struct str slots_get(const struct slots *slots, struct str name)
{
    for (size_t i = 0; i < slots->n; i++) {
        if (str_equal(slots->names[i], name))
            return slots->values[i];
    }
    return STR("");
}

/* The end of the choice that begins at text[at] = '{'; *parts receives its alternatives. */
static size_t choice_parts(struct arena *arena, struct str text, size_t at, struct lines *parts)
{
    size_t capacity = 2;
    for (size_t i = at; i < text.n; i++)
        capacity += text.p[i] == '|';
    parts->items = ARENA_ARRAY(arena, capacity, struct str);
    parts->n = 0;
    size_t from = at + 1, i = from;
    for (; i < text.n && text.p[i] != '}'; i++) {
        if (text.p[i] == '{' && i + 1 < text.n && text.p[i + 1] == '{') {
            size_t end = str_find(text, STR("}}"), i);
            i = end == SIZE_MAX ? text.n - 1 : end + 1;
        } else if (text.p[i] == '|') {
            parts->items[parts->n++] = str_slice(text, from, i);
            from = i + 1;
        }
    }
    parts->items[parts->n++] = str_slice(text, from, i);
    return i < text.n ? i + 1 : i;
}

static void expand(struct arena *arena, struct rng *rng, const struct slots *slots, struct str text, struct buf *out)
{
    for (size_t i = 0; i < text.n;) {
        if (text.p[i] != '{') {
            buf_char(out, text.p[i++]);
        } else if (i + 1 < text.n && text.p[i + 1] == '{') {
            size_t end = str_find(text, STR("}}"), i);
            end = end == SIZE_MAX ? text.n : end;
            buf_str(out, slots_get(slots, str_slice(text, i + 2, end)));
            i = end + 2;
        } else {
            struct lines parts;
            i = choice_parts(arena, text, i, &parts);
            expand(arena, rng, slots, lines_pick(rng, parts), out);
        }
    }
}

enum final { FINAL_NONE, FINAL_RIEUL, FINAL_OTHER };

/* The final consonant with which the last letter of `text` is read; closing quotes and brackets are passed over. */
static enum final last_final(struct str text)
{
    static const enum final digits[] = {FINAL_OTHER, FINAL_RIEUL, FINAL_NONE,  FINAL_OTHER, FINAL_NONE,
                                        FINAL_NONE,  FINAL_OTHER, FINAL_RIEUL, FINAL_RIEUL, FINAL_NONE};
    for (size_t at = text.n; at > 0;) {
        uint32_t c = utf8_previous(text, &at);
        if (utf8_is_hangul(c))
            return (c - 0xAC00) % 28 == 0 ? FINAL_NONE : (c - 0xAC00) % 28 == 8 ? FINAL_RIEUL : FINAL_OTHER;
        if (c >= '0' && c <= '9')
            return digits[c - '0'];
        if (c < 128 && utf8_is_letter(c))
            return strchr("LMNRlmnr", (int)c) ? FINAL_OTHER : FINAL_NONE;
    }
    return FINAL_NONE;
}

static struct str settle_particles(struct arena *arena, struct str text)
{
    static const char *const forms[][3] = {
        /* as written, after a final consonant, after a vowel */
        {"은(는)", "은", "는"}, {"이(가)", "이", "가"},     {"을(를)", "을", "를"},
        {"과(와)", "과", "와"}, {"으로(로)", "으로", "로"}, {"이라고(라고)", "이라고", "라고"},
    };
    struct buf out = {0};
    for (size_t i = 0; i < text.n;) {
        size_t f = 0, n = sizeof forms / sizeof forms[0];
        while (f < n && !str_starts(str_slice(text, i, text.n), str_from(forms[f][0])))
            f++;
        if (f == n) {
            buf_char(&out, text.p[i++]);
            continue;
        }
        enum final final = last_final(buf_view(&out));
        bool closed = final == FINAL_OTHER || (final == FINAL_RIEUL && f != 4);
        buf_text(&out, forms[f][closed ? 1 : 2]);
        i += strlen(forms[f][0]);
    }
    struct str settled = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return settled;
}

struct str text_fill(struct arena *arena, struct rng *rng, const struct slots *slots, struct str text)
{
    struct buf out = {0};
    expand(arena, rng, slots, text, &out);
    struct str filled = settle_particles(arena, buf_view(&out));
    buf_free(&out);
    return filled;
}
