/* Columns of the tables of things: initiatives, articles, and the facts of initiatives. */
#include "out/sheet_row.h"

#include <stdio.h>

static const struct region *main_region(const struct row *row)
{
    return row->initiative->n_regions ? row->initiative->regions[0] : NULL;
}

static struct sheet_cell region(const struct row *row, int which)
{
    return row_region(main_region(row), which);
}

static struct sheet_cell regions(const struct row *row, int which)
{
    const struct region **items = row->source ? row->source->regions : row->initiative->regions;
    size_t n = row->source ? row->source->n_regions : row->initiative->n_regions;
    struct buf list = {0};
    for (size_t i = 0; i < n; i++)
        sheet_list_add(&list, which == REGION_CODE ? str_from(items[i]->code) : items[i]->full_name);
    return sheet_list_take(row, &list);
}

enum { CATEGORY_KEY, CATEGORY_LABEL };

static struct sheet_cell categories(const struct row *row, int which)
{
    const bool *has = row->source ? row->source->categories : row->initiative->categories;
    struct buf list = {0};
    for (size_t i = 0; i < row->brief->taxonomy.n; i++)
        if (has[i])
            sheet_list_add(&list,
                           which == CATEGORY_KEY ? row->brief->taxonomy.items[i].key : row_category_label(row, i));
    return sheet_list_take(row, &list);
}

static struct sheet_cell score(const struct row *row, int which)
{
    (void)which;
    return sheet_as_real(row->source ? row->source->score : row->initiative->score);
}

/* A word where the contract has one for it, else what stands there. */
static struct str word_or(const struct row *row, const char *prefix, struct str text)
{
    struct str word = row_word(row, arena_printf(row->arena, "%s" STR_FMT, prefix, STR_ARG(text)));
    return word.n ? word : text;
}

enum { ID, TITLE, STAGE, OUTLET, URL, EVIDENCE, SOURCE, INITIATIVE };

static struct sheet_cell initiative_text(const struct row *row, int which)
{
    const struct brief_initiative *i = row->initiative;
    return sheet_as_text(which == ID ? i->key : which == TITLE ? i->title : word_or(row, "stage-", i->stage));
}

static struct sheet_cell initiative_day(const struct row *row, int which)
{
    return sheet_as_day(which == 0 ? row->initiative->first : row->initiative->last);
}

enum { N_ARTICLES, N_OUTLETS };

static struct sheet_cell initiative_count(const struct row *row, int which)
{
    return sheet_as_integer((int64_t)(which == N_ARTICLES ? row->initiative->n_articles : row->initiative->n_outlets));
}

static struct sheet_cell article_ids(const struct row *row, int which)
{
    (void)which;
    struct buf list = {0};
    for (size_t i = 0; i < row->initiative->n_articles; i++)
        sheet_list_add(&list, row->initiative->articles[i]->key);
    return sheet_list_take(row, &list);
}

enum { IS_NEW, UNCERTAIN };

static struct sheet_cell initiative_flag(const struct row *row, int which)
{
    const struct brief_initiative *it = row->initiative;
    if (which == IS_NEW)
        return sheet_as_flag(row, it->in_period_only);
    size_t doubtful = 0;
    for (size_t i = 0; i < it->n_articles; i++)
        doubtful += row_is_doubtful(row, it->articles[i]);
    return sheet_as_flag(row, doubtful == it->n_articles);
}

/* "5000000000", "..100" at most, "100.." at least, "100..200": the database's own form. */
static struct str amount(const struct row *row, const struct brief_money *money)
{
    char ends[2][24] = {"", ""};
    if (money->lo >= 0)
        snprintf(ends[0], sizeof ends[0], "%lld", (long long)money->lo);
    if (money->hi >= 0)
        snprintf(ends[1], sizeof ends[1], "%lld", (long long)money->hi);
    const char *amount = money->lo == money->hi ? ends[0] : arena_printf(row->arena, "%s..%s", ends[0], ends[1]);
    return str_from(arena_printf(row->arena, STR_FMT ":%.3s:%s", STR_ARG(money->role), money->currency, amount));
}

