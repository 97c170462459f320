/* One snapshot of what a period needs, of all regions: the tally's rows put together by initiative. The rows come month
 * by month, so an initiative is found again by its row id through a hash table; its articles, and its further cities,
 * are collected in one list each and dealt out at the end. */
#include "brief/build.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

const char *const brief_queries[] = {
    "brief/brief_state.sql",
    "brief/brief_collected.sql",
    "brief/brief_tally.sql",
    "brief/brief_sources.sql",
    "brief/brief_findings.sql",
    "brief/brief_undated.sql",
    "brief/brief_undated_findings.sql",
    NULL,
};

struct rows *load_query(struct load *load, const char *name, const struct param *params, size_t n, struct err *err)
{
    struct str sql = data_file(name);
    if (!sql.p) {
        err_set(err, ERR_INTERNAL, "%s: no such query", name);
        return NULL;
    }
    return store_query(load->store, sql.p, params, n, err);
}

const struct region *data_region(const struct brief_data *data, struct str unit, struct err *err)
{
    char name[6] = "";
    const struct region *region = NULL;
    if (unit.n && unit.n < sizeof name) {
        memcpy(name, unit.p, unit.n);
        region = regions_at(data->regions, name, data->head.to);
        if (!region)
            region = regions_at(data->regions, name, DATE_NONE);
    }
    if (!region)
        err_set(err, ERR_CONFIG, "unit " STR_FMT " of the database is not in the region table: analyse again",
                STR_ARG(str_slice(unit, 0, 50)));
    return region;
}

const struct region *data_counted_region(const struct brief_data *data, struct str unit, struct err *err)
{
    const struct region *region = data_region(data, unit, err);
    return region ? data_region(data, str_from(regions_count_unit(data->regions, region->unit)), err) : NULL;
}

size_t data_place(const struct brief_data *data, const struct region *region)
{
    return (size_t)(region - data->regions->items);
}

bool data_first_in_sido(const struct brief_data *data, const struct record *record, size_t k)
{
    for (size_t i = 0; i < k; i++)
        if (data->sido[record->places[i]] == data->sido[record->places[k]])
            return false;
    return true;
}

bool load_place(struct load *load, const struct region *region, struct err *err)
{
    size_t *sido = &load->sido[data_place(load->data, region)];
    const struct region *above = region;
    for (int depth = 0; *sido == NO_PLACE && above && above->type != REGION_SIDO; depth++) {
        if (depth == 3)
            return err_set(err, ERR_CONFIG, "the region table names no 시·도 above %s", region->unit);
        above = data_region(load->data, str_from(above->parent), err);
    }
    if (above && *sido == NO_PLACE)
        *sido = data_place(load->data, above);
    return above;
}

bool load_category(struct load *load, struct str key, size_t *index, struct err *err)
{
    const struct taxonomy *taxonomy = load->data->taxonomy;
    for (*index = 0; *index < taxonomy->n; ++*index)
        if (str_equal(taxonomy->items[*index].key, key))
            return true;
    return err_set(err, ERR_CONFIG, "category " STR_FMT " of the database is not in the taxonomy: analyse again",
                   STR_ARG(str_slice(key, 0, 50)));
}

static bool read_state(struct load *load, struct err *err)
{
    struct rows *rows = load_query(load, "brief/brief_state.sql", NULL, 0, err);
    bool good = rows && rows_next(rows, err);
    if (good) {
        load->data->head.cutoff = rows_null(rows, 0) ? DATE_NONE : (date_t)rows_int(rows, 0);
        load->data->earliest = rows_null(rows, 2) ? DATE_NONE : (date_t)rows_int(rows, 2);
        load->data->head.rules_version = str_copy(load->arena, rows_text(rows, 1));
    }
    rows_close(rows);
    return good;
}

static int64_t within(date_t from, date_t to, date_t day, int64_t articles)
{
    return day >= from && day <= to ? articles : 0;
}

static void cover(struct brief_coverage *coverage, date_t from, date_t to, date_t day, int64_t articles)
{
    if (day < from || day > to)
        return;
    if (coverage->days++ == 0)
        coverage->first = day;
    coverage->last = day;
    coverage->articles += articles;
}

