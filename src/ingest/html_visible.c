/* What a page shows. A stack of the open elements says what is hidden, linked or set apart; no tree is made. End tags
 * close what they name and what stands open in it, of formatting elements only themselves; those that close nothing
 * are passed over. All of it costs constant time a token. */
#include "ingest/html.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ingest/html_elements.h"
#include "ingest/html_token.h"

#include <string.h>

enum {
    DEEPEST = LIMIT_PAGE_ELEMENTS, /* open elements; those within are not looked for their end any more */
    ROW_BYTES = 300,               /* of a table's row that is set in one line */
    LINKED = 80,                   /* percent of a line's bytes that make it a link */
};

enum effect {
    HIDES = 1 << 0,
    LINKS = 1 << 1,
    SETS_APART = 1 << 2, /* is around the article */
    KEEPS_LINES = 1 << 3,
    HEADS = 1 << 4,
    DESCRIBES = 1 << 5, /* a picture */
    HOLDS = 1 << 6,     /* may hold the article */
    EFFECTS = 7
};

struct element {
    unsigned char id, traits, effects;
    bool dead;      /* its end tag came while others in it were open */
    unsigned apart; /* depth[SETS_APART] before an element that holds the article */
    size_t below;   /* the next open one of the same id: index + 1, 0 for none */
    size_t unseen;  /* b.unseen before it, where it is unseen itself */
    size_t range;   /* of what HOLDS: index among the ranges; of a row: how many there were at its start */
    size_t first_line;
};

struct draft {
    size_t begin; /* of the line in the text */
    size_t bytes, linked;
    unsigned char marks;
};

struct builder {
    struct arena *arena;
    struct html_page *page;
    struct buf text;
    struct draft *lines;
    size_t n_lines, lines_room, ranges_room;
    struct element *stack;
    size_t depth, stack_room;
    size_t unseen;             /* the innermost open element that is not shown: index + 1; its inside closes nothing */
    size_t top[HTML_ELEMENTS]; /* innermost open element of an id: index + 1 */
    unsigned inside[EFFECTS];  /* how many open elements have an effect, by its bit */
    bool open, space, blank;   /* a line is begun; a blank is due in it; a blank line is due before it */
    bool cell, after_link;     /* the next line begins a cell; the last thing was "</a>" */
};

static bool is_inside(const struct builder *b, enum effect effect)
{
    return b->inside[__builtin_ctz(effect)] > 0;
}

static void add_line(struct builder *b, unsigned char marks)
{
    if (b->n_lines)
        buf_char(&b->text, '\n');
    b->lines = mem_grow(b->lines, &b->lines_room, b->n_lines + 1, sizeof *b->lines);
    b->lines[b->n_lines++] = (struct draft){.begin = b->text.n, .marks = marks};
}

static void begin_line(struct builder *b)
{
    unsigned marks = b->cell ? MARK_CELL : 0;
    if (b->blank && b->n_lines)
        add_line(b, 0);
    marks |= is_inside(b, SETS_APART) ? MARK_AROUND : 0;
    marks |= is_inside(b, HEADS) ? MARK_HEADING : 0;
    marks |= is_inside(b, DESCRIBES) ? MARK_CAPTION : 0;
    add_line(b, (unsigned char)marks);
    b->open = true;
    b->blank = b->space = b->cell = false;
}

static void end_line(struct builder *b)
{
    if (b->open) {
        struct draft *line = &b->lines[b->n_lines - 1];
        if (line->linked * 100 >= line->bytes * LINKED)
            line->marks |= MARK_LINK;
    }
    b->open = b->space = b->after_link = false;
}

/* Where a block begins or ends. */
static void edge(struct builder *b, unsigned traits)
{
    if (is_inside(b, HIDES))
        return;
    end_line(b);
    b->blank = b->blank || (traits & HTML_SPACED);
}

static void break_line(struct builder *b)
{
    b->blank = b->blank || !b->open;
    end_line(b);
}

/* Bytes of the blank at i: ASCII's and U+00A0; 0 for none. */
static size_t blank_at(struct str s, size_t i)
{
    switch (s.p[i]) {
    case ' ':
    case '\n':
    case '\t':
    case '\r':
    case '\f': return 1;
    case '\xc2': return i + 1 < s.n && s.p[i + 1] == '\xa0' ? 2 : 0;
    default: return 0;
    }
}

/* Bytes of the mark at i that only says where a word may be broken, as <wbr> does: U+00AD, U+200B, U+2060; 0 for none.
 */
static size_t break_at(struct str s, size_t i)
{
    struct str mark = str_slice(s, i, i + 3);
    if (str_starts(mark, STR("\u00ad")))
        return 2;
    return str_equal(mark, STR("\u200b")) || str_equal(mark, STR("\u2060")) ? 3 : 0;
}

