/* The copies of the tables of regions, residents and categories: replaced when they differ from what the program
 * brings. */
#include "store/internal.h"

#include "base/mem.h"

#include <string.h>

/* What the copies are of. */
struct tables {
    const struct regions *regions;
    const struct taxonomy *taxonomy;
};

static const char *type_name(enum region_type type)
{
    switch (type) {
    case REGION_SIDO: return "sido";
    case REGION_SI: return "si";
    case REGION_GUN: return "gun";
    case REGION_JACHIGU: return "jachigu";
    case REGION_ILBANGU: return "ilbangu";
    }
    return "";
}

/* Open ends become the first and the last day that a date can name, so that BETWEEN works. */
static date_t first_day(const struct region *r)
{
    return r->from == DATE_NONE ? date_from(1, 1, 1) : r->from;
}

static date_t last_day(const struct region *r)
{
    return r->to == DATE_NONE ? date_from(9999, 12, 31) : r->to;
}

static bool same(sqlite3_stmt *s, int column, struct str text)
{
    size_t n = (size_t)sqlite3_column_bytes(s, column);
    return n == text.n && (n == 0 || memcmp(sqlite3_column_text(s, column), text.p, n) == 0);
}

static size_t n_regions(const struct tables *tables)
{
    return tables->regions->n;
}

/* The columns of a region that are text, from `code` on. */
enum { REGION_TEXTS = 8 };

static void region_texts(const struct tables *tables, const struct region *r, struct str texts[REGION_TEXTS])
{
    const struct str list[REGION_TEXTS] = {str_from(r->code),
                                           str_from(r->parent),
                                           str_from(regions_count_unit(tables->regions, r->unit)),
                                           str_from(type_name(r->type)),
                                           r->sido,
                                           r->name,
                                           r->short_name,
                                           r->full_name};
    memcpy(texts, list, sizeof list);
}

static bool same_region(sqlite3_stmt *s, const struct tables *tables, size_t i)
{
    const struct region *r = &tables->regions->items[i];
    struct str texts[REGION_TEXTS];
    region_texts(tables, r, texts);
    bool equal = same(s, 0, str_from(r->unit)) && sqlite3_column_int(s, 1) == first_day(r) &&
                 sqlite3_column_int(s, 2) == last_day(r);
    for (int t = 0; equal && t < REGION_TEXTS; t++)
        equal = same(s, 3 + t, texts[t]);
    double x = sqlite3_column_double(s, 11), y = sqlite3_column_double(s, 12);
    return equal && memcmp(&x, &r->x, sizeof x) == 0 && memcmp(&y, &r->y, sizeof y) == 0;
}

static void bind_region(sqlite3_stmt *s, const struct tables *tables, size_t i)
{
    const struct region *r = &tables->regions->items[i];
    struct str texts[REGION_TEXTS];
    region_texts(tables, r, texts);
    store_bind_c(s, 1, r->unit);
    sqlite3_bind_int(s, 2, first_day(r));
    sqlite3_bind_int(s, 3, last_day(r));
    for (int t = 0; t < REGION_TEXTS; t++)
        store_bind_str(s, 4 + t, texts[t]);
    sqlite3_bind_double(s, 12, r->x);
    sqlite3_bind_double(s, 13, r->y);
}

static size_t n_residents(const struct tables *tables)
{
    return tables->regions->n_residents;
}

static bool same_residents(sqlite3_stmt *s, const struct tables *tables, size_t i)
{
    const struct residents *r = &tables->regions->residents[i];
    return same(s, 0, str_from(r->unit)) && sqlite3_column_int(s, 1) == r->day && sqlite3_column_int64(s, 2) == r->n;
}

static void bind_residents(sqlite3_stmt *s, const struct tables *tables, size_t i)
{
    const struct residents *r = &tables->regions->residents[i];
    store_bind_c(s, 1, r->unit);
    sqlite3_bind_int(s, 2, r->day);
    sqlite3_bind_int64(s, 3, r->n);
}

static size_t n_categories(const struct tables *tables)
{
    return tables->taxonomy->n;
}

static bool same_category(sqlite3_stmt *s, const struct tables *tables, size_t i)
{
    const struct category *c = &tables->taxonomy->items[i];
    return same(s, 0, c->key) && same(s, 1, c->label) && sqlite3_column_int64(s, 2) == (int64_t)i;
}

static void bind_category(sqlite3_stmt *s, const struct tables *tables, size_t i)
{
    store_bind_str(s, 1, tables->taxonomy->items[i].key);
    store_bind_str(s, 2, tables->taxonomy->items[i].label);
    sqlite3_bind_int64(s, 3, (sqlite3_int64)i);
}

static const struct copy {
    const char *select, *empty, *insert; /* the first in the order of the rows */
    size_t (*n)(const struct tables *tables);
    bool (*same)(sqlite3_stmt *s, const struct tables *tables, size_t i);
    void (*bind)(sqlite3_stmt *s, const struct tables *tables, size_t i);
} copies[] = {
    {"SELECT unit, valid_from, valid_to, code, parent, count_unit, type, sido, name, short_name, full_name, x, y"
     " FROM region ORDER BY unit, valid_from",
     "DELETE FROM region",
     "INSERT INTO region (unit, valid_from, valid_to, code, parent, count_unit, type, sido, name, short_name,"
     " full_name, x, y) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
     n_regions, same_region, bind_region},
    {"SELECT unit, day, residents FROM population ORDER BY unit, day", "DELETE FROM population",
     "INSERT INTO population (unit, day, residents) VALUES (?1, ?2, ?3)", n_residents, same_residents, bind_residents},
    {"SELECT key, label, position FROM category ORDER BY position", "DELETE FROM category",
     "INSERT INTO category (key, label, position) VALUES (?1, ?2, ?3)", n_categories, same_category, bind_category},
};
enum { COPIES = sizeof copies / sizeof *copies };

static bool copy_equal(struct store *store, const struct copy *copy, const struct tables *tables, bool *equal,
                       struct err *err)
{
    sqlite3_stmt *s = store_statement(store, copy->select, err);
    bool more = false;
    *equal = true;
    for (size_t i = 0; *equal; i++) {
        if (!store_first(store, s, &more, err))
            return false;
        if (i == copy->n(tables) || !more) {
            *equal = i == copy->n(tables) && !more;
            break;
        }
        *equal = copy->same(s, tables, i);
    }
    sqlite3_reset(s);
    return true;
}

static bool write_copies(struct store *store, const struct tables *tables, struct err *err)
{
    for (const struct copy *copy = copies; copy < copies + COPIES; copy++) {
        if (!store_exec(store, copy->empty, err))
            return false;
        for (size_t i = 0; i < copy->n(tables); i++) {
            sqlite3_stmt *s = store_statement(store, copy->insert, err);
            if (!s)
                return false;
            copy->bind(s, tables, i);
            if (!store_run(store, s, err))
                return false;
        }
    }
    return true;
}

bool store_put_tables(struct store *store, const struct regions *regions, const struct taxonomy *taxonomy,
                      struct err *err)
{
    const struct tables tables = {regions, taxonomy};
    bool equal = true;
    for (size_t i = 0; i < COPIES && equal; i++)
        if (!copy_equal(store, &copies[i], &tables, &equal, err))
            return false;
    if (equal)
        return true;
    if (store_in_transaction(store))
        return store_may_write(store, false, err) && write_copies(store, &tables, err);
    if (!store_begin(store, err))
        return false;
    if (write_copies(store, &tables, err) && store_commit(store, err))
        return true;
    store_rollback(store);
    return false;
}
