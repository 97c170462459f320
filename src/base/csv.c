#include "base/csv.h"

#include "base/arena.h"
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

/* Takes one cell; *last where the row ends with it. */
static struct str take_cell(struct csv *csv, struct arena *arena, bool *last, bool *open)
{
    struct str s = csv->rest;
    char *out, *end;
    size_t i;
    bool quoted = false;
    for (i = 0; i < s.n; i++) { /* the cell's length first, so that the arena holds it once */
        quoted ^= s.p[i] == '"';
        if (!quoted && (s.p[i] == csv->separator || s.p[i] == '\n'))
            break;
    }
    out = arena_alloc(arena, i + 1);
    end = out;
    *open = *open || quoted;
    quoted = false;
    for (size_t k = 0; k < i; k++) {
        csv->line += s.p[k] == '\n';
        if (s.p[k] == '"' && quoted && k + 1 < i && s.p[k + 1] == '"')
            *end++ = s.p[++k];
        else if (s.p[k] == '"' && (quoted || end == out))
            quoted = !quoted;
        else
            *end++ = (unsigned char)s.p[k] < 0x20 || s.p[k] == 0x7f ? ' ' : s.p[k];
    }
    *last = i >= s.n || s.p[i] == '\n';
    csv->line += i < s.n && s.p[i] == '\n';
    csv->rest = str_slice(s, i + 1, s.n);
    return str_trim((struct str){out, (size_t)(end - out)});
}

/* What follows the last cell that is wanted of a row. */
static void skip_row(struct csv *csv, bool *open)
{
    struct str s = csv->rest;
    size_t i = 0;
    bool quoted = false;
    for (; i < s.n; i++) {
        quoted ^= s.p[i] == '"';
        csv->line += s.p[i] == '\n';
        if (!quoted && s.p[i] == '\n')
            break;
    }
    *open = *open || quoted;
    csv->rest = str_slice(s, i + 1, s.n);
}

/* Upper bound of the cells of the next row. */
static size_t count_cells(const struct csv *csv)
{
    size_t n = 1;
    bool quoted = false;
    for (size_t i = 0; i < csv->rest.n && n < CSV_CELLS; i++) {
        char c = csv->rest.p[i];
        quoted ^= c == '"';
        if (!quoted && c == '\n')
            break;
        n += !quoted && c == csv->separator;
    }
    return n;
}

bool csv_row(struct csv *csv, struct arena *arena, struct str **cells, size_t *n, size_t *line, bool *open)
{
    *open = false;
    while (csv->rest.n > 0) {
        size_t room = count_cells(csv);
        bool last = false, empty = true;
        *cells = ARENA_ARRAY(arena, room, struct str);
        *line = csv->line;
        for (*n = 0; !last && *n < room; ++*n) {
            (*cells)[*n] = take_cell(csv, arena, &last, open);
            empty = empty && (*cells)[*n].n == 0;
        }
        if (!last)
            skip_row(csv, open);
        if (!empty || *open)
            return true;
    }
    return false;
}