static void add_run(struct builder *b, struct str words)
{
    struct draft *line = &b->lines[b->n_lines - 1];
    buf_str(&b->text, words);
    line->bytes += words.n;
    line->linked += is_inside(b, LINKS) ? words.n : 0;
}

static void add_words(struct builder *b, struct str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t from = i, blank = blank_at(s, i);
        if (blank) {
            if (s.p[i] == '\n' && is_inside(b, KEEPS_LINES))
                break_line(b);
            b->space = true;
            i += blank;
            continue;
        }
        size_t hidden = break_at(s, i);
        if (hidden) {
            i += hidden;
            continue;
        }
        while (i < s.n && !blank_at(s, i) && !break_at(s, i))
            i++;
        if (!b->open)
            begin_line(b);
        else if (b->space)
            buf_char(&b->text, ' ');
        b->space = b->after_link = false;
        add_run(b, str_slice(s, from, i));
    }
}

/* The cells of a row in one line, where each is a line and all are short: "등록일 <tab> 2024-01-05". */
static void join_row(struct builder *b, const struct element *row)
{
    size_t cells = 0, linked = 0, bytes = 0;
    if (b->page->n_ranges != row->range || row->first_line >= b->n_lines)
        return;
    struct draft *first = &b->lines[row->first_line];
    if (b->text.n - first->begin > ROW_BYTES)
        return;
    for (size_t i = row->first_line; i < b->n_lines; i++) {
        const struct draft *line = &b->lines[i];
        if (line->bytes && !(line->marks & MARK_CELL))
            return;
        cells += line->bytes > 0;
        bytes += line->bytes;
        linked += line->linked;
    }
    if (cells < 2)
        return;
    size_t to = first->begin;
    for (size_t i = first->begin, start = i; i <= b->text.n; i++) {
        if (i < b->text.n && b->text.p[i] != '\n')
            continue;
        if (i > start) {
            if (to > first->begin)
                b->text.p[to++] = '\t';
            memmove(b->text.p + to, b->text.p + start, i - start);
            to += i - start;
        }
        start = i + 1;
    }
    b->text.n = to;
    *first = (struct draft){first->begin, bytes, linked, first->marks & MARK_AROUND};
    first->marks |= linked * 100 >= bytes * LINKED ? MARK_LINK : 0;
    b->n_lines = row->first_line + 1;
}

/* Takes back what the element did; it may still lie within the stack. */
static void leave(struct builder *b, size_t index)
{
    struct element *e = &b->stack[index];
    if (e->dead)
        return;
    e->dead = true;
    b->top[e->id] = e->below;
    if (e->traits & HTML_BLOCK)
        edge(b, e->traits);
    for (size_t bit = 0; bit < EFFECTS; bit++)
        b->inside[bit] -= (unsigned)(e->effects >> bit) & 1u;
    if (e->effects & HOLDS) {
        b->page->ranges[e->range].end = b->n_lines;
        b->inside[__builtin_ctz(SETS_APART)] = e->apart;
    }
    if (e->traits & HTML_UNSEEN)
        b->unseen = e->unseen;
    if (e->id == EL_TR)
        join_row(b, e);
    b->after_link = e->id == EL_A && b->open;
}

static void pop_to(struct builder *b, size_t depth)
{
    while (b->depth > depth)
        leave(b, --b->depth);
}

/* The end of one element alone, whatever is open in it. */
static void leave_alone(struct builder *b, size_t index)
{
    leave(b, index);
    while (b->depth > 0 && b->stack[b->depth - 1].dead)
        b->depth--;
}

/* Depth of the innermost element that end tags of `traits` may not reach beyond. */
static size_t scope_of(const struct builder *b, unsigned traits)
{
    size_t scope = b->top[EL_TABLE];
    if (traits & HTML_PART)
        return scope;
    static const unsigned char ids[] = {EL_TD, EL_TH, EL_CAPTION};
    for (size_t i = 0; i < sizeof ids; i++)
        scope = b->top[ids[i]] > scope ? b->top[ids[i]] : scope;
    return scope;
}

static void close_element(struct builder *b, struct html_element kind)
{
    size_t at = b->top[kind.id];
    if (at == 0 || (at < scope_of(b, kind.traits) && !(kind.traits & HTML_UNSEEN))) {
        if (kind.id == EL_P || kind.id == EL_BR)
            break_line(b);
        return;
    }
    if ((kind.traits & HTML_BLOCK) || (kind.traits & HTML_UNSEEN))
        pop_to(b, at - 1);
    else
        leave_alone(b, at - 1);
}

