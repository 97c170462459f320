#include "template/source.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "template/notes.h"

#include <string.h>

enum {
    PLANE = 65534,     /* code points of a private plane: U+F0000–U+FFFFD, U+100000–U+10FFFD */
    MAX_MARKERS = 100, /* `>` and list markers at the start of one line: cmark-gfm 0.29 needs quadratic time for more */
    MAX_IMAGES = 500,  /* ![ in a paragraph: cmark-gfm walks all open ones at every link */
    MAX_CELLS = 1000000, /* of all tables, as padded */
    MAX_COLUMNS = 256,   /* of a table: cmark-gfm pads every row to the width of the header */
};

static bool is_private(struct str text, size_t at)
{
    unsigned char lead = (unsigned char)text.p[at];
    return lead == 0xf4 || (lead == 0xf3 && at + 1 < text.n && (unsigned char)text.p[at + 1] >= 0xb0);
}

size_t slots_find(struct str text, size_t from)
{
    for (size_t at = from; at < text.n; at++)
        if ((unsigned char)text.p[at] >= 0xf3 && is_private(text, at))
            return at;
    return SIZE_MAX;
}

static void put_code(size_t index, struct buf *out)
{
    if (index >= PLANE)
        buf_utf8(out, (uint32_t)(0x100000 + index / PLANE - 1));
    buf_utf8(out, (uint32_t)(0xf0000 + index % PLANE));
}

void slots_put(struct slots *slots, struct str value, struct buf *out)
{
    slots->items = mem_grow(slots->items, &slots->room, slots->n + 1, sizeof *slots->items);
    slots->items[slots->n] = value;
    put_code(slots->n++, out);
}

size_t slots_index(struct str text, size_t *at)
{
    uint32_t c = utf8_next(text, at);
    size_t index = 0;
    if (c >= 0x100000) {
        index = (size_t)(c - 0x100000 + 1) * PLANE;
        if (*at >= text.n || !is_private(text, *at))
            return SIZE_MAX;
        c = utf8_next(text, at);
    }
    return index + (c - 0xf0000);
}

struct str slots_take(const struct slots *slots, struct str text, size_t *at)
{
    size_t index = slots_index(text, at);
    return index < slots->n ? slots->items[index] : STR("");
}

/* Notes the place for the output line that is about to get its first byte. */
static void begin_line(struct source *source, const char *file, size_t line)
{
    const struct buf *text = &source->text;
    if (text->n && text->p[text->n - 1] != '\n')
        return;
    source->lines = mem_grow(source->lines, &source->lines_room, source->n_lines + 1, sizeof *source->lines);
    source->lines[source->n_lines++] = (struct source_place){file, line};
}

static void add_line(struct source *source, struct str text)
{
    size_t at = 0;
    for (size_t next; (next = slots_find(text, at)) != SIZE_MAX;) {
        buf_add(&source->text, text.p + at, next - at);
        at = next;
        while (at < text.n && is_private(text, at)) /* a run of them is one value */
            utf8_next(text, &at);
        slots_put(&source->slots, str_slice(text, next, at), &source->text);
    }
    buf_add(&source->text, text.p + at, text.n - at);
}

void source_text(struct source *source, struct str text, const char *file, size_t line)
{
    while (text.n) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t length = end ? (size_t)(end - text.p) + 1 : text.n;
        begin_line(source, file, line);
        add_line(source, str_slice(text, 0, length));
        text = str_slice(text, length, text.n);
        line++;
    }
}

void source_value(struct source *source, struct str value, const char *file, size_t line)
{
    begin_line(source, file, line);
    source->value_bytes += value.n;
    slots_put(&source->slots, value, &source->text);
}

void source_put_list(struct source *source, const struct value *list, const char *file, size_t line)
{
    source->lists = mem_grow(source->lists, &source->lists_room, source->n_lists + 1, sizeof *source->lists);
    source->lists[source->n_lists++] = (struct source_list){list, source->slots.n};
    source_value(source, STR(""), file, line);
}

const struct value *source_list_in(const struct source *source, struct str text)
{
    size_t at = slots_find(text, 0), low = 0, high = source->n_lists;
    size_t slot = at == SIZE_MAX ? SIZE_MAX : slots_index(text, &at);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source->lists[middle].slot < slot)
            low = middle + 1;
        else
            high = middle;
    }
    return low < source->n_lists && source->lists[low].slot == slot ? source->lists[low].list : NULL;
}

struct source_place source_place(const struct source *source, size_t output_line)
{
    if (!source->n_lines)
        return (struct source_place){source->name, 1};
    size_t index = output_line ? output_line - 1 : 0;
    return source->lines[index < source->n_lines ? index : source->n_lines - 1];
}

bool source_fault(const struct source *source, struct err *err, size_t output_line, const char *format, ...)
{
    struct source_place place = source_place(source, output_line);
    struct faults faults = {err, source_error(source), source->faults};
    va_list arguments;
    va_start(arguments, format);
    bool on = fault_list(&faults, place.file, place.line, format, arguments);
    va_end(arguments);
    return on;
}

