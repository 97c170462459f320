/* A chart for those who cannot see it: in words, and as a table of its numbers. */
#include "base/arena.h"
#include "data/data.h"
#include "template/build.h"

#include <math.h>

enum { NAMES = 8 }; /* series that the words list */

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
            if (!isfinite(number_at(here)) || here.row->values[s].none)
                continue;
            if (!largest->row || number_at(here) > number_at(*largest))
                *largest = here;
            if (!least->row || number_at(here) < number_at(*least))
                *least = here;
        }
    }
}

/* Texts of bars and maps have their unit already. */
static void say_value(const struct chart *chart, const char *what, struct extreme at, struct buf *out)
{
    buf_printf(out, "%s " STR_FMT, what, STR_ARG(at.row->values[at.series].text));
    if (chart->series)
        buf_str(out, chart->unit);
}

static void say_extreme(const struct chart *chart, const char *what, struct extreme at, struct str name,
                        struct buf *out)
{
    buf_printf(out, "%s " STR_FMT, what, STR_ARG(name));
    if (chart->series)
        buf_printf(out, " " STR_FMT, STR_ARG(chart->series[at.series]));
    say_value(chart, "", at, out);
}

static void say_series(const struct chart *chart, struct buf *out)
{
    buf_printf(out, " 계열 %zu개(", chart->n_series);
    for (size_t i = 0; i < chart->n_series && i < NAMES; i++)
        buf_printf(out, "%s" STR_FMT, i ? ", " : "", STR_ARG(chart->series[i]));
    buf_text(out, chart->n_series > NAMES ? " 등)," : "),");
}

struct str chart_words(struct arena *arena, const struct chart *chart)
{
    struct buf out = {0};
    struct extreme largest = {0}, least = {0};
    find_extremes(chart, &largest, &least);
    buf_printf(&out, "%s%s" STR_FMT, names[chart->kind], chart->title.n ? ": " : "", STR_ARG(chart->title));
    if (chart->unit.n)
        buf_printf(&out, "(단위: " STR_FMT ")", STR_ARG(chart->unit));
    buf_char(&out, '.');
    if (chart->n_series && chart->series)
        say_series(chart, &out);
    buf_printf(&out, " 항목 %zu개.", chart->n);
    if (largest.row && number_at(largest) > number_at(least)) {
        const struct regions regions = regions_of(arena, chart);
        say_extreme(chart, " 가장 큰 값", largest, name_of(&regions, largest.row), &out);
        say_extreme(chart, ", 가장 작은 값", least, name_of(&regions, least.row), &out);
        buf_char(&out, '.');
    } else if (largest.row) {
        say_value(chart, " 값은 모두", largest, &out);
        buf_char(&out, '.');
    }
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