static size_t deeper(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Closes the open element `id` where none of `within`, and no cell, stands between. */
static void close_implied(struct builder *b, unsigned id, size_t within)
{
    if (b->top[id] > within)
        pop_to(b, b->top[id] - 1);
}

/* End tags that may be left out (§13.1.2.4). */
static void close_before(struct builder *b, struct html_element kind)
{
    size_t scope = deeper(scope_of(b, 0), b->unseen), table = deeper(b->top[EL_TABLE], b->unseen);
    switch (kind.id) {
    case EL_LI: close_implied(b, EL_LI, deeper(scope, deeper(b->top[EL_UL], b->top[EL_OL]))); break;
    case EL_DT:
    case EL_DD:
        close_implied(b, EL_DT, deeper(scope, b->top[EL_DL]));
        close_implied(b, EL_DD, deeper(scope, b->top[EL_DL]));
        break;
    case EL_TR: close_implied(b, EL_TR, table); break;
    case EL_TD:
    case EL_TH:
        close_implied(b, EL_TD, deeper(table, b->top[EL_TR]));
        close_implied(b, EL_TH, deeper(table, b->top[EL_TR]));
        break;
    case EL_A:
        if (b->top[EL_A] > b->unseen)
            leave_alone(b, b->top[EL_A] - 1);
        break;
    default:
        if (kind.traits & HTML_BLOCK && !(kind.traits & HTML_PART))
            close_implied(b, EL_P, scope);
    }
}

/* Does the value hold the word, in small letters, blanks left out? "display: none" */
static bool style_has(struct str style, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i < style.n; i++) {
        size_t at = i, k = 0;
        for (; at < style.n && k < n; at++) {
            if (style.p[at] == ' ')
                continue;
            if ((style.p[at] | 0x20) != word[k] && style.p[at] != word[k])
                break;
            k++;
        }
        if (k == n)
            return true;
    }
    return false;
}

struct described {
    unsigned effects, rank; /* rank: as a range */
};

static void describe_class(struct str value, struct described *d)
{
    struct str word;
    for (size_t at = 0, end; at < value.n; at = end + 1) {
        for (end = at; end < value.n && !blank_at(value, end);)
            end++;
        word = str_slice(value, at, end);
        struct str hint = word.n ? html_hint(word) : word;
        if (str_equal(hint, STR("body")))
            d->rank = d->rank > 3 ? d->rank : 3;
        else if (str_equal(hint, STR("around")))
            d->effects |= SETS_APART;
        else if (str_equal(hint, STR("caption")))
            d->effects |= DESCRIBES;
    }
}

static void describe_attribute(struct str name, struct str value, struct described *d)
{
    if (html_is(name, "class") || html_is(name, "id"))
        describe_class(value, d);
    else if (html_is(name, "hidden") || (html_is(name, "aria-hidden") && html_is(value, "true")))
        d->effects |= HIDES;
    else if (html_is(name, "itemprop") && html_is(value, "articlebody"))
        d->rank = 4;
    else if (html_is(name, "role") && html_is(value, "main"))
        d->rank = d->rank ? d->rank : 1;
    else if (html_is(name, "role") && (html_is(value, "navigation") || html_is(value, "complementary") ||
                                       html_is(value, "contentinfo") || html_is(value, "search")))
        d->effects |= SETS_APART;
    else if (html_is(name, "style")) {
        d->effects |= style_has(value, "display:none") || style_has(value, "visibility:hidden") ? HIDES : 0u;
        d->effects |= style_has(value, "white-space:pre") ? KEEPS_LINES : 0u;
    }
}

static struct described describe(struct html_element kind, const struct html_token *token)
{
    struct described d = {0};
    struct str name, value;
    for (size_t at = 0; html_next_attribute(token->attributes, &at, &name, &value);)
        describe_attribute(name, value, &d);
    switch (kind.id) {
    case EL_A: d.effects |= LINKS; break;
    case EL_PRE: d.effects |= KEEPS_LINES; break;
    case EL_HEADING: d.effects |= HEADS; break;
    case EL_FIGCAPTION: d.effects |= DESCRIBES; break;
    case EL_NAV:
    case EL_ASIDE:
    case EL_FOOTER: d.effects |= SETS_APART; break;
    case EL_ARTICLE: d.rank = d.rank > 2 ? d.rank : 2; break;
    case EL_MAIN: d.rank = d.rank > 1 ? d.rank : 1; break;
    default: break;
    }
    if (kind.traits & HTML_UNSEEN)
        d.effects |= HIDES;
    if (!(kind.traits & HTML_BLOCK))
        d.effects &= (unsigned)~SETS_APART;
    else if (d.rank)
        d.effects |= HOLDS;
    if (d.rank >= 2 && kind.traits & HTML_BLOCK)
        d.effects &= (unsigned)~SETS_APART; /* "article_view related": the one is enough */
    return d;
}