/* Days come in order. */
static bool read_coverage(struct load *load, struct err *err)
{
    struct brief *head = &load->data->head;
    const struct param days[] = {{PARAM_INT, load->first, {0}}, {PARAM_INT, date_month_end(head->to), {0}}};
    const struct brief_coverage none = {.first = DATE_NONE, .last = DATE_NONE};
    head->n_trend = (size_t)(month_number(head->to) - load->trend + 1);
    head->trend = ARENA_ARRAY(load->arena, head->n_trend, struct brief_month);
    head->collected = head->collected_previous = head->collected_year_ago = none;
    for (size_t i = 0; i < head->n_trend; i++)
        head->trend[i].month = date_add_months(date_month_start(head->year_ago_from), (int)i);
    struct rows *rows = load_query(load, "brief/brief_collected.sql", days, 2, err);
    while (rows && rows_next(rows, err)) {
        date_t day = (date_t)rows_int(rows, 0);
        int64_t articles = rows_int(rows, 1);
        cover(&head->collected, head->from, head->to, day, articles);
        cover(&head->collected_previous, head->previous_from, head->previous_to, day, articles);
        cover(&head->collected_year_ago, head->year_ago_from, head->year_ago_to, day, articles);
        head->collected_twelve += within(head->twelve_from, head->twelve_to, day, articles);
        head->collected_before += within(head->year_ago_from, head->from - 1, day, articles);
        if (month_number(day) >= load->trend)
            head->trend[month_number(day) - load->trend].collected += articles;
    }
    rows_close(rows);
    return err->kind == ERR_NONE;
}

/* The slot of a record, or the free one in which it belongs. */
static size_t *find_slot(const struct load *load, int64_t row)
{
    uint64_t hash = (uint64_t)row * 0x9E3779B97F4A7C15u;
    size_t at = (size_t)(hash ^ hash >> 32) & (load->slots_room - 1);
    while (load->slots[at] && load->records[load->slots[at] - 1].row != row)
        at = (at + 1) & (load->slots_room - 1);
    return &load->slots[at];
}

struct record *load_record(const struct load *load, int64_t row)
{
    size_t found = load->n ? *find_slot(load, row) : 0;
    return found ? &load->records[found - 1] : NULL;
}

static void grow_slots(struct load *load)
{
    mem_free(load->slots);
    load->slots_room = load->slots_room ? mem_mul(load->slots_room, 2) : 1024;
    load->slots = mem_alloc(mem_mul(load->slots_room, sizeof *load->slots));
    memset(load->slots, 0, load->slots_room * sizeof *load->slots);
    for (size_t i = 0; i < load->n; i++)
        *find_slot(load, load->records[i].row) = i + 1;
}

static size_t find_or_add(struct load *load, int64_t row)
{
    if (load->n >= load->slots_room / 2)
        grow_slots(load);
    size_t *slot = find_slot(load, row);
    if (*slot)
        return *slot - 1;
    load->records = mem_grow(load->records, &load->room, load->n + 1, sizeof *load->records);
    load->records[load->n] =
        (struct record){.row = row, .categories = ARENA_ARRAY(load->arena, load->data->taxonomy->n, bool)};
    *slot = ++load->n;
    return load->n - 1;
}

/* What is dealt out to the records at the end. */
struct part {
    size_t record;
    union {
        struct {
            int64_t rank; /* of the city in the initiative */
            size_t place;
        };
        struct report report;
    };
};
struct parts {
    struct part *items;
    size_t n, room;
};

static void add_part(struct parts *parts, struct part part)
{
    parts->items = mem_grow(parts->items, &parts->room, parts->n + 1, sizeof *parts->items);
    parts->items[parts->n++] = part;
}

/* Columns of brief_tally.sql. */
enum { INITIATIVE, UNIT, CATEGORY, UNIT_RANK, CATEGORY_RANK, MONTH, PUBLISHED, EARLIER };

/* A city is named by a row for each of its articles and categories: the main one is taken once, a further one in one
 * category. */
