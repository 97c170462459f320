/* Cells, and the columns that several tables have. */
#include "out/table_row.h"

#include "brief/period.h"

#include <assert.h>
#include <math.h>

struct cell cell_none(void)
{
    return (struct cell){.kind = CELL_EMPTY};
}

struct cell cell_integer(int64_t value)
{
    return (struct cell){.kind = CELL_INTEGER, .integer = value};
}

struct cell cell_rank(int value)
{
    return value > 0 ? cell_integer(value) : cell_none();
}

struct cell cell_real(double value)
{
    return isfinite(value) ? (struct cell){.kind = CELL_REAL, .real = value} : cell_none();
}

struct cell cell_day(date_t day)
{
    return day == DATE_NONE ? cell_none() : (struct cell){.kind = CELL_DAY, .day = day};
}

struct cell cell_text(struct str text)
{
    return text.n ? (struct cell){.kind = CELL_TEXT, .text = text} : cell_none();
}

struct cell cell_word(const struct row *row, const char *key)
{
    struct str word = row_word(row, key);
    assert(word.n); /* else not in data/csv.tsv */
    return cell_text(word);
}

struct cell cell_flag(const struct row *row, bool value)
{
    return cell_word(row, value ? "yes" : "no");
}

void list_add(struct buf *list, struct str part)
{
    if (list->n)
        buf_char(list, ';');
    for (size_t i = 0; i < part.n; i++)
        if (part.p[i] == ';')
            buf_text(list, "；");
        else
            buf_char(list, part.p[i]);
}

struct cell list_take(const struct row *row, struct buf *list)
{
    struct str text = str_copy(row->arena, buf_view(list));
    buf_free(list);
    return cell_text(text);
}

struct cell row_period(const struct row *row, int which)
{
    (void)which;
    return cell_text(str_from(arena_printf(row->arena, "%s", period_name(row->brief->from, row->brief->to).p)));
}

struct cell row_cutoff(const struct row *row, int which)
{
    (void)which;
    return cell_day(row->brief->cutoff);
}

struct cell row_number(const struct row *row, int which)
{
    (void)which;
    return cell_rank(row->source ? row->source->number : row->initiative->number);
}

struct cell row_region(const struct region *region, int which)
{
    if (!region)
        return cell_none();
    return cell_text(which == REGION_CODE        ? str_from(region->code)
                     : which == REGION_SIDO_NAME ? region->sido
                                                 : region->name);
}

struct str row_category_label(const struct row *row, size_t category)
{
    const struct category *item = &row->brief->taxonomy.items[category];
    return row->language == TABLE_ENGLISH ? item->english : item->label;
}