static struct str target(const struct row *row, const struct brief_target *target)
{
    const char *days = arena_printf(row->arena, "%s", date_iso(target->first).p);
    if (target->first != target->last)
        days = arena_printf(row->arena, "%s..%s", days, date_iso(target->last).p);
    return str_from(arena_printf(row->arena, STR_FMT ":%s", STR_ARG(target->event), days));
}

static struct sheet_cell facts(const struct row *row, int which)
{
    const struct brief_initiative *it = row->initiative;
    const size_t counts[FACT_KINDS] = {it->n_agencies, it->n_money, it->n_targets, it->n_zones};
    struct buf list = {0};
    for (size_t i = 0; i < counts[which]; i++)
        sheet_list_add(&list, which == FACT_AGENCY   ? it->agencies[i].name
                              : which == FACT_AMOUNT ? amount(row, &it->money[i])
                              : which == FACT_TARGET ? target(row, &it->targets[i])
                                                     : it->zones[i]);
    return sheet_list_take(row, &list);
}

static struct sheet_cell source_text(const struct row *row, int which)
{
    const struct brief_source *s = row->source;
    const struct str texts[] = {[ID] = s->key,
                                [TITLE] = s->title,
                                [OUTLET] = s->outlet,
                                [URL] = s->url,
                                [EVIDENCE] = s->date_evidence,
                                [SOURCE] = s->source,
                                [INITIATIVE] = s->initiative};
    return sheet_as_text(texts[which]);
}

enum { COUNTED, REVIEW, IS_INITIATIVE, CORRECTED };

static struct sheet_cell source_flag(const struct row *row, int which)
{
    const bool flags[] = {row->counted, row->review, row->source->is_initiative, row->source->corrected};
    return sheet_as_flag(row, flags[which]);
}

static struct sheet_cell basis(const struct row *row, int which)
{
    (void)which;
    return sheet_as_word(row, basis_name(row->source->basis));
}

/* An exact day, or the ends of a guessed interval: never a guess in the column of exact days. */
static struct sheet_cell source_day(const struct row *row, int which)
{
    const struct brief_source *s = row->source;
    bool exact = s->basis == BASIS_PUBLISHED || s->basis == BASIS_METADATA;
    if (exact != (which == 0))
        return sheet_as_none();
    return sheet_as_day(which == 0 ? s->published : which == 1 ? s->lo : s->hi);
}

static const struct brief_money *fact_money(const struct row *row)
{
    return row->fact->kind == FACT_AMOUNT ? &row->initiative->money[row->fact->at] : NULL;
}

static const struct brief_agency *fact_agency(const struct row *row)
{
    return row->fact->kind == FACT_AGENCY ? &row->initiative->agencies[row->fact->at] : NULL;
}

static const struct brief_target *fact_target(const struct row *row)
{
    return row->fact->kind == FACT_TARGET ? &row->initiative->targets[row->fact->at] : NULL;
}

enum { KIND_CODE, KIND };

static struct sheet_cell fact_kind(const struct row *row, int which)
{
    static const char *const words[FACT_KINDS] = {"fact-agency", "fact-amount", "fact-target", "fact-zone"};
    const char *word = words[row->fact->kind];
    return which == KIND_CODE ? sheet_as_text(str_from(word + sizeof "fact-" - 1)) : sheet_as_word(row, word);
}

static struct sheet_cell fact_name(const struct row *row, int which)
{
    (void)which;
    switch (row->fact->kind) {
    case FACT_AGENCY: return sheet_as_text(fact_agency(row)->name);
    case FACT_TARGET: return sheet_as_text(fact_target(row)->event);
    case FACT_ZONE: return sheet_as_text(row->initiative->zones[row->fact->at]);
    default: return sheet_as_none();
    }
}

static struct sheet_cell fact_region(const struct row *row, int which)
{
    const struct brief_agency *agency = fact_agency(row);
    return agency ? row_region(agency->region, which) : sheet_as_none();
}

enum { ROLE_CODE, ROLE, CURRENCY };

