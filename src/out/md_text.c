#include "out/md_text.h"

#include "base/utf8.h"

#include <string.h>

/* Nothing to see, here and on GitHub; to Markdown a sign of punctuation that parts what stands beside it. */
static const struct str apart = {"<!-- -->", 8};

static bool is_letter(struct str text, size_t at)
{
    return at < text.n && utf8_is_letter(utf8_next(text, &at));
}

static bool letter_before(struct str text, size_t at)
{
    return at > 0 && utf8_is_letter(utf8_previous(text, &at));
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_sign(char c)
{
    return c > ' ' && c < 0x7f && !(c >= '0' && c <= '9') && !((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Does a text that begins a line begin a list item with a number there: "2024." or "3)"? */
static bool ends_number(struct str text, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    return at > 0;
}

/* "&amp;", "&#38;", or what looks so. */
static bool is_entity(struct str text, size_t at)
{
    size_t end = at + 1;
    while (end < text.n && (text.p[end] == '#' || is_letter(text, end)))
        end++;
    return end > at + 1 && end < text.n && text.p[end] == ';';
}

/* Must the ASCII sign at `at` be escaped to stand for itself? `begins`: the text begins a line. */
static bool needs_escape(struct str text, size_t at, bool begins, enum md_place place)
{
    switch (text.p[at]) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '~':
    case '$': return true;
    case '_': return !letter_before(text, at) || !is_letter(text, at + 1);
    case '&': return is_entity(text, at);
    case '!': return at + 1 == text.n; /* a link may follow */
    case '#': return place == MD_HEADING || (begins && at == 0);
    case '|': return place == MD_CELL || (begins && at == 0);
    case '+':
    case '-':
    case '=':
    case '>':
    case ':': return begins && at == 0;
    case '.':
    case ')': return begins && ends_number(text, at);
    case '^': return at == 0; /* alone it joins cells, in a link it calls a note */
    default: return false;
    }
}

void md_raw(struct buf *out, struct str text)
{
    for (size_t at = 0, from = 0; at < text.n; from = at)
        if (!utf8_is_direction(utf8_next(text, &at)))
            buf_add(out, text.p + from, at - from);
}

static void put_text(struct buf *out, struct str text, bool begins, enum md_place place)
{
    for (size_t i = 0, next = 0; i < text.n; i = next) {
        utf8_next(text, &next);
        if (needs_escape(text, i, begins, place))
            buf_char(out, '\\');
        md_raw(out, str_slice(text, i, next));
        /* {.style}, {lang=en} and {#anchor} are ours */
        if (text.p[i] == '{' && ((begins && i == 0) || next == text.n || text.p[next] == '#' || text.p[next] == '.' ||
                                 str_starts(str_slice(text, next, text.n), STR("lang="))))
            buf_str(out, apart);
    }
}

void md_text(struct buf *out, struct str text, enum md_place place)
{
    put_text(out, text, false, place);
}

/* Code that the reader would look into: a note's call that ends behind it, or in a link the end of a definition. */
static bool leaks(struct str code)
{
    size_t at = 0, last = SIZE_MAX;
    if (str_find(code, STR("]:"), 0) != SIZE_MAX)
        return true;
    while ((at = str_find(code, STR("[^"), at)) != SIZE_MAX)
        last = at++;
    return last != SIZE_MAX && str_find(code, STR("]"), last) == SIZE_MAX;
}

/* Between more backticks than it has itself. */
static void put_code(struct buf *out, struct str text, enum md_place place)
{
    size_t most = 0, here = 0;
    for (size_t i = 0; i < text.n; i++) {
        here = text.p[i] == '`' ? here + 1 : 0;
        most = here > most ? here : most;
    }
    bool pad = text.n &&
               (text.p[0] == '`' || text.p[text.n - 1] == '`' || (is_blank(text.p[0]) && is_blank(text.p[text.n - 1])));
    for (size_t i = 0; i <= most; i++)
        buf_char(out, '`');
    buf_text(out, pad ? " " : "");
    for (size_t i = 0, next = 0; i < text.n; i = next) {
        utf8_next(text, &next);
        if (text.p[i] == '|' && place == MD_CELL)
            buf_char(out, '\\');
        md_raw(out, str_slice(text, i, next));
    }
    buf_text(out, pad ? " " : "");
    for (size_t i = 0; i <= most; i++)
        buf_char(out, '`');
}

static void put_destination(struct buf *out, struct str link)
{
    for (size_t i = 0; i < link.n; i++) {
        if (strchr("()\\*_[]|&~$", link.p[i]))
            buf_char(out, '\\');
        buf_char(out, link.p[i]);
    }
}

struct inlines {
    struct buf *out;
    const struct md_targets *targets;
    const struct run *runs;
    size_t n, begin; /* byte of `out` where the text begins */
    enum md_place place;
    struct str prefix;
    unsigned also;
    bool line_begins;
};

static const char *delimiter(unsigned flags)
{
    static const char *const stars[] = {"", "**", "*", "***"};
    return stars[flags & (RUN_STRONG | RUN_EMPHASIS)];
}

/* What ends the text so far; '\0' at its beginning. */
static char last_sign(const struct inlines *in)
{
    return in->out->n > in->begin ? in->out->p[in->out->n - 1] : '\0';
}

/* Where a link leads in Markdown; empty: nowhere. */
static struct str destination(const struct inlines *in, struct str link)
{
    return link.n && link.p[0] == '#' ? md_target(in->targets, str_slice(link, 1, link.n)) : link;
}

/* May stars open before, or close behind, a text whose first or last sign is no letter: what stands on their other side
 * is a blank, an end, or punctuation (CommonMark 6.2: left- and right-flanking). */
static bool opens(const struct inlines *in, struct str text)
{
    char last = last_sign(in);
    return last != '*' && (is_letter(text, 0) || in->line_begins || !last || is_blank(last) || is_sign(last));
}

static bool closes(const struct inlines *in, size_t i, struct str text)
{
    const struct run *run = &in->runs[i], *next = i + 1 < in->n ? run + 1 : NULL;
    if (letter_before(text, text.n) || !next || next->note ||
        next->flags & (RUN_BREAK | RUN_CODE | RUN_STRONG | RUN_EMPHASIS))
        return true;
    if (!str_equal(destination(in, run->link), destination(in, next->link))) /* a bracket stands between */
        return true;
    char first = next->text.n ? next->text.p[0] : ' ';
    return is_blank(first) || is_sign(first);
}

static void end_span(struct buf *out, unsigned flags, struct str language)
{
    const char *name = flags & RUN_SUPER ? ".sup" : flags & RUN_SUB ? ".sub" : "";
    buf_printf(out, "]{%s%s", name, *name && language.n ? " " : "");
    if (language.n)
        buf_printf(out, "lang=" STR_FMT, STR_ARG(language));
    buf_char(out, '}');
}

/* A text without blanks at its ends. */
static void put_looked(struct inlines *in, size_t i, struct str text)
{
    const unsigned flags = (in->runs[i].flags | in->also) & ~(leaks(text) ? (unsigned)RUN_CODE : 0);
    const char *stars = delimiter(flags);
    const struct str language = in->runs[i].language;
    const bool span = (flags & (RUN_SUPER | RUN_SUB) || language.n) && str_find(text, STR("["), 0) == SIZE_MAX &&
                      str_find(text, STR("]"), 0) == SIZE_MAX; /* which would be taken for its ends */
    if (!text.n)
        return;
    if ((*stars && !opens(in, text)) || (flags & RUN_CODE && last_sign(in) == '`'))
        buf_str(in->out, apart);
    buf_text(in->out, stars);
    buf_text(in->out, span ? "[" : "");
    if (flags & RUN_CODE)
        put_code(in->out, text, in->place);
    else
        put_text(in->out, text, in->line_begins && !*stars, in->place);
    if (span)
        end_span(in->out, flags, language);
    buf_text(in->out, stars);
    if (*stars && !closes(in, i, text))
        buf_str(in->out, apart);
    in->line_begins = false;
}

static void put_run(struct inlines *in, size_t i)
{
    struct str text = in->runs[i].text;
    size_t from = 0, to = text.n;
    while (from < to && is_blank(text.p[from]))
        from++;
    while (to > from && is_blank(text.p[to - 1]))
        to--;
    buf_str(in->out, str_slice(text, 0, from));
    put_looked(in, i, str_slice(text, from, to));
    buf_str(in->out, str_slice(text, to, text.n));
}

static void put_break(struct inlines *in)
{
    if (in->place != MD_PARAGRAPH) {
        buf_text(in->out, "<br>");
        return;
    }
    buf_text(in->out, "  \n");
    buf_str(in->out, in->prefix);
    in->line_begins = true;
}

void md_runs(struct buf *out, const struct md_targets *targets, const struct run *runs, size_t n, enum md_place place,
             struct str prefix, unsigned also)
{
    struct inlines in = {.out = out,
                         .targets = targets,
                         .runs = runs,
                         .n = n,
                         .begin = out->n,
                         .place = place,
                         .prefix = prefix,
                         .also = also,
                         .line_begins = place == MD_PARAGRAPH};
    for (size_t i = 0; i < n;) {
        struct str link = runs[i].link, to = destination(&in, link);
        if (runs[i].flags & RUN_BREAK)
            put_break(&in);
        if (runs[i].note) {
            buf_printf(out, "[^%u]", runs[i++].note);
            in.line_begins = false;
            continue;
        }
        if (!to.n) {
            put_run(&in, i++);
            continue;
        }
        buf_char(out, '[');
        in.line_begins = false;
        put_run(&in, i++);
        for (; i < n && !runs[i].note && !(runs[i].flags & RUN_BREAK) && str_equal(runs[i].link, link); i++)
            put_run(&in, i);
        buf_text(out, "](");
        put_destination(out, to);
        buf_char(out, ')');
    }
}
