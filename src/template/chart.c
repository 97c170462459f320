/* The fenced block "chart KIND": options, then one line a row, fields between |. */
#include "base/arena.h"
#include "base/mem.h"
#include "base/suggest.h"
#include "template/build.h"

#include <math.h>
#include <stdlib.h>

enum {
    BAR_FIELDS = 4,
    LONGEST_NUMBER = 64,
    MOST_SERIES = 256,
    MOST_VALUES = 1000000, /* of a chart: rows × series, given or not */
};

const char *const chart_kind_names[] = {
    [CHART_BAR] = "bar",   [CHART_STACKED] = "stacked", [CHART_LINE] = "line", [CHART_MULTIPLE] = "multiple",
    [CHART_HEAT] = "heat", [CHART_SLOPE] = "slope",     [CHART_MAP] = "map",   NULL,
};

enum option { TITLE, UNIT, SERIES, ALT, NUMBERS, TABLE, ZERO, DRAW, ACROSS, REGION, OTHERS, OPTIONS };

/* Options that are a choice have their words here, in the order of their enum; those of some kinds only, the kinds. */
#define KIND(kind) (1U << CHART_##kind)
static const struct {
    const char *name, *words[5];
    unsigned kinds; /* 0: all */
} options[OPTIONS] = {
    [TITLE] = {.name = "title="},
    [UNIT] = {.name = "unit="},
    [SERIES] = {.name = "series=", .kinds = ~(KIND(BAR) | KIND(MAP))},
    [ALT] = {.name = "alt="},
    [NUMBERS] = {.name = "numbers=", .words = {"as-written", "comma", "korean", "percent", NULL}},
    [TABLE] = {.name = "table=", .words = {"auto", "yes", "no", NULL}},
    [ZERO] = {.name = "zero=", .words = {"auto", "yes", "no", NULL}, .kinds = KIND(LINE) | KIND(MULTIPLE)},
    [DRAW] = {.name = "draw=", .words = {"line", "bar", NULL}, .kinds = KIND(MULTIPLE)},
    [ACROSS] = {.name = "across=", .words = {"0", "1", "2", "3", "4"}, .kinds = KIND(MULTIPLE)},
    [REGION] = {.name = "region=", .kinds = KIND(MAP)},
    [OTHERS] = {.name = "others=", .kinds = KIND(MAP)},
};

struct reader {
    struct build *build;
    struct chart *chart;
    int line;
    struct chart_row *rows;
    size_t room;
};

static bool fail_at(const struct reader *reader, const char *what, struct str word, const char *after)
{
    return build_fault(reader->build, reader->line, "%s \"" STR_FMT "\"%s", what, STR_ARG(str_head(word, 60)), after);
}

static const char *suggestion(const struct reader *reader, struct str word, const struct str *names, size_t n)
{
    struct str near = suggest(word, names, n);
    return near.n ? arena_printf(reader->build->arena, "; did you mean \"" STR_FMT "\"?", STR_ARG(near)) : "";
}

/* Which option begins at `at`: at the line's start or after a comma or blank. OPTIONS for none. */
static enum option option_at(struct str line, size_t at)
{
    if (at && line.p[at - 1] != ',' && line.p[at - 1] != ' ')
        return OPTIONS;
    for (enum option i = 0; i < OPTIONS; i++)
        if (str_starts(str_slice(line, at, line.n), str_from(options[i].name)))
            return i;
    return OPTIONS;
}

bool chart_is_option(struct str line)
{
    return option_at(line, 0) != OPTIONS;
}

static bool read_choice(struct reader *reader, enum option option, struct str word, unsigned *out)
{
    struct str words[5];
    size_t n = 0;
    for (; n < 5 && options[option].words[n]; n++) {
        words[n] = str_from(options[option].words[n]);
        if (str_equal(word, words[n])) {
            *out = (unsigned)n;
            return true;
        }
    }
    const char *near = suggestion(reader, word, words, n);
    return fail_at(reader, arena_printf(reader->build->arena, "%s cannot be", options[option].name), word, near);
}