void source_free(struct source *source)
{
    buf_free(&source->text);
    mem_free(source->slots.items);
    mem_free(source->lines);
    mem_free(source->lists);
    *source = (struct source){0};
}

enum err_kind source_error(const struct source *source)
{
    return source->strict ? ERR_CONFIG : ERR_INPUT;
}

/* --- the guard before cmark --- */

struct guard {
    struct source *source;
    struct buf *out;
    size_t last_comment_end; /* where the last "-->" of the text begins, 0 where there is none */
    bool delimiter_seen;     /* since the last empty line */
    size_t columns;          /* of the table that may be open */
    size_t line;             /* of the source's text */
    size_t images;           /* ![ since the last empty line */
};

static size_t shared_slot(struct slots *slots, struct str value)
{
    struct buf unused = {0};
    slots_put(slots, value, &unused);
    buf_free(&unused);
    return slots->n - 1;
}

/* How many block markers a line begins with. A line of one repeated sign is a rule or a fence, not a list. */
static size_t count_markers(struct str line)
{
    size_t markers = 0, at = 0, signs = 0;
    while (at < line.n) {
        char c = line.p[at];
        size_t digits = at;
        while (digits < line.n && line.p[digits] >= '0' && line.p[digits] <= '9')
            digits++;
        if (digits > at && digits < line.n && (line.p[digits] == '.' || line.p[digits] == ')')) {
            at = digits + 1;
            markers++;
        } else if (c == '>' || c == '-' || c == '*' || c == '+') {
            at++;
            markers++;
            signs += c == '-' || c == '*';
        } else if (c == ' ' || c == '\t') {
            at++;
        } else {
            return markers;
        }
    }
    return markers == signs ? 0 : markers;
}

/* A table's delimiter row (|---|:-:|), perhaps in a quotation. */
static bool is_delimiter_row(struct str line, size_t *pipes)
{
    bool dash = false, mark = false;
    *pipes = 0;
    for (size_t i = 0; i < line.n; i++) {
        char c = line.p[i];
        if (c != '|' && c != '-' && c != ':' && c != ' ' && c != '\t' && c != '>')
            return false;
        dash |= c == '-';
        mark |= c == '|' || c == ':';
        *pipes += c == '|';
    }
    return dash && mark;
}

/* Nothing but the marks of quotations: it ends paragraphs and tables. */
static bool is_empty(struct str line)
{
    size_t i = 0;
    while (i < line.n && (line.p[i] == '>' || line.p[i] == ' ' || line.p[i] == '\t'))
        i++;
    return i == line.n;
}

/* Whether a sign stands alone between two | of a line: `<` and `^` there join cells (table.c). */
static bool alone_in_cell(struct str line, size_t from, size_t to)
{
    while (from > 0 && (line.p[from - 1] == ' ' || line.p[from - 1] == '\t'))
        from--;
    while (to < line.n && (line.p[to] == ' ' || line.p[to] == '\t'))
        to++;
    return from > 0 && line.p[from - 1] == '|' && (to == line.n || line.p[to] == '|');
}

static bool is_escaped(struct str text, size_t at)
{
    size_t from = at;
    while (from > 0 && text.p[from - 1] == '\\')
        from--;
    return (at - from) % 2 != 0;
}

/* Whether `<` may stay: it opens an autolink, a link destination, a line break or a comment that is closed. */
static bool keeps_less(struct str text, size_t at, size_t last_comment_end)
{
    static const struct str opens[] = {{"http://", 7}, {"https://", 8}, {"mailto:", 7},
                                       {"br>", 3},     {"br/>", 4},     {"br />", 5}};
    struct str rest = str_slice(text, at + 1, text.n), before = str_slice(text, 0, at);
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++)
        if (str_starts(rest, opens[i]))
            return true;
    if (str_ends(before, STR("](")) || str_ends(before, STR("]: ")))
        return true;
    return str_starts(rest, STR("!--")) && at < last_comment_end;
}

/* CommonMark closes no `**` that stands between punctuation and a letter, which Korean needs all the time:
 * **50%**로. An empty value (a letter to cmark) before such a `**` makes it close. */
static bool needs_help(struct str text, size_t at)
{
    static const char *const closers[] = {")", "]", "}", "%",  "\"", "'",  ".",  "!",
                                          "?", "’", "”", "」", "』", "》", "〉", "）"};
    if (at < 3 || at + 2 >= text.n || text.p[at + 1] != '*' || text.p[at + 2] == '*' || text.p[at - 1] == '*')
        return false;
    if ((unsigned char)text.p[at + 2] < 0xe1)
        return false;
    size_t next = at + 2;
    if (!utf8_is_hangul(utf8_next(text, &next)))
        return false;
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
        if (str_ends(str_slice(text, 0, at), str_from(closers[i])))
            return true;
    return false;
}