static void add_row(struct load *load, struct rows *rows, size_t place, size_t category, struct parts *places,
                    struct parts *reports)
{
    size_t at = find_or_add(load, rows_int(rows, INITIATIVE));
    struct record *record = &load->records[at];
    int64_t unit_rank = rows_int(rows, UNIT_RANK);
    record->categories[category] = true;
    if (rows_int(rows, CATEGORY_RANK) > 0)
        return;
    if (unit_rank > 0 || record->n_places == 0)
        add_part(places, (struct part){.record = at, .rank = unit_rank, .place = place});
    if (unit_rank > 0)
        return;
    date_t day = (date_t)rows_int(rows, PUBLISHED), earlier = (date_t)rows_int(rows, EARLIER);
    int month = month_number((date_t)rows_int(rows, MONTH)) - load->trend;
    add_part(reports, (struct part){.record = at, .report = {day, month}});
    record->n_places = 1;
    record->earlier |= day < load->data->head.from || (earlier >= date_from(1, 1, 1) && earlier < load->first);
}

/* Rows of one unit come together. */
static bool read_tally(struct load *load, struct parts *places, struct parts *reports, struct err *err)
{
    const struct param months[] = {{PARAM_INT, load->first, {0}},
                                   {PARAM_INT, date_month_start(load->data->head.to), {0}}};
    struct rows *rows = load_query(load, "brief/brief_tally.sql", months, 2, err);
    const struct region *region = NULL;
    while (rows && rows_next(rows, err)) {
        struct str unit = rows_text(rows, UNIT);
        size_t category;
        if (!region || !str_equal(unit, str_from(region->unit)))
            region = data_region(load->data, unit, err);
        if (!region || !load_place(load, region, err) ||
            !load_category(load, rows_text(rows, CATEGORY), &category, err))
            break;
        add_row(load, rows, data_place(load->data, region), category, places, reports);
    }
    rows_close(rows);
    return err->kind == ERR_NONE;
}

/* Puts the parts in the order of the records, else as they are; starts: [n + 1] where those of each begin. */
static void deal(struct load *load, struct parts *parts, size_t *starts)
{
    struct part *sorted = mem_alloc(mem_mul(parts->n + 1, sizeof *sorted));
    memset(starts, 0, (load->n + 1) * sizeof *starts);
    for (size_t i = 0; i < parts->n; i++)
        starts[parts->items[i].record]++;
    for (size_t i = 0, sum = 0, count; i <= load->n; i++, sum += count) {
        count = starts[i];
        starts[i] = sum + count;
    }
    for (size_t i = parts->n; i > 0; i--)
        sorted[--starts[parts->items[i - 1].record]] = parts->items[i - 1];
    mem_free(parts->items);
    parts->items = sorted;
}

/* By rank, each once. */
static size_t deal_places(const struct part *parts, size_t n, size_t *places)
{
    size_t kept = 0;
    for (int64_t rank = -1; n;) {
        const struct part *next = NULL;
        for (size_t i = 0; i < n; i++)
            if (parts[i].rank > rank && (!next || parts[i].rank < next->rank))
                next = &parts[i];
        if (!next)
            break;
        rank = next->rank;
        places[kept++] = next->place;
    }
    return kept;
}

static void count(struct counts *counts, date_t from, date_t to, date_t day)
{
    if (day < from || day > to)
        return;
    counts->initiatives = 1;
    counts->articles++;
}

static void count_spans(const struct brief *head, struct record *record)
{
    for (size_t i = 0; i < record->n_reports; i++) {
        date_t day = record->reports[i].day;
        count(&record->counts.now, head->from, head->to, day);
        count(&record->counts.previous, head->previous_from, head->previous_to, day);
        count(&record->counts.year_ago, head->year_ago_from, head->year_ago_to, day);
        count(&record->counts.twelve_months, head->twelve_from, head->twelve_to, day);
        record->recent |= day >= head->year_ago_from && day < head->from;
    }
}

static void deal_out(struct load *load, struct parts *place_parts, struct parts *report_parts)
{
    size_t *starts = mem_alloc(mem_mul(load->n + 1, sizeof *starts));
    size_t *places = ARENA_ARRAY(load->arena, place_parts->n, size_t);
    struct report *reports = ARENA_ARRAY(load->arena, report_parts->n, struct report);
    deal(load, place_parts, starts);
    for (size_t i = 0; i < load->n; i++) {
        load->records[i].places = places;
        load->records[i].n_places = deal_places(&place_parts->items[starts[i]], starts[i + 1] - starts[i], places);
        places += load->records[i].n_places;
    }
    deal(load, report_parts, starts);
    for (size_t i = 0; i < load->n; i++) {
        load->records[i].reports = &reports[starts[i]];
        load->records[i].n_reports = starts[i + 1] - starts[i];
    }
    for (size_t i = 0; i < report_parts->n; i++)
        reports[i] = report_parts->items[i].report;
    mem_free(starts);
}