static bool read_series(struct reader *reader, struct str list)
{
    struct chart *chart = reader->chart;
    struct str rest = list, name;
    size_t n = 0;
    if (chart->series)
        return build_fault(reader->build, reader->line, "the series of a chart are named twice");
    while (fence_field(&rest, &name))
        n++;
    chart->series = ARENA_ARRAY(reader->build->arena, n, struct str);
    for (rest = list; fence_field(&rest, &name);)
        if (name.n || rest.p) /* a | at the end, as a loop of a template leaves it, names nothing */
            chart->series[chart->n_series++] = fence_expand(reader->build, name);
    if (chart->n_series <= MOST_SERIES)
        return true;
    build_fault(reader->build, reader->line, "a chart has at most 256 series");
    return false;
}

/* A finite number with or without thousands separators, sign and %. */
static bool read_number(struct str text, double *out)
{
    static const struct str minus = {"\xe2\x88\x92", 3}; /* U+2212 */
    char digits[LONGEST_NUMBER], *end;
    size_t n = 0, from = 0;
    if (str_starts(text, minus)) {
        digits[n++] = '-';
        from = minus.n;
    }
    if (str_ends(text, STR("%")))
        text.n--;
    for (size_t i = from; i < text.n; i++) {
        char c = text.p[i];
        if (c == ',')
            continue;
        if (n + 1 >= sizeof digits || !((c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+'))
            return false;
        digits[n++] = c;
    }
    digits[n] = '\0';
    *out = strtod(digits, &end);
    return n && *end == '\0' && isfinite(*out);
}

/* A number, or nothing: an empty field or a dash. In a template anything else is an error; in plain Markdown it is for
 * layout to warn of. */
static bool read_value(struct reader *reader, struct str field, struct chart_value *out)
{
    static const char *const nothing[] = {"", "-", "–", "—", "−", NULL};
    out->text = fence_expand(reader->build, field);
    out->none = str_is_any(out->text, nothing);
    if (out->none) {
        out->text = STR("");
        return true;
    }
    if (!read_number(out->text, &out->number)) {
        out->number = NAN;
        return !reader->build->source->strict || fail_at(reader, "not a number in a chart:", out->text, "");
    }
    if (str_starts(out->text, STR("-"))) /* printed as a minus, U+2212 */
        out->text =
            str_from(arena_printf(reader->build->arena, "−" STR_FMT, STR_ARG(str_slice(out->text, 1, out->text.n))));
    return true;
}

/* One number for all regions of a map without a row. */
static bool read_others(struct reader *reader, struct str field)
{
    reader->chart->others = ARENA_NEW(reader->build->arena, struct chart_row);
    reader->chart->others->values = ARENA_NEW(reader->build->arena, struct chart_value);
    return read_value(reader, field, reader->chart->others->values);
}

static bool set_option(struct reader *reader, enum option option, struct str value)
{
    struct chart *chart = reader->chart;
    struct str text = option == SERIES ? value : fence_expand(reader->build, value);
    unsigned choice = 0;
    if (options[option].kinds && !(options[option].kinds >> chart->kind & 1))
        return fail_at(reader, arena_printf(reader->build->arena, "%s is no option of a chart", options[option].name),
                       str_from(chart_kind_names[chart->kind]), "");
    if (options[option].words[0] && !read_choice(reader, option, text, &choice))
        return false;
    switch (option) {
    case TITLE: chart->title = text; break;
    case UNIT: chart->unit = text; break;
    case ALT: chart->alt = text; break;
    case REGION: chart->region = text; break;
    case OTHERS: return read_others(reader, value);
    case SERIES: return read_series(reader, text);
    case NUMBERS: chart->form = choice; break;
    case TABLE: chart->table = choice; break;
    case ZERO: chart->zero = choice; break;
    case DRAW: chart->columns = choice != 0; break;
    case ACROSS: chart->across = choice; break;
    case OPTIONS: break;
    }
    return true;
}

/* "title=…, unit=…": each up to the next option. */
static bool read_options(struct reader *reader, struct str line)
{
    for (size_t at = 0; at < line.n;) {
        enum option option = option_at(line, at);
        size_t end = at + 1;
        while (end < line.n && option_at(line, end) == OPTIONS)
            end++;
        struct str value = str_trim(str_slice(line, at + str_from(options[option].name).n, end));
        while (value.n && value.p[value.n - 1] == ',')
            value = str_trim(str_slice(value, 0, value.n - 1));
        if (!set_option(reader, option, value))
            return false;
        at = end;
    }
    return true;
}

static bool read_bar(struct reader *reader, struct str one, struct chart_row *row)
{
    struct str field[BAR_FIELDS];
    if (!fence_split(one, field, BAR_FIELDS))
        return build_fault(reader->build, reader->line, "a bar has at most four fields: label | number | text | link");
    row->values = ARENA_NEW(reader->build->arena, struct chart_value);
    row->label = fence_expand(reader->build, field[0]);
    if (!read_value(reader, field[1], row->values))
        return false;
    if (field[2].n)
        row->values->text = fence_expand(reader->build, field[2]);
    row->link = build_link(reader->build, field[3], reader->line);
    return true;
}

static bool read_row(struct reader *reader, struct str one, struct chart_row *row)
{
    struct chart *chart = reader->chart;
    struct str field;
    fence_field(&one, &field);
    row->label = fence_expand(reader->build, field);
    row->values = ARENA_ARRAY(reader->build->arena, chart->n_series, struct chart_value);
    for (size_t i = 0; i < chart->n_series; i++) {
        field = STR("");
        fence_field(&one, &field);
        if (!read_value(reader, field, &row->values[i]))
            return false;
    }
    if (fence_field(&one, &field) && (field.n || one.p))
        return build_fault(reader->build, reader->line, "a row of a chart has more values than there are series");
    return true;
}

/* Is a line without a | an option, known or not? */
static bool looks_like_option(const struct reader *reader, struct str line)
{
    return !reader->chart->n && !reader->chart->series && option_at(line, 0) == OPTIONS &&
           str_find(line, STR("|"), 0) == SIZE_MAX && str_find(line, STR("="), 0) != SIZE_MAX;
}

static bool unknown_option(struct reader *reader, struct str line)
{
    struct str names[OPTIONS], word = str_slice(line, 0, str_find(line, STR("="), 0) + 1);
    for (size_t i = 0; i < OPTIONS; i++)
        names[i] = str_from(options[i].name);
    return fail_at(reader, "unknown option of a chart", word, suggestion(reader, word, names, OPTIONS));
}

static bool read_line(struct reader *reader, struct str line)
{
    struct chart *chart = reader->chart;
    bool bars = chart->kind == CHART_BAR || chart->kind == CHART_MAP;
    if (!chart->n && option_at(line, 0) != OPTIONS)
        return read_options(reader, line);
    if (looks_like_option(reader, line))
        return unknown_option(reader, line);
    if (!bars && !chart->series) { /* a first line of names */
        struct str corner;
        fence_field(&line, &corner);
        return read_series(reader, line);
    }
    if (chart->n >= MOST_VALUES / (chart->n_series + 1))
        return build_fault(reader->build, reader->line, "a chart has at most a million values"), false;
    struct chart_row row = {0};
    if (!(bars ? read_bar(reader, line, &row) : read_row(reader, line, &row)))
        return false;
    if (row.values) { /* else a check goes on without it */
        reader->rows = mem_grow(reader->rows, &reader->room, chart->n + 1, sizeof *reader->rows);
        reader->rows[chart->n++] = row;
    }
    return true;
}

static bool read_kind(struct reader *reader, struct str kind, bool *go_on)
{
    for (size_t i = 0; chart_kind_names[i]; i++)
        if (str_equal(kind, str_from(chart_kind_names[i]))) {
            reader->chart->kind = (enum chart_kind)i;
            return true;
        }
    *go_on = fail_at(reader, "unknown chart", kind, "; there are bar, stacked, line, multiple, heat, slope, map");
    return false;
}

bool build_chart(struct build *build, struct block *block, struct str info, struct str text, int line)
{
    struct chart *chart = block->chart = ARENA_NEW(build->arena, struct chart);
    struct reader reader = {.build = build, .chart = chart, .line = line};
    struct str one;
    bool good = true;
    if (!read_kind(&reader, fence_expand(build, str_trim(str_slice(info, 5, info.n))), &good))
        return good;
    if (chart->kind == CHART_BAR || chart->kind == CHART_MAP)
        chart->n_series = 1;
    while (good && str_line(&text, &one)) {
        reader.line++;
        one = str_trim(one);
        good = !one.n || read_line(&reader, one);
    }
    chart->rows = ARENA_ARRAY(build->arena, chart->n, struct chart_row);
    for (size_t i = 0; good && i < chart->n; i++)
        chart->rows[i] = reader.rows[i];
    mem_free(reader.rows);
    if (good && !chart->alt.n)
        chart->alt = chart_words(build->arena, chart);
    return good;
}
