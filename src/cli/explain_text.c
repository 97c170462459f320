/* The text of an article in a terminal, what speaks for and against it marked. */
#include "cli/explain.h"

#include "base/utf8.h"

#include <string.h>

/* What a mark says, in the order of the legend; of two on the same words the later one is shown. */
enum span {
    SPAN_NONE,
    SPAN_PLACE,
    SPAN_STAGE,
    SPAN_ACTOR,
    SPAN_ACT,
    SPAN_OBJECT,
    SPAN_AGAINST,
    SPAN_FACT,
    SPAN_AGENCY,
    SPAN_MONEY,
    SPAN_CITY,
    SPANS
};
static const struct {
    const char *letter, *colour, *name;
} spans[SPANS] = {
    [SPAN_PLACE] = {"p", "36", "place named"},      [SPAN_STAGE] = {"s", "34", "stage"},
    [SPAN_ACTOR] = {"b", "35", "public body"},      [SPAN_ACT] = {"a", "1;34", "act"},
    [SPAN_OBJECT] = {"W", "1;32", "category word"}, [SPAN_AGAINST] = {"X", "1;31", "speaks against"},
    [SPAN_FACT] = {"f", "4", "other finding"},      [SPAN_AGENCY] = {"B", "1;35", "agency found"},
    [SPAN_MONEY] = {"M", "1;33", "money"},          [SPAN_CITY] = {"C", "1;36", "city found"},
};

struct marked {
    struct str text;
    unsigned char *span;        /* of each byte */
    unsigned char *begin, *end; /* does a mark begin at this byte, end before it? */
    bool seen[SPANS];
};

static void mark(struct marked *m, enum span span, size_t begin, size_t end)
{
    if (begin >= end || end > m->text.n)
        return;
    memset(m->span + begin, (int)span, end - begin);
    m->begin[begin] = 1;
    m->end[end] = 1;
    memset(m->begin + begin + 1, 0, end - begin - 1);
    memset(m->end + begin + 1, 0, end - begin - 1);
}

/* A word of the tables; not one that begins within another mark ("시는" of 시흥시는). */
static void mark_word(struct marked *m, enum span span, size_t begin, size_t end)
{
    if (begin < m->text.n && (!m->span[begin] || m->begin[begin]))
        mark(m, span, begin, end);
}

static enum span span_of_word(enum explained_kind kind)
{
    static const enum span kinds[] = {
        [EXPLAINED_PLACE] = SPAN_PLACE, [EXPLAINED_OBJECT] = SPAN_OBJECT,   [EXPLAINED_ACT] = SPAN_ACT,
        [EXPLAINED_ACTOR] = SPAN_ACTOR, [EXPLAINED_AGAINST] = SPAN_AGAINST, [EXPLAINED_STAGE] = SPAN_STAGE,
    };
    return kinds[kind];
}

static enum span span_of_finding(const struct finding *f)
{
    switch (f->kind) {
    case FINDING_CITY: return SPAN_CITY;
    case FINDING_CATEGORY: return SPAN_OBJECT;
    case FINDING_INITIATIVE: return str_equal(f->value, STR("yes")) ? SPAN_ACT : SPAN_AGAINST;
    case FINDING_STAGE: return SPAN_STAGE;
    case FINDING_AGENCY: return SPAN_AGENCY;
    case FINDING_MONEY: return SPAN_MONEY;
    default: return SPAN_FACT;
    }
}

static void mark_all(struct marked *m, const struct explained *e)
{
    for (int span = SPAN_NONE + 1; span < SPANS; span++) {
        for (size_t i = 0; i < e->why.n_words; i++)
            if ((int)span_of_word(e->why.words[i].kind) == span)
                mark_word(m, (enum span)span, e->why.words[i].begin, e->why.words[i].end);
        for (size_t i = 0; i < e->analysis.n; i++)
            if ((int)span_of_finding(&e->analysis.findings[i]) == span)
                mark(m, (enum span)span, e->analysis.findings[i].begin, e->analysis.findings[i].end);
    }
    for (size_t i = 0; i < m->text.n; i++)
        m->seen[m->span[i]] = true;
}

/* Where the mark over byte `at` ends: at its own end, or where another one covers it. */
static bool ends_before(const struct marked *m, size_t at)
{
    return m->span[at - 1] && (m->span[at] != m->span[at - 1] || m->begin[at] || m->end[at]);
}

