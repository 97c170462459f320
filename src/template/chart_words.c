/* A chart for those who cannot see it: in words, and as a table of its numbers. */
#include "base/arena.h"
#include "data/data.h"
#include "template/build.h"

#include <math.h>

enum {
    NAMES = 8,   /* series that the words list */
    LEADING = 3, /* bars and regions */
};

static const char *const names[] = {
    [CHART_BAR] = "가로 막대그래프", [CHART_STACKED] = "누적 막대그래프",
    [CHART_LINE] = "꺾은선그래프",   [CHART_MULTIPLE] = "작은 그래프 모음",
    [CHART_HEAT] = "열지도",         [CHART_SLOPE] = "기울기 그래프",
    [CHART_MAP] = "타일 지도",
};

/* What a map's labels may be codes of; empty for other charts. */
static struct regions regions_of(struct arena *arena, const struct chart *chart)
{
    struct regions regions = {0};
    struct err err = {0};
    const char *table = "data/regions.tsv";
    if (chart->kind == CHART_MAP && !regions_load(arena, data_path(table), data_file(table), &regions, &err))
        return (struct regions){0}; /* layout tells why there is no map */
    return regions;
}

/* A row's name for a reader: of a code, the region's. */
static struct str name_of(const struct regions *regions, const struct chart_row *row)
{
    enum { CODE = 5 };
    char code[CODE + 1] = "";
    if (!regions->n || row->label.n != CODE)
        return row->label;
    for (size_t i = 0; i < CODE; i++)
        code[i] = row->label.p[i];
    const struct region *region = regions_by_code(regions, code);
    return region ? region->full_name : row->label;
}

static bool is_known(const struct chart_value *value)
{
    return !value->none && isfinite(value->number);
}

struct extreme {
    const struct chart_row *row;
    size_t series;
};

static double number_at(struct extreme at)
{
    return at.row->values[at.series].number;
}

static void find_extremes(const struct chart *chart, struct extreme *largest, struct extreme *least)
{
    for (size_t i = 0; i < chart->n; i++) {
        for (size_t s = 0; s < chart->n_series; s++) {
            struct extreme here = {&chart->rows[i], s};
            if (!is_known(&here.row->values[s]))
                continue;
            if (!largest->row || number_at(here) > number_at(*largest))
                *largest = here;
            if (!least->row || number_at(here) < number_at(*least))
                *least = here;
        }
    }
}

/* Texts of bars and maps have their unit already. */
static void say_number(const struct chart *chart, const struct chart_value *value, struct buf *out)
{
    buf_str(out, value->text);
    if (chart->series)
        buf_str(out, chart->unit);
}

static void say_name(const struct chart *chart, const struct regions *regions, struct extreme at, struct buf *out)
{
    buf_str(out, name_of(regions, at.row));
    if (chart->series)
        buf_printf(out, " " STR_FMT, STR_ARG(chart->series[at.series]));
}

static size_t count_equal(const struct chart *chart, double number)
{
    size_t n = 0;
    for (size_t i = 0; i < chart->n; i++)
        for (size_t s = 0; s < chart->n_series; s++)
            n += is_known(&chart->rows[i].values[s]) && chart->rows[i].values[s].number == number;
    return n;
}

/* " 가장 작은 값 나 1건", of several that have it " 가장 작은 값 1건(나 등 3개)": one named alone would seem to be the
 * only. */
static void say_extreme(const struct chart *chart, const struct regions *regions, const char *what, struct extreme at,
                        struct buf *out)
{
    size_t n = count_equal(chart, number_at(at));
    buf_printf(out, "%s ", what);
    if (n == 1) {
        say_name(chart, regions, at, out);
        buf_char(out, ' ');
    }
    say_number(chart, &at.row->values[at.series], out);
    if (n > 1) {
        buf_char(out, '(');
        say_name(chart, regions, at, out);
        buf_printf(out, " 등 %zu개)", n);
    }
}

