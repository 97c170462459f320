/* The fenced blocks "cards" and "chart bar": one line a card or bar, fields between |. */
#include "base/mem.h"
#include "template/build.h"

#include <math.h>
#include <stdlib.h>

enum { FIELDS = 4, LONGEST_NUMBER = 64 };

/* Splits at | while values are still placeholders, so that a | in a value splits nothing. False for too many fields. */
static bool split(struct str line, struct str field[FIELDS])
{
    size_t n = 0, from = 0;
    for (size_t i = 0; i < FIELDS; i++)
        field[i] = STR("");
    for (size_t i = 0; i <= line.n; i++) {
        if (i < line.n && (line.p[i] != '|' || (i && line.p[i - 1] == '\\')))
            continue;
        if (n == FIELDS)
            return false;
        field[n++] = str_trim(str_slice(line, from, i));
        from = i + 1;
    }
    return true;
}

static struct str expand_field(struct build *build, struct str field)
{
    struct buf plain = {0};
    for (size_t i = 0; i < field.n; i++)
        if (field.p[i] != '\\' || i + 1 >= field.n || field.p[i + 1] != '|')
            buf_char(&plain, field.p[i]);
    struct str result = expand_text(build->arena, build->source, buf_view(&plain));
    buf_free(&plain);
    return result;
}

static bool fail(struct build *build, int line, const char *what)
{
    return err_set(build->err, source_error(build->source), "%s:%zu: %s", build->source->name, build_line(build, line),
                   what);
}

bool build_cards(struct build *build, struct block *block, struct str text, int line)
{
    struct str one, field[FIELDS];
    size_t room = 0;
    struct card *cards = NULL;
    bool good = true;
    while (good && str_line(&text, &one)) {
        line++;
        if (!str_trim(one).n)
            continue;
        if (!(good = split(one, field)))
            fail(build, line, "a card has at most four fields: label | value | note | link");
        cards = mem_grow(cards, &room, block->n_cards + 1, sizeof *cards);
        cards[block->n_cards++] =
            (struct card){expand_field(build, field[0]), expand_field(build, field[1]), expand_field(build, field[2]),
                          expand_link(build->arena, build->source, field[3])};
    }
    block->cards = ARENA_ARRAY(build->arena, block->n_cards, struct card);
    for (size_t i = 0; i < block->n_cards; i++)
        block->cards[i] = cards[i];
    mem_free(cards);
    return good;
}

/* A finite number with or without thousands separators. */
static bool read_number(struct str text, double *out)
{
    char digits[LONGEST_NUMBER], *end;
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
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

/* The options of a chart: title=… , unit=… up to the next option. */
static void read_options(struct build *build, struct chart *chart, struct str line)
{
    size_t title = str_find(line, STR("title="), 0), unit = str_find(line, STR("unit="), 0);
    if (title != SIZE_MAX) {
        size_t end = unit != SIZE_MAX && unit > title ? unit : line.n;
        struct str value = str_trim(str_slice(line, title + 6, end));
        while (value.n && value.p[value.n - 1] == ',')
            value = str_trim(str_slice(value, 0, value.n - 1));
        chart->title = expand_field(build, value);
    }
    if (unit != SIZE_MAX)
        chart->unit = expand_field(
            build, str_trim(str_slice(line, unit + 5, title != SIZE_MAX && title > unit ? title : line.n)));
    while (chart->unit.n && chart->unit.p[chart->unit.n - 1] == ',')
        chart->unit = str_trim(str_slice(chart->unit, 0, chart->unit.n - 1));
}

static bool read_bar(struct build *build, struct str one, int line, struct chart_bar *bar)
{
    struct str field[FIELDS];
    if (!split(one, field))
        return fail(build, line, "a bar has at most four fields: label | number | text | link");
    struct str number = expand_field(build, field[1]);
    bar->label = expand_field(build, field[0]);
    if (!read_number(number, &bar->value))
        return err_set(build->err, source_error(build->source), "%s:%zu: not a number in a chart: \"" STR_FMT "\"",
                       build->source->name, build_line(build, line), STR_ARG(str_slice(number, 0, 60)));
    bar->text = field[2].n ? expand_field(build, field[2]) : number;
    bar->link = expand_link(build->arena, build->source, field[3]);
    return true;
}

bool build_chart(struct build *build, struct block *block, struct str info, struct str text, int line)
{
    struct str kind = str_trim(str_slice(info, 5, info.n)), one;
    if (!str_equal(kind, STR("bar")))
        return err_set(build->err, source_error(build->source),
                       "%s:%zu: unknown chart \"" STR_FMT "\"; did you mean \"bar\"?", build->source->name,
                       build_line(build, line), STR_ARG(kind));
    struct chart *chart = block->chart = ARENA_NEW(build->arena, struct chart);
    chart->kind = STR("bar");
    struct chart_bar *bars = NULL;
    size_t room = 0;
    bool good = true, options = true;
    while (good && str_line(&text, &one)) {
        line++;
        if (!str_trim(one).n)
            continue;
        if (options && (str_starts(str_trim(one), STR("title=")) || str_starts(str_trim(one), STR("unit=")))) {
            read_options(build, chart, one);
        } else {
            bars = mem_grow(bars, &room, chart->n + 1, sizeof *bars);
            bars[chart->n] = (struct chart_bar){0};
            good = read_bar(build, one, line, &bars[chart->n++]);
        }
        options = false;
    }
    chart->bars = ARENA_ARRAY(build->arena, chart->n, struct chart_bar);
    for (size_t i = 0; good && i < chart->n; i++)
        chart->bars[i] = bars[i];
    mem_free(bars);
    return good;
}
