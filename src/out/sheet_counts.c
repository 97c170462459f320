/* Columns of the tables of counts: cities and trend. */
#include "out/sheet_row.h"

#include <math.h>

static bool is_total(const struct row *row)
{
    return row->category == (size_t)ROW_TOTAL;
}

static struct sheet_cell month(const struct row *row, int which)
{
    (void)which;
    return sheet_as_day(row->month->month);
}

static struct sheet_cell region(const struct row *row, int which)
{
    return row_region(row->city->region, which);
}

static struct sheet_cell category_code(const struct row *row, int which)
{
    (void)which;
    return sheet_as_text(is_total(row) ? STR("total") : row->brief->taxonomy.items[row->category].key);
}

static struct sheet_cell category(const struct row *row, int which)
{
    (void)which;
    return is_total(row) ? sheet_as_word(row, "total") : sheet_as_text(row_category_label(row, row->category));
}

enum { NOW, PREVIOUS, YEAR_AGO, TWELVE_MONTHS };

static int64_t collected_in(const struct row *row, int which)
{
    if (row->month)
        return row->month->collected;
    return which == NOW        ? row->brief->collected.articles
           : which == PREVIOUS ? row->brief->collected_previous.articles
           : which == YEAR_AGO ? row->brief->collected_year_ago.articles
                               : row->brief->collected_twelve;
}

static struct counts counts_of(const struct row *row, int which)
{
    if (row->month)
        return is_total(row) ? row->month->total : row->month->by_category[row->category];
    const struct span_counts *spans = is_total(row) ? &row->city->total : &row->city->by_category[row->category];
    return which == NOW        ? spans->now
           : which == PREVIOUS ? spans->previous
           : which == YEAR_AGO ? spans->year_ago
                               : spans->twelve_months;
}

/* Where nothing was collected there is no figure, which is not a figure of zero. */
static struct sheet_cell initiatives(const struct row *row, int which)
{
    return collected_in(row, which) > 0 ? sheet_as_integer(counts_of(row, which).initiatives) : sheet_as_none();
}

static struct sheet_cell articles(const struct row *row, int which)
{
    return collected_in(row, which) > 0 ? sheet_as_integer(counts_of(row, which).articles) : sheet_as_none();
}

static struct sheet_cell collected(const struct row *row, int which)
{
    return sheet_as_integer(which == TWELVE_MONTHS ? row->collected_months : collected_in(row, which));
}

enum { RANK, PREVIOUS_RANK, NATION_RANK, SIDO_RANK };

static struct sheet_cell rank(const struct row *row, int which)
{
    const struct brief_city *city = row->city;
    const int ranks[] = {city->rank, city->previous_rank, city->nation_rank, city->sido_rank};
    return is_total(row) ? sheet_as_rank(ranks[which]) : sheet_as_none();
}

static struct sheet_cell is_new(const struct row *row, int which)
{
    (void)which;
    return is_total(row) && row->brief->collected_before > 0 ? sheet_as_flag(row, row->city->is_new) : sheet_as_none();
}

enum { POPULATION, POPULATION_DAY, PER_100K };

static struct sheet_cell population(const struct row *row, int which)
{
    const struct brief_city *city = row->city;
    if (city->population < 0)
        return sheet_as_none();
    return which == POPULATION       ? sheet_as_integer(city->population)
           : which == POPULATION_DAY ? sheet_as_day(city->population_day)
           : is_total(row)           ? sheet_as_real(city->per_100k)
                                     : sheet_as_none();
}

enum { P_VALUE, ADJUSTED, VERDICT };

/* Of what is significant, count and rate go the same way (brief/changes.c). */
static struct sheet_cell change_cell(const struct row *row, int which, const struct brief_change *change, int span)
{
    if (!is_total(row) || isnan(change->p))
        return sheet_as_none();
    if (which != VERDICT)
        return sheet_as_real(which == P_VALUE ? change->p : change->adjusted);
    if (!change->significant)
        return sheet_as_word(row, "no-change");
    return sheet_as_word(row, counts_of(row, NOW).initiatives > counts_of(row, span).initiatives ? "rise" : "fall");
}

static struct sheet_cell change_on_previous(const struct row *row, int which)
{
    return change_cell(row, which, &row->city->on_previous, PREVIOUS);
}

static struct sheet_cell change_on_year_ago(const struct row *row, int which)
{
    return change_cell(row, which, &row->city->on_year_ago, YEAR_AGO);
}

const struct field sheet_city_fields[] = {
    {"period", row_period, 0},
    {"region_code", region, REGION_CODE},
    {"sido", region, REGION_SIDO_NAME},
    {"region", region, REGION_NAME},
    {"category_code", category_code, 0},
    {"category", category, 0},
    {"initiatives", initiatives, NOW},
    {"articles", articles, NOW},
    {"initiatives_previous", initiatives, PREVIOUS},
    {"articles_previous", articles, PREVIOUS},
    {"initiatives_year_ago", initiatives, YEAR_AGO},
    {"articles_year_ago", articles, YEAR_AGO},
    {"initiatives_12m", initiatives, TWELVE_MONTHS},
    {"articles_12m", articles, TWELVE_MONTHS},
    {"rank", rank, RANK},
    {"previous_rank", rank, PREVIOUS_RANK},
    {"is_new", is_new, 0},
    {"population", population, POPULATION},
    {"cutoff", row_cutoff, 0},
    {"nation_rank", rank, NATION_RANK},
    {"sido_rank", rank, SIDO_RANK},
    {"population_day", population, POPULATION_DAY},
    {"per_100k", population, PER_100K},
    {"previous_p", change_on_previous, P_VALUE},
    {"previous_adjusted", change_on_previous, ADJUSTED},
    {"previous_verdict", change_on_previous, VERDICT},
    {"year_p", change_on_year_ago, P_VALUE},
    {"year_adjusted", change_on_year_ago, ADJUSTED},
    {"year_verdict", change_on_year_ago, VERDICT},
    {"collected", collected, NOW},
    {"collected_previous", collected, PREVIOUS},
    {"collected_year_ago", collected, YEAR_AGO},
    {"collected_months_12m", collected, TWELVE_MONTHS},
    {NULL, NULL, 0},
};

const struct field sheet_trend_fields[] = {
    {"month", month, 0},         {"category_code", category_code, 0},
    {"category", category, 0},   {"initiatives", initiatives, NOW},
    {"articles", articles, NOW}, {"collected", collected, NOW},
    {"cutoff", row_cutoff, 0},   {NULL, NULL, 0},
};