/* The largest rows of the only series, the first of equal ones first; their number. */
static size_t find_leading(const struct chart *chart, struct extreme leading[LEADING])
{
    size_t n = 0;
    for (size_t i = 0; i < chart->n; i++) {
        struct extreme here = {&chart->rows[i], 0};
        size_t at = n;
        if (!is_known(here.row->values))
            continue;
        while (at && number_at(here) > number_at(leading[at - 1]))
            at--;
        for (size_t k = n < LEADING ? n++ : LEADING - 1; k > at; k--)
            leading[k] = leading[k - 1];
        if (at < LEADING)
            leading[at] = here;
    }
    return n;
}

/* The largest three, and how many others are as large as the third. */
static void say_leading(const struct chart *chart, const struct regions *regions, const struct extreme *leading,
                        struct buf *out)
{
    double third = number_at(leading[LEADING - 1]);
    size_t more = count_equal(chart, third);
    for (size_t i = 0; i < LEADING; i++) {
        buf_text(out, i ? ", " : " 큰 값부터 ");
        say_name(chart, regions, leading[i], out);
        buf_char(out, ' ');
        say_number(chart, leading[i].row->values, out);
        more -= number_at(leading[i]) == third;
    }
    if (more)
        buf_printf(out, "(같은 값 %zu개 더)", more);
}

/* The largest and the least value, of bars and maps the largest three. */
static void say_range(const struct chart *chart, struct buf *out)
{
    struct extreme largest = {0}, least = {0}, leading[LEADING];
    struct arena *arena = arena_new();
    const struct regions regions = regions_of(arena, chart);
    bool three = chart->n_series == 1 && !chart->series && find_leading(chart, leading) == LEADING;
    find_extremes(chart, &largest, &least);
    if (largest.row && number_at(largest) <= number_at(least)) {
        buf_text(out, " 값은 모두 ");
        say_number(chart, &largest.row->values[largest.series], out);
        buf_char(out, '.');
    } else if (largest.row) {
        if (three)
            say_leading(chart, &regions, leading, out);
        else
            say_extreme(chart, &regions, " 가장 큰 값", largest, out);
        if (!three || number_at(least) < number_at(leading[LEADING - 1]))
            say_extreme(chart, &regions, ", 가장 작은 값", least, out);
        buf_char(out, '.');
    }
    if (chart->others)
        buf_printf(out, " 항목에 없는 지역은 " STR_FMT ".", STR_ARG(chart->others->values->text));
    arena_free(arena);
}

static void say_series(const struct chart *chart, struct buf *out)
{
    buf_printf(out, " 계열 %zu개(", chart->n_series);
    for (size_t i = 0; i < chart->n_series && i < NAMES; i++)
        buf_printf(out, "%s" STR_FMT, i ? ", " : "", STR_ARG(chart->series[i]));
    buf_text(out, chart->n_series > NAMES ? " 등)," : "),");
}

static bool has_value(const struct chart *chart, const struct chart_row *row)
{
    for (size_t s = 0; s < chart->n_series; s++)
        if (is_known(&row->values[s]))
            return true;
    return false;
}

/* Of lines: how each ends, where any of them does. */
static void say_last(const struct chart *chart, struct buf *out)
{
    const struct chart_row *end = &chart->rows[chart->n - 1], *last = end;
    const char *before = "";
    while (last > chart->rows && !has_value(chart, last))
        last--;
    buf_printf(out, " %s " STR_FMT ":", last == end ? "마지막" : "값이 있는 마지막", STR_ARG(last->label));
    for (size_t s = 0; s < chart->n_series && s < NAMES; s++, before = ",") {
        buf_printf(out, "%s " STR_FMT " ", before, STR_ARG(chart->series[s]));
        if (is_known(&last->values[s]))
            say_number(chart, &last->values[s], out);
        else
            buf_text(out, "값 없음");
    }
    buf_text(out, chart->n_series > NAMES ? " 등." : ".");
}

