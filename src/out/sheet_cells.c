/* Cells, and the columns that several tables have. */
#include "out/sheet_row.h"

#include "brief/period.h"

#include <assert.h>
#include <math.h>

struct sheet_cell sheet_as_none(void)
{
    return (struct sheet_cell){.kind = CELL_EMPTY};
}

struct sheet_cell sheet_as_integer(int64_t value)
{
    return (struct sheet_cell){.kind = CELL_INTEGER, .integer = value};
}

struct sheet_cell sheet_as_rank(int value)
{
    return value > 0 ? sheet_as_integer(value) : sheet_as_none();
}

struct sheet_cell sheet_as_real(double value)
{
    return isfinite(value) ? (struct sheet_cell){.kind = CELL_REAL, .real = value} : sheet_as_none();
}

struct sheet_cell sheet_as_day(date_t day)
{
    return day == DATE_NONE ? sheet_as_none() : (struct sheet_cell){.kind = CELL_DAY, .day = day};
}

struct sheet_cell sheet_as_text(struct str text)
{
    return text.n ? (struct sheet_cell){.kind = CELL_TEXT, .text = text} : sheet_as_none();
}

struct sheet_cell sheet_as_word(const struct row *row, const char *key)
{
    struct str word = row_word(row, key);
    assert(word.n); /* else not in data/csv.tsv */
    return sheet_as_text(word);
}

struct sheet_cell sheet_as_flag(const struct row *row, bool value)
{
    return sheet_as_word(row, value ? "yes" : "no");
}

void sheet_list_add(struct buf *list, struct str part)
{
    if (list->n)
        buf_char(list, ';');
    for (size_t i = 0; i < part.n; i++)
        if (part.p[i] == ';')
            buf_text(list, "；");
        else
            buf_char(list, part.p[i]);
}

struct sheet_cell sheet_list_take(const struct row *row, struct buf *list)
{
    struct str text = str_copy(row->arena, buf_view(list));
    buf_free(list);
    return sheet_as_text(text);
}

struct sheet_cell row_period(const struct row *row, int which)
{
    (void)which;
    return sheet_as_text(str_from(arena_printf(row->arena, "%s", period_name(row->brief->from, row->brief->to).p)));
}

struct sheet_cell row_cutoff(const struct row *row, int which)
{
    (void)which;
    return sheet_as_day(row->brief->cutoff);
}

struct sheet_cell row_number(const struct row *row, int which)
{
    (void)which;
    return sheet_as_rank(row->source ? row->source->number : row->initiative->number);
}

struct sheet_cell row_region(const struct region *region, int which)
{
    if (!region)
        return sheet_as_none();
    return sheet_as_text(which == REGION_CODE        ? str_from(region->code)
                         : which == REGION_SIDO_NAME ? region->sido
                                                     : region->name);
}

struct str row_category_label(const struct row *row, size_t category)
{
    const struct category *item = &row->brief->taxonomy.items[category];
    return row->language == SHEET_ENGLISH ? item->english : item->label;
}