/* Length of a note's reference at text.p[at], with its slot; 1 where there is none. */
static size_t note_reference(struct guard *guard, struct str text, size_t at, size_t to, size_t *slot)
{
    struct source *source = guard->source;
    if (!source->notes || is_escaped(text, at) || (at && text.p[at - 1] == '!'))
        return 1;
    size_t length = notes_reference(source->notes, source, str_slice(text, at, to), guard->line, slot);
    return length ? length : 1;
}

static void guard_line(struct guard *guard, struct str text, size_t from, size_t to)
{
    size_t pipes, done = from;
    struct str line = str_trim(str_slice(text, from, to));
    bool defuse = false, alone = false;
    const size_t begin = line.n ? (size_t)(line.p - text.p) : from;
    if (is_empty(line)) {
        guard->delimiter_seen = false;
        guard->images = 0;
    } else if (is_delimiter_row(line, &pipes)) {
        defuse = guard->delimiter_seen; /* cmark reads the whole paragraph again at each of them */
        guard->delimiter_seen = true;
    }
    for (size_t i = from; i < to; i++) {
        size_t slot = SIZE_MAX, length = 1;
        char c = text.p[i];
        bool escaped = c == '\\' && i + 1 < to && (text.p[i + 1] == '<' || text.p[i + 1] == '^');
        if (c == '<' || escaped)
            alone = alone_in_cell(line, i - begin, i - begin + 1 + escaped);
        if (escaped && alone)
            length = 2, slot = text.p[i + 1] == '<' ? guard->source->shared.less : guard->source->shared.caret;
        else if (c == '<' && !alone && !is_escaped(text, i) && !keeps_less(text, i, guard->last_comment_end))
            slot = guard->source->shared.less;
        else if (c == '*' && needs_help(text, i))
            slot = guard->source->shared.nothing;
        else if (c == '-' && defuse)
            slot = guard->source->shared.dash;
        else if (c == '!' && i + 1 < to && text.p[i + 1] == '[' && ++guard->images > MAX_IMAGES)
            slot = guard->source->shared.bang;
        else if (c == '[')
            length = note_reference(guard, text, i, to, &slot);
        if (slot == SIZE_MAX)
            continue;
        buf_add(guard->out, text.p + done, i - done);
        put_code(slot, guard->out);
        done = c == '*' ? i : i + length;
        i += length - 1;
        defuse = defuse && c != '-';
    }
    buf_add(guard->out, text.p + done, to - done);
}

/* cmark needs quadratic time for the cells of one row, and throws those away that the header has not. */
static bool too_many_cells(struct str line)
{
    size_t pipes = 0;
    for (size_t i = 0; i < line.n; i++)
        pipes += line.p[i] == '|';
    return pipes > MAX_COLUMNS + 1;
}

static void share_slots(struct source *source)
{
    if (source->shared.ready)
        return;
    source->shared.less = shared_slot(&source->slots, STR("<"));
    source->shared.caret = shared_slot(&source->slots, STR("^"));
    source->shared.dash = shared_slot(&source->slots, STR("-"));
    source->shared.bang = shared_slot(&source->slots, STR("!"));
    source->shared.nothing = shared_slot(&source->slots, STR(""));
    source->shared.ready = true;
}

struct str source_from(const struct source *source, size_t line)
{
    struct str text = buf_view(&source->text), skipped;
    while (line-- > 1 && str_line(&text, &skipped)) {
    }
    return text;
}

bool source_guard(struct source *source, struct str text, size_t first_line, struct buf *out, struct err *err)
{
    struct guard guard = {.source = source, .out = out};
    size_t number = first_line - 1;
    struct str last = {0};
    share_slots(source);
    for (size_t at = text.n; at >= 3 && !guard.last_comment_end; at--)
        if (memcmp(text.p + at - 3, "-->", 3) == 0)
            guard.last_comment_end = at - 3;
    for (size_t at = 0; at < text.n;) {
        const char *end = memchr(text.p + at, '\n', text.n - at);
        size_t next = end ? (size_t)(end - text.p) + 1 : text.n, pipes;
        if (++number >= first_line) {
            struct str line = str_trim(str_slice(text, at, next));
            if (count_markers(line) > MAX_MARKERS)
                return source_fault(source, err, number, "more than %d block markers (> - * 1.) on one line",
                                    MAX_MARKERS),
                       false;
            bool wide = guard.columns && too_many_cells(line);
            if (is_delimiter_row(line, &pipes) && !guard.columns) {
                guard.columns = pipes + 1;
                wide = guard.columns > MAX_COLUMNS + 1 || too_many_cells(last);
            } else if (is_empty(line)) {
                guard.columns = 0;
            }
            last = line;
            source->cells += guard.columns;
            if (wide || source->cells > MAX_CELLS)
                return source_fault(source, err, number, "a table of more than %d %s", wide ? MAX_COLUMNS : MAX_CELLS,
                                    wide ? "columns" : "cells"),
                       false;
            guard.line = number;
            guard_line(&guard, text, at, next);
        }
        at = next;
    }
    return true;
}