/* Of slopes: how many rise and fall from the first series to the last. */
static void say_changes(const struct chart *chart, struct buf *out)
{
    size_t more = 0, less = 0, same = 0, last = chart->n_series - 1;
    for (size_t i = 0; i < chart->n; i++) {
        const struct chart_value *values = chart->rows[i].values;
        if (!is_known(&values[0]) || !is_known(&values[last]))
            continue;
        more += values[last].number > values[0].number;
        less += values[last].number < values[0].number;
        same += values[last].number == values[0].number;
    }
    buf_printf(out, " " STR_FMT "보다 " STR_FMT " 값이 큰 것 %zu개, 작은 것 %zu개, 같은 것 %zu개.",
               STR_ARG(chart->series[0]), STR_ARG(chart->series[last]), more, less, same);
}

/* Of stacked bars: the longest. */
static void say_longest(const struct chart *chart, struct buf *out)
{
    const struct chart_row *longest = NULL;
    double most = 0;
    for (size_t i = 0; i < chart->n; i++) {
        double sum = 0;
        for (size_t s = 0; s < chart->n_series; s++)
            if (is_known(&chart->rows[i].values[s]))
                sum += fmax(chart->rows[i].values[s].number, 0);
        if (sum > most) {
            most = sum;
            longest = &chart->rows[i];
        }
    }
    if (longest)
        buf_printf(out, " 합이 가장 큰 항목 " STR_FMT ".", STR_ARG(longest->label));
}

struct str chart_words(struct arena *arena, const struct chart *chart)
{
    struct buf out = {0};
    bool lines = chart->kind == CHART_LINE || chart->kind == CHART_MULTIPLE, any = chart->n && chart->n_series;
    buf_printf(&out, "%s%s" STR_FMT, names[chart->kind], chart->title.n ? ": " : "", STR_ARG(chart->title));
    if (chart->unit.n)
        buf_printf(&out, "(단위: " STR_FMT ")", STR_ARG(chart->unit));
    buf_char(&out, '.');
    if (chart->n_series && chart->series)
        say_series(chart, &out);
    buf_printf(&out, " 항목 %zu개", chart->n);
    if (lines && chart->n > 1)
        buf_printf(&out, "(" STR_FMT " ~ " STR_FMT ")", STR_ARG(chart->rows[0].label),
                   STR_ARG(chart->rows[chart->n - 1].label));
    buf_char(&out, '.');
    if (chart->kind == CHART_STACKED)
        say_longest(chart, &out);
    if (chart->kind == CHART_SLOPE && any && chart->n_series > 1)
        say_changes(chart, &out);
    say_range(chart, &out);
    if (lines && any)
        say_last(chart, &out);
    struct str words = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return words;
}

static struct cell cell_of(struct arena *arena, struct str text)
{
    struct cell cell = {.runs = ARENA_NEW(arena, struct run), .n = 1};
    cell.runs->text = text.n ? text : STR("–");
    return cell;
}

struct table *chart_table(struct arena *arena, const struct chart *chart)
{
    struct table *table = ARENA_NEW(arena, struct table);
    const struct regions regions = regions_of(arena, chart);
    bool turned = chart->series && chart->n_series > chart->n; /* a row a series */
    size_t down = turned ? chart->n_series : chart->n, across = turned ? chart->n : chart->n_series;
    table->columns = across + 1;
    table->rows = down;
    table->align = ARENA_ARRAY(arena, table->columns, enum align);
    table->header = ARENA_ARRAY(arena, table->columns, struct cell);
    table->cells = ARENA_ARRAY(arena, table->columns * down, struct cell);
    table->header[0] = cell_of(arena, STR("구분"));
    for (size_t c = 0; c < across; c++) {
        table->align[c + 1] = ALIGN_RIGHT;
        struct str series = chart->series ? chart->series[turned ? 0 : c] : chart->unit;
        table->header[c + 1] = cell_of(arena, turned ? chart->rows[c].label : series);
    }
    for (size_t r = 0; r < down; r++) {
        struct cell *cells = &table->cells[r * table->columns];
        cells[0] = cell_of(arena, turned ? chart->series[r] : name_of(&regions, &chart->rows[r]));
        cells[0].runs->link = turned ? STR("") : chart->rows[r].link;
        for (size_t c = 0; c < across; c++)
            cells[c + 1] = cell_of(arena, chart->rows[turned ? c : r].values[turned ? r : c].text);
    }
    return table;
}
