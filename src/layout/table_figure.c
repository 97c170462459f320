/* Bars and sparklines in cells. They only repeat what the cell says: the value is printed beside them. */
#include "layout/table.h"

#include <math.h>

enum { MOST_CORNERS = 128 }; /* of a sparkline; more numbers are shown by the least and greatest of each stretch */

static const float gap = 6, least_room = 8, pen = 0.8F, dot = 2.4F;

static void draw_bar(struct layout *layout, struct table_flow *flow, struct strip *strip, const struct column *column,
                     double value, float x, float y, float w, float h)
{
    double range = column->high - column->low;
    if (!(range > 0) || !isfinite(value))
        return;
    float zero = (float)(-column->low / range * (double)w), length = (float)(fabs(value) / range * (double)w);
    float thick = fminf(h, flow->style->looks[ROW_BODY]->text.size * 0.7F);
    struct colour colour = value < 0 ? flow->style->bar_negative : flow->style->bar;
    if (length > 0)
        strip_rect(layout, strip, x + (value < 0 ? zero - length : zero), y + (h - thick) / 2, length, thick, colour);
    if (column->low < 0) /* where the bars begin */
        strip_rect(layout, strip, x + zero - pen / 4, y, pen / 2, h, flow->style->end.colour);
}

/* The numbers of a cell; NAN for a gap. What is no number is named and left out. */
static double *read_series(struct layout *layout, struct table_flow *flow, const struct set_row *row,
                           const struct set_cell *cell, size_t *n)
{
    struct str rest = cell->cell->n == 1 ? cell->cell->runs[0].text : STR(""), word, count = rest;
    size_t words = 0;
    *n = 0;
    while (number_word(&count, &word))
        words++;
    double *values = ARENA_ARRAY(flow_arena(layout), words, double);
    while (number_word(&rest, &word)) {
        struct number number;
        if (number_read(word, &number) && number.value < 1e300 && number.value > -1e300)
            values[(*n)++] = number.value;
        else if (number_none(word))
            values[(*n)++] = NAN;
        else
            table_warn(layout, flow, "table-spark", row->row, cell->column, "is no number: its line leaves it out",
                       word);
    }
    return values;
}

struct spark_box {
    float x, y, w, h;
    double low, high;
    size_t n;
};

static struct corner corner_at(const struct spark_box *box, size_t i, double value)
{
    double up = box->high > box->low ? (value - box->low) / (box->high - box->low) : 0.5;
    return (struct corner){box->n > 1 ? (float)((double)box->w * (double)i / (double)(box->n - 1)) : box->w,
                           (float)((1 - up) * (double)box->h)};
}

/* One line through values [from, to), none of them a gap. */
static void draw_stretch(struct layout *layout, struct table_flow *flow, struct strip *strip,
                         const struct spark_box *box, const double *values, size_t from, size_t to)
{
    size_t stride = (to - from) / (MOST_CORNERS / 2) + 1, n = 0;
    struct corner *corners = ARENA_ARRAY(flow_arena(layout), 2 * ((to - from) / stride + 1), struct corner);
    for (size_t i = from; i < to; i += stride) {
        size_t low = i, high = i;
        for (size_t k = i; k < to && k < i + stride; k++) {
            low = values[k] < values[low] ? k : low;
            high = values[k] > values[high] ? k : high;
        }
        corners[n++] = corner_at(box, low < high ? low : high, values[low < high ? low : high]);
        if (low != high)
            corners[n++] = corner_at(box, low < high ? high : low, values[low < high ? high : low]);
    }
    struct op line = {.kind = OP_PATH,
                      .x = box->x,
                      .y = box->y,
                      .size = pen,
                      .stroke = flow->style->spark,
                      .corners = corners,
                      .n = n,
                      .artifact = true};
    if (n > 1)
        strip_op(layout, strip, line);
    if (to < box->n && n > 1)
        return;
    struct corner *end = ARENA_NEW(flow_arena(layout), struct corner); /* a dot on the last value, or a lone one */
    *end = corner_at(box, to - 1, values[to - 1]);
    strip_op(layout, strip,
             (struct op){.kind = OP_PATH,
                         .x = box->x,
                         .y = box->y,
                         .w = dot,
                         .colour = flow->style->spark,
                         .filled = true,
                         .corners = end,
                         .n = 1,
                         .artifact = true});
}