static bool begins_at(const struct marked *m, size_t at)
{
    return m->span[at] && (at == 0 || m->span[at - 1] != m->span[at] || m->begin[at] || m->end[at]);
}

static size_t word_columns(const struct marked *m, size_t from, size_t to, bool colour)
{
    size_t columns = utf8_columns(str_slice(m->text, from, to));
    for (size_t at = from; at < to && !colour; at++)
        columns += (begins_at(m, at) ? 1U : 0U) + (ends_before(m, at + 1) ? 2U : 0U);
    return columns;
}

static void put_word(const struct marked *m, size_t from, size_t to, bool colour, struct buf *out)
{
    for (size_t at = from; at < to; at++) {
        if (begins_at(m, at) || (colour && at == from && m->span[at]))
            buf_printf(out, colour ? "\033[%sm" : "[", spans[m->span[at]].colour);
        buf_char(out, m->text.p[at]);
        if (ends_before(m, at + 1))
            buf_printf(out, colour ? "%.0s\033[0m" : "]%s", spans[m->span[at]].letter);
        else if (colour && at + 1 == to && m->span[at])
            buf_text(out, "\033[0m");
    }
}

/* Byte behind the part of the word at `from` that fits into a line, at least one character; *columns is its width. */
static size_t fitting(const struct marked *m, size_t from, size_t to, size_t room, bool colour, size_t *columns)
{
    size_t at = from;
    *columns = 0;
    while (at < to && m->text.p[at] != ' ') {
        size_t next = at;
        utf8_next(m->text, &next);
        size_t more = word_columns(m, at, next, colour);
        if (at > from && *columns + more > room)
            break;
        *columns += more;
        at = next;
    }
    return at;
}

static void put_paragraph(const struct marked *m, size_t from, size_t to, size_t width, bool colour, struct buf *out)
{
    enum { INDENT = 4 };
    size_t used = INDENT, room = width > INDENT + 8 ? width - INDENT : 8, columns;
    buf_printf(out, "%*s", INDENT, "");
    for (size_t at = from; at < to;) {
        if (m->text.p[at] == ' ') {
            at++;
            continue;
        }
        size_t end = fitting(m, at, to, room, colour, &columns);
        bool whole = end == to || m->text.p[end] == ' ';
        bool first = used == INDENT, spaced = !first && at > from && m->text.p[at - 1] == ' ';
        if (!first && (!whole || used - INDENT + spaced + columns > room)) {
            buf_printf(out, "\n%*s", INDENT, "");
            used = INDENT;
            continue;
        }
        if (spaced)
            buf_char(out, ' ');
        put_word(m, at, end, colour, out);
        used += columns + spaced;
        at = end;
    }
    buf_char(out, '\n');
}

static void put_legend(const struct marked *m, size_t width, bool colour, struct buf *out)
{
    enum { LABEL = 11 };
    size_t used = 0;
    for (int span = SPANS - 1; span > SPAN_NONE; span--) {
        size_t columns = strlen(spans[span].name) + (colour ? 2 : 6);
        if (!m->seen[span])
            continue;
        if (used == 0 || used + columns > width) {
            buf_printf(out, "%s%-*s", used ? "\n" : "", LABEL, used ? "" : "  marks");
            used = LABEL;
        }
        if (colour)
            buf_printf(out, "\033[%sm%s\033[0m  ", spans[span].colour, spans[span].name);
        else
            buf_printf(out, "[]%s %s  ", spans[span].letter, spans[span].name);
        used += columns;
    }
    if (used == 0)
        return;
    while (out->p[out->n - 1] == ' ')
        out->p[--out->n] = '\0';
    buf_char(out, '\n');
}

void explain_text(struct arena *arena, const struct explained *e, size_t width, bool colour, struct buf *out)
{
    struct marked m = {.text = e->text};
    m.span = arena_alloc(arena, m.text.n + 2);
    m.begin = arena_alloc(arena, m.text.n + 2);
    m.end = arena_alloc(arena, m.text.n + 2);
    mark_all(&m, e);
    buf_char(out, '\n');
    for (size_t at = 0; at < m.text.n;) {
        size_t end = at;
        while (end < m.text.n && m.text.p[end] != '\n')
            end++;
        if (end > at)
            put_paragraph(&m, at, end, width, colour, out);
        at = end + 1;
    }
    buf_char(out, '\n');
    put_legend(&m, width, colour, out);
}