static bool read_records(struct load *load, struct err *err)
{
    struct brief_data *data = load->data;
    struct parts places = {0}, reports = {0};
    load->sido = ARENA_ARRAY(load->arena, data->regions->n, size_t);
    for (size_t i = 0; i < data->regions->n; i++)
        load->sido[i] = NO_PLACE;
    data->sido = load->sido;
    bool good = read_tally(load, &places, &reports, err);
    if (good) {
        deal_out(load, &places, &reports);
        for (size_t i = 0; i < load->n; i++)
            count_spans(&data->head, &load->records[i]);
    }
    mem_free(places.items);
    mem_free(reports.items);
    return good;
}

/* Adds 1 for the initiative in a place, or 시·도: regardless of category, and in each of its categories. */
static void count_place(const struct brief_data *data, int64_t *counts, const struct record *record, size_t place)
{
    counts[place]++;
    for (size_t c = 0; c < data->taxonomy->n; c++)
        counts[(1 + c) * data->regions->n + place] += record->categories[c];
}

/* What the ranks in the country rest on. */
static void count_country(struct load *load)
{
    struct brief_data *data = load->data;
    size_t n = mem_mul(data->taxonomy->n + 1, data->regions->n);
    data->place_counts = ARENA_ARRAY(load->arena, n, int64_t);
    data->sido_counts = ARENA_ARRAY(load->arena, n, int64_t);
    for (size_t i = 0; i < load->n; i++) {
        const struct record *record = &load->records[i];
        for (size_t k = 0; k < record->n_places && record->counts.now.initiatives; k++) {
            count_place(data, data->place_counts, record, record->places[k]);
            if (data_first_in_sido(data, record, k))
                count_place(data, data->sido_counts, record, data->sido[record->places[k]]);
        }
    }
}

/* Moves the records, which grew, to the arena; until then items and sources refer to them by row. */
static void keep_records(struct load *load)
{
    struct record *records = ARENA_ARRAY(load->arena, load->n, struct record);
    if (load->n)
        memcpy(records, load->records, load->n * sizeof *records);
    mem_free(load->records);
    load->data->records = load->records = records;
    load->data->n_records = load->n;
}

/* The months read are whole ones. */
static bool set_spans(struct load *load, date_t from, date_t to, struct err *err)
{
    struct brief *head = &load->data->head;
    if (!spans_set(from, to, head, err))
        return false;
    load->first =
        date_month_start(head->previous_from < head->year_ago_from ? head->previous_from : head->year_ago_from);
    load->trend = month_number(head->year_ago_from);
    return true;
}

/* What waits to be grouped would be missing, or counted as it was. */
static bool check_grouped(struct store *store, struct err *err)
{
    bool grouped;
    return store_grouped(store, &grouped, err) &&
           (grouped || err_set(err, ERR_INPUT,
                               "the database holds articles that are not grouped yet: run briefgen"
                               " reanalyze, or import again"));
}

struct brief_data *brief_load(struct store *store, struct arena *arena, const struct regions *regions,
                              const struct taxonomy *taxonomy, date_t from, date_t to, struct err *err)
{
    struct brief_data *data = ARENA_NEW(arena, struct brief_data);
    struct load load = {.store = store, .arena = arena, .data = data};
    bool begun = false;
    *data = (struct brief_data){.regions = regions, .taxonomy = taxonomy};
    bool good = set_spans(&load, from, to, err) && store_snapshot(store, &begun, err) && check_grouped(store, err) &&
                read_state(&load, err) && read_coverage(&load, err) && read_records(&load, err);
    keep_records(&load);
    good = good && load_sources(&load, err);
    if (begun)
        store_rollback(store);
    mem_free(load.slots);
    if (!good)
        return NULL;
    count_country(&load);
    return data;
}
