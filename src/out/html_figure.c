#include "out/html_figure.h"

#include "layout/cell.h"
#include "out/html_text.h"

#include <math.h>

/* Thousandths of the picture's width and height: whole numbers are short, and the same everywhere. */
enum { WIDE = 1000, HIGH = 200 };

void html_bar(struct buf *out, const struct column_look *column, struct str text)
{
    struct number number;
    double range = column->high - column->low;
    if (!number_read(text, &number) || !(range > 0))
        return;
    double zero = -column->low / range, length = fabs(number.value) / range;
    if (!isfinite(zero + length))
        return;
    double left = number.value < 0 ? zero - length : zero;
    buf_text(out, "<svg class=\"bar\" viewBox=\"0 0 1000 200\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    buf_printf(out, "<rect%s x=\"%ld\" y=\"20\" width=\"%ld\" height=\"160\"/></svg>",
               number.value < 0 ? " class=\"less\"" : "", lround(left * WIDE), lround(length * WIDE));
}

struct str html_spark_last(struct str text)
{
    struct str word, last = STR("");
    while (number_word(&text, &word))
        last = word;
    return last;
}

void html_spark(struct arena *arena, struct buf *out, struct str text)
{
    struct str word, rest = text;
    size_t n = 0, i = 0;
    double low = HUGE_VAL, high = -HUGE_VAL;
    while (number_word(&rest, &word))
        n++;
    double *values = ARENA_ARRAY(arena, n, double);
    for (rest = text; number_word(&rest, &word); i++) {
        struct number number;
        values[i] = number_read(word, &number) ? number.value : NAN;
        low = fmin(low, values[i]);
        high = fmax(high, values[i]);
    }
    if (n < 2 || !(low <= high) || !isfinite(high - low))
        return;
    buf_text(out, "<svg class=\"spark\" role=\"img\"");
    html_attribute(out, "aria-label", text);
    buf_text(out, " viewBox=\"-12 -12 1024 224\" preserveAspectRatio=\"none\"><path d=\"");
    bool drawing = false;
    for (i = 0; i < n; i++) { /* a gap where nothing is known */
        if (isnan(values[i])) {
            drawing = false;
            continue;
        }
        double up = high > low ? (values[i] - low) / (high - low) : 0.5;
        buf_printf(out, "%c%zu %ld", drawing ? 'L' : 'M', i * WIDE / (n - 1), lround((1 - up) * HIGH));
        drawing = true;
    }
    buf_text(out, "\"/></svg>");
}