static struct sheet_cell fact_role(const struct row *row, int which)
{
    const struct brief_money *money = fact_money(row);
    if (!money)
        return sheet_as_none();
    return sheet_as_text(which == CURRENCY    ? str_from(money->currency)
                         : which == ROLE_CODE ? money->role
                                              : word_or(row, "role-", money->role));
}

static struct sheet_cell fact_amount(const struct row *row, int which)
{
    const struct brief_money *money = fact_money(row);
    int64_t value = !money ? -1 : which == 0 ? money->lo : money->hi;
    return value < 0 ? sheet_as_none() : sheet_as_integer(value);
}

static struct sheet_cell fact_day(const struct row *row, int which)
{
    const struct brief_target *due = fact_target(row);
    return due ? sheet_as_day(which == 0 ? due->first : due->last) : sheet_as_none();
}

static struct sheet_cell fact_source(const struct row *row, int which)
{
    (void)which;
    const struct brief_source *source = fact_money(row)    ? fact_money(row)->source
                                        : fact_agency(row) ? fact_agency(row)->source
                                        : fact_target(row) ? fact_target(row)->source
                                                           : NULL;
    return source ? sheet_as_text(source->key) : sheet_as_none();
}

const struct field sheet_initiative_fields[] = {
    {"period", row_period, 0},
    {"number", row_number, 0},
    {"initiative_id", initiative_text, ID},
    {"title", initiative_text, TITLE},
    {"stage", initiative_text, STAGE},
    {"region_code", region, REGION_CODE},
    {"sido", region, REGION_SIDO_NAME},
    {"region", region, REGION_NAME},
    {"region_codes", regions, REGION_CODE},
    {"category_codes", categories, CATEGORY_KEY},
    {"categories", categories, CATEGORY_LABEL},
    {"first", initiative_day, 0},
    {"last", initiative_day, 1},
    {"articles", initiative_count, N_ARTICLES},
    {"article_ids", article_ids, 0},
    {"score", score, 0},
    {"cutoff", row_cutoff, 0},
    {"agencies", facts, FACT_AGENCY},
    {"amounts", facts, FACT_AMOUNT},
    {"targets", facts, FACT_TARGET},
    {"zones", facts, FACT_ZONE},
    {"outlets", initiative_count, N_OUTLETS},
    {"is_new", initiative_flag, IS_NEW},
    {"uncertain", initiative_flag, UNCERTAIN},
    {NULL, NULL, 0},
};

const struct field sheet_article_fields[] = {
    {"period", row_period, 0},
    {"counted", source_flag, COUNTED},
    {"review", source_flag, REVIEW},
    {"number", row_number, 0},
    {"article_id", source_text, ID},
    {"title", source_text, TITLE},
    {"outlet", source_text, OUTLET},
    {"url", source_text, URL},
    {"published", source_day, 0},
    {"basis", basis, 0},
    {"earliest", source_day, 1},
    {"latest", source_day, 2},
    {"date_evidence", source_text, EVIDENCE},
    {"region_codes", regions, REGION_CODE},
    {"regions", regions, REGION_NAME},
    {"category_codes", categories, CATEGORY_KEY},
    {"categories", categories, CATEGORY_LABEL},
    {"initiative_id", source_text, INITIATIVE},
    {"is_initiative", source_flag, IS_INITIATIVE},
    {"score", score, 0},
    {"source", source_text, SOURCE},
    {"cutoff", row_cutoff, 0},
    {"corrected", source_flag, CORRECTED},
    {NULL, NULL, 0},
};

const struct field sheet_fact_fields[] = {
    {"period", row_period, 0},
    {"number", row_number, 0},
    {"initiative_id", initiative_text, ID},
    {"kind_code", fact_kind, KIND_CODE},
    {"kind", fact_kind, KIND},
    {"name", fact_name, 0},
    {"region_code", fact_region, REGION_CODE},
    {"role_code", fact_role, ROLE_CODE},
    {"role", fact_role, ROLE},
    {"currency", fact_role, CURRENCY},
    {"lowest", fact_amount, 0},
    {"highest", fact_amount, 1},
    {"first", fact_day, 0},
    {"last", fact_day, 1},
    {"article_id", fact_source, 0},
    {"cutoff", row_cutoff, 0},
    {NULL, NULL, 0},
};
