#include "base/csv.h"

#include "base/arena.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <string.h>

bool csv_decode(struct arena *arena, struct str bytes, struct str *text)
{
    static const struct {
        struct str mark;
        const char *encoding;
    } marks[] = {{{"\xFF\xFE", 2}, "utf-16le"}, {{"\xFE\xFF", 2}, "utf-16be"}};
    size_t bad;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(bytes, marks[i].mark))
            return utf8_decode(arena, str_slice(bytes, 2, bytes.n), marks[i].encoding, text, &bad);
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        bytes = str_slice(bytes, 3, bytes.n);
    if (utf8_invalid(bytes) != SIZE_MAX)
        return utf8_decode(arena, bytes, "windows-949", text, &bad);
    *text = utf8_nfc(arena, bytes);
    return true;
}

static size_t count_outside_quotes(struct str line, char c)
{
    size_t n = 0;
    bool quoted = false;
    for (size_t i = 0; i < line.n; i++) {
        quoted ^= line.p[i] == '"';
        n += !quoted && line.p[i] == c;
    }
    return n;
}

void csv_open(struct csv *csv, struct str text)
{
    static const char separators[] = {';', '\t'};
    struct str rest = text, line = {NULL, 0};
    *csv = (struct csv){.rest = text, .separator = ',', .line = 1};
    str_line(&rest, &line);
    if (line.n == 5 && str_starts(line, STR("sep="))) {
        *csv = (struct csv){.rest = rest, .separator = line.p[4], .line = 2};
        return;
    }
    size_t most = count_outside_quotes(line, ',');
    for (size_t i = 0; i < sizeof separators; i++) {
        size_t n = count_outside_quotes(line, separators[i]);
        if (n > most) {
            most = n;
            csv->separator = separators[i];
        }
    }
}

enum closing { CLOSED, LITERAL, UNKNOWN, OPEN };

/* Where the quote before `at` is closed, with *after behind the blanks that may follow: by a quote at which the cell
 * ends. A quote within the text shows that the writer did not quote: the cell is taken literally. Every quote is looked
 * at a bounded number of times: of two cells that are searched far, the first search ends at the second cell. */
static enum closing find_closing(struct str s, size_t at, bool whole, struct csv_style style, size_t *close,
                                 size_t *after)
{
    for (size_t i = at;;) {
        const char *quote = i < s.n ? memchr(s.p + i, '"', s.n - i) : NULL;
        if (!quote)
            return whole ? OPEN : UNKNOWN;
        i = (size_t)(quote - s.p) + 1;
        if (i < s.n && s.p[i] == '"') {
            i++;
            continue;
        }
        *close = i - 1;
        while (i < s.n && (s.p[i] == ' ' || (s.p[i] == '\r' && style.newline == '\n')))
            i++;
        *after = i;
        if (i == s.n)
            return whole ? CLOSED : UNKNOWN;
        return s.p[i] == style.separator || s.p[i] == style.newline ? CLOSED : LITERAL;
    }
}

static void push_cell(struct csv_record *record, size_t begin, size_t end, bool quoted)
{
    if (record->n < CSV_CELLS) {
        record->cells = mem_grow(record->cells, &record->room, record->n + 1, sizeof *record->cells);
        record->cells[record->n] = (struct csv_cell){begin, end, quoted};
    }
    record->n++;
}

static size_t end_of_literal(struct str s, size_t at, struct csv_style style)
{
    while (at < s.n && s.p[at] != style.separator && s.p[at] != style.newline)
        at++;
    return at;
}

enum csv_cut csv_cut(struct str s, bool whole, struct csv_style style, struct csv_record *record)
{
    record->n = 0;
    for (size_t at = 0;; at++) {
        enum closing closing = LITERAL;
        size_t close = 0, after = at;
        if (at < s.n && s.p[at] == '"')
            closing = find_closing(s, at + 1, whole, style, &close, &after);
        if (closing == LITERAL)
            after = end_of_literal(s, at, style);
        if (closing == UNKNOWN || (after == s.n && !whole))
            return CSV_MORE;
        if (closing == OPEN) {
            record->open = at;
            record->end = s.n;
            push_cell(record, at + 1, s.n, true);
            return CSV_OPEN;
        }
        bool last = after == s.n || s.p[after] == style.newline;
        size_t end = closing == CLOSED ? close : after;
        while (closing == LITERAL && last && style.newline == '\n' && end > at && s.p[end - 1] == '\r')
            end--;
        push_cell(record, closing == CLOSED ? at + 1 : at, end, closing == CLOSED);
        at = after;
        if (last) {
            record->end = after + (after < s.n);
            return CSV_RECORD;
        }
    }
}

size_t csv_unquote(struct str inside, char *out)
{
    size_t n = 0;
    while (inside.n) {
        const char *quote = memchr(inside.p, '"', inside.n);
        size_t part = quote ? (size_t)(quote - inside.p) + 1 : inside.n;
        memcpy(out + n, inside.p, part);
        n += part;
        inside = str_slice(inside, part + 1, inside.n); /* its twin */
    }
    return n;
}

/* A cell as one line of text. */
static struct str cell_text(struct arena *arena, struct str row, struct csv_cell cell)
{
    struct str inside = str_slice(row, cell.begin, cell.end);
    char *out = arena_alloc(arena, inside.n + 1);
    if (cell.quoted)
        inside.n = csv_unquote(inside, out);
    else if (inside.n)
        memcpy(out, inside.p, inside.n);
    for (size_t i = 0; i < inside.n; i++)
        out[i] = (unsigned char)out[i] < 0x20 || out[i] == 0x7f ? ' ' : out[i];
    return str_trim((struct str){out, inside.n});
}

bool csv_row(struct csv *csv, struct arena *arena, struct str **cells, size_t *n, size_t *line, bool *open)
{
    struct csv_record record = {0};
    bool empty = true;
    *open = false;
    while (empty && csv->rest.n > 0) {
        *open = csv_cut(csv->rest, true, (struct csv_style){csv->separator, '\n'}, &record) == CSV_OPEN;
        *n = record.n < CSV_CELLS ? record.n : CSV_CELLS;
        *cells = ARENA_ARRAY(arena, *n, struct str);
        *line = csv->line;
        empty = !*open;
        for (size_t i = 0; i < *n; i++) {
            (*cells)[i] = cell_text(arena, csv->rest, record.cells[i]);
            empty = empty && (*cells)[i].n == 0;
        }
        for (size_t i = 0; i < record.end; i++)
            csv->line += csv->rest.p[i] == '\n';
        csv->rest = str_slice(csv->rest, record.end, csv->rest.n);
    }
    mem_free(record.cells);
    return !empty;
}