/* The next value of a sparkline, as it is written; false at the end. */
static bool next_value(struct str *rest, struct str *word)
{
    struct number number;
    while (number_word(rest, word)) {
        if (number_none(*word)) {
            *word = STR("–");
            return true;
        }
        if (number_read(*word, &number))
            return true;
    }
    return false;
}

static void say_value(struct buf *out, struct str word, size_t times)
{
    enum { MANY = 3 };
    for (size_t i = 0; i < (times < MANY ? times : 1); i++)
        buf_printf(out, "%s" STR_FMT, out->n ? ", " : "추이: ", STR_ARG(word));
    if (times >= MANY)
        buf_printf(out, " (%zu번)", times);
}

/* What a sparkline says: its numbers, one that comes again and again once; of very many the first ones and the last. */
static struct str spark_words(struct layout *layout, const struct set_cell *cell)
{
    enum { MOST_SAID = 100 };
    struct str rest = cell->cell->runs[0].text, word, same = {0};
    struct buf out = {0};
    size_t said = 0, times = 0;
    for (bool more = true; more;) {
        more = next_value(&rest, &word);
        if (more && times && str_equal(word, same)) {
            times++;
            continue;
        }
        if (said < MOST_SAID || !more)
            say_value(&out, same, times);
        else if (said == MOST_SAID)
            buf_text(&out, ", …");
        said += times > 0;
        same = word;
        times = 1;
    }
    struct str words = tags_text(layout->tags, buf_view(&out));
    buf_free(&out);
    return words;
}

static void draw_spark(struct layout *layout, struct table_flow *flow, struct strip *strip, const struct set_row *row,
                       const struct set_cell *cell, struct spark_box box)
{
    const double *values = read_series(layout, flow, row, cell, &box.n);
    if (!box.n)
        return;
    if (cell->tag && cell->tag != TAGS_NOTHING) {
        layout->tag = tags_add(layout->tags, cell->tag, TAG_FIGURE);
        tags_at(layout->tags, layout->tag)->text = spark_words(layout, cell);
    }
    box.low = HUGE_VAL;
    box.high = -HUGE_VAL;
    for (size_t i = 0; i < box.n; i++) {
        box.low = fmin(box.low, values[i]);
        box.high = fmax(box.high, values[i]);
    }
    for (size_t i = 0, end; i < box.n; i = end + 1) {
        for (end = i; end < box.n && !isnan(values[end]); end++) {
        }
        if (end > i)
            draw_stretch(layout, flow, strip, &box, values, i, end);
    }
    layout->tag = cell->tag;
}

void table_figure(struct layout *layout, struct table_flow *flow, struct strip *strip, const struct set_row *row,
                  const struct set_cell *cell, float x, float y, float w, float h)
{
    const struct column *column = &flow->columns[cell->column];
    float left = column->value > 0 ? column->value + gap : 0, room = w - left;
    char text[64];
    struct number number;
    if (!(column->bar || column->spark) || room < least_room || h <= dot)
        return;
    if (column->bar && number_read(cell_text(cell->cell, text, sizeof text), &number))
        draw_bar(layout, flow, strip, column, number.value, x + left, y, room, h);
    if (column->spark) {
        float inset = dot / 2;
        draw_spark(
            layout, flow, strip, row, cell,
            (struct spark_box){.x = x + left + inset, .y = y + inset, .w = room - 2 * inset, .h = h - 2 * inset});
    }
}