static void begin_range(struct builder *b, struct element *e, unsigned rank)
{
    struct html_page *page = b->page;
    page->ranges = mem_grow(page->ranges, &b->ranges_room, page->n_ranges + 1, sizeof *page->ranges);
    e->range = page->n_ranges;
    page->ranges[page->n_ranges++] = (struct html_range){b->n_lines, b->n_lines, rank};
    e->apart = b->inside[__builtin_ctz(SETS_APART)];
    b->inside[__builtin_ctz(SETS_APART)] = 0;
}

static void open_element(struct builder *b, struct html_element kind, const struct html_token *token)
{
    if (b->depth >= DEEPEST)
        return;
    struct described d = describe(kind, token);
    if (d.effects & DESCRIBES) { /* a <span> or <em> that is set below a picture */
        kind.traits |= HTML_BLOCK;
        edge(b, kind.traits);
    }
    b->stack = mem_grow(b->stack, &b->stack_room, b->depth + 1, sizeof *b->stack);
    struct element *e = &b->stack[b->depth++];
    *e = (struct element){.id = kind.id,
                          .traits = kind.traits,
                          .effects = (unsigned char)d.effects,
                          .below = b->top[kind.id],
                          .unseen = b->unseen,
                          .range = b->page->n_ranges,
                          .first_line = b->n_lines};
    b->top[kind.id] = b->depth;
    if (kind.traits & HTML_UNSEEN)
        b->unseen = b->depth;
    if (d.effects & HOLDS)
        begin_range(b, e, d.rank);
    for (size_t bit = 0; bit < EFFECTS; bit++)
        b->inside[bit] += d.effects >> bit & 1u;
}

static void note_input(struct builder *b, const struct html_token *token)
{
    struct str name, value;
    for (size_t at = 0; html_next_attribute(token->attributes, &at, &name, &value);)
        if (html_is(name, "type") && html_is(value, "password"))
            b->page->password = true;
}

static void start_tag(struct builder *b, const struct html_token *token, bool foreign)
{
    struct html_element kind = html_element(token->name);
    if (kind.id == EL_FRAME)
        b->page->frames = true;
    if (kind.id == EL_INPUT)
        note_input(b, token);
    if (kind.id == EL_ROOT || kind.id == EL_FRAME || (foreign && token->self_closing))
        return;
    if (kind.id == EL_BR) {
        break_line(b);
        return;
    }
    close_before(b, kind);
    if (kind.traits & HTML_BLOCK)
        edge(b, kind.traits);
    if (kind.id == EL_TD || kind.id == EL_TH)
        b->cell = true;
    if (kind.id == EL_A && b->after_link) /* names in a row are told apart */
        b->space = true;
    if (!(kind.traits & HTML_VOID))
        open_element(b, kind, token);
}

static void finish(struct builder *b)
{
    struct html_page *page = b->page;
    pop_to(b, 0);
    end_line(b);
    page->text = utf8_nfc(b->arena, str_copy(b->arena, buf_view(&b->text)));
    page->lines = b->n_lines;
    page->marks = arena_alloc(b->arena, b->n_lines + 1);
    for (size_t i = 0; i < b->n_lines; i++)
        page->marks[i] = b->lines[i].marks;
    struct html_range *ranges = ARENA_ARRAY(b->arena, page->n_ranges + 1, struct html_range);
    if (page->n_ranges)
        memcpy(ranges, page->ranges, page->n_ranges * sizeof *ranges);
    mem_free(page->ranges);
    page->ranges = ranges;
    buf_free(&b->text);
    mem_free(b->lines);
    mem_free(b->stack);
}

void html_visible(struct arena *arena, struct str html, struct html_page *page)
{
    struct builder b = {.arena = arena, .page = page};
    struct html_scan scan = {.html = html};
    struct html_token token;
    bool skip = false; /* the text of a script or title comes next */
    *page = (struct html_page){0};
    while (html_next(&scan, &token)) {
        bool raw = skip;
        skip = false;
        if (token.kind == HTML_START) {
            start_tag(&b, &token, scan.foreign > 0);
            skip = scan.raw.n > 0;
        } else if (token.kind == HTML_END) {
            close_element(&b, html_element(token.name));
        } else if (!raw && !is_inside(&b, HIDES)) {
            add_words(&b, html_decode(arena, token.text, false));
        }
    }
    finish(&b);
}
