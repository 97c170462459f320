/* The copies of the region and category tables: replaced when they differ from what the program brings. */
#include "store/internal.h"

#include "base/mem.h"

#include <string.h>

static const char select_regions[] = "SELECT unit, valid_from, valid_to, code, parent, count_unit, type, sido, name,"
                                     " short_name, full_name, population, x, y FROM region ORDER BY unit, valid_from";
static const char insert_region[] =
    "INSERT INTO region (unit, valid_from, valid_to, code, parent, count_unit, type, sido,"
    " name, short_name, full_name, population, x, y)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
static const char select_categories[] = "SELECT key, label, position FROM category ORDER BY position";
static const char insert_category[] = "INSERT INTO category (key, label, position) VALUES (?1, ?2, ?3)";

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

static bool same_region(sqlite3_stmt *s, const struct region *r, const char *count_unit)
{
    const struct str texts[] = {
        str_from(r->code), str_from(r->parent), str_from(count_unit), str_from(type_name(r->type)), r->sido,
        r->name,           r->short_name,       r->full_name};
    bool equal = same(s, 0, str_from(r->unit)) && sqlite3_column_int(s, 1) == first_day(r) &&
                 sqlite3_column_int(s, 2) == last_day(r);
    for (int i = 0; equal && i < 8; i++)
        equal = same(s, 3 + i, texts[i]);
    int64_t population = sqlite3_column_type(s, 11) == SQLITE_NULL ? -1 : sqlite3_column_int64(s, 11);
    double x = sqlite3_column_double(s, 12), y = sqlite3_column_double(s, 13);
    return equal && population == r->population && memcmp(&x, &r->x, sizeof x) == 0 && memcmp(&y, &r->y, sizeof y) == 0;
}

static void bind_region(sqlite3_stmt *s, const struct region *r, const char *count_unit)
{
    const struct str texts[] = {
        str_from(r->code), str_from(r->parent), str_from(count_unit), str_from(type_name(r->type)), r->sido,
        r->name,           r->short_name,       r->full_name};
    store_bind_c(s, 1, r->unit);
    sqlite3_bind_int(s, 2, first_day(r));
    sqlite3_bind_int(s, 3, last_day(r));
    for (int i = 0; i < 8; i++)
        store_bind_str(s, 4 + i, texts[i]);
    if (r->population < 0)
        sqlite3_bind_null(s, 12);
    else
        sqlite3_bind_int64(s, 12, r->population);
    sqlite3_bind_double(s, 13, r->x);
    sqlite3_bind_double(s, 14, r->y);
}

static bool regions_equal(struct store *store, const struct regions *regions, bool *equal, struct err *err)
{
    sqlite3_stmt *s = store_statement(store, select_regions, err);
    bool more = false;
    *equal = true;
    for (size_t i = 0; *equal; i++) {
        if (!store_first(store, s, &more, err))
            return false;
        if (i == regions->n || !more) {
            *equal = i == regions->n && !more;
            break;
        }
        *equal = same_region(s, &regions->items[i], regions_count_unit(regions, regions->items[i].unit));
    }
    sqlite3_reset(s);
    return true;
}

static bool categories_equal(struct store *store, const struct taxonomy *taxonomy, bool *equal, struct err *err)
{
    sqlite3_stmt *s = store_statement(store, select_categories, err);
    bool more = false;
    *equal = true;
    for (size_t i = 0; *equal; i++) {
        if (!store_first(store, s, &more, err))
            return false;
        if (i == taxonomy->n || !more) {
            *equal = i == taxonomy->n && !more;
            break;
        }
        *equal = same(s, 0, taxonomy->items[i].key) && same(s, 1, taxonomy->items[i].label) &&
                 sqlite3_column_int64(s, 2) == (int64_t)i;
    }
    sqlite3_reset(s);
    return true;
}

static bool write_tables(struct store *store, const struct regions *regions, const struct taxonomy *taxonomy,
                         struct err *err)
{
    if (!store_exec(store, "DELETE FROM region; DELETE FROM category", err))
        return false;
    for (size_t i = 0; i < regions->n; i++) {
        const struct region *r = &regions->items[i];
        sqlite3_stmt *s = store_statement(store, insert_region, err);
        if (!s)
            return false;
        bind_region(s, r, regions_count_unit(regions, r->unit));
        if (!store_run(store, s, err))
            return false;
    }
    for (size_t i = 0; i < taxonomy->n; i++) {
        sqlite3_stmt *s = store_statement(store, insert_category, err);
        if (!s)
            return false;
        store_bind_str(s, 1, taxonomy->items[i].key);
        store_bind_str(s, 2, taxonomy->items[i].label);
        sqlite3_bind_int64(s, 3, (sqlite3_int64)i);
        if (!store_run(store, s, err))
            return false;
    }
    return true;
}

bool store_put_tables(struct store *store, const struct regions *regions, const struct taxonomy *taxonomy,
                      struct err *err)
{
    bool regions_same, categories_same;
    if (!regions_equal(store, regions, &regions_same, err) || !categories_equal(store, taxonomy, &categories_same, err))
        return false;
    if (regions_same && categories_same)
        return true;
    if (store_in_transaction(store))
        return store_may_write(store, false, err) && write_tables(store, regions, taxonomy, err);
    if (!store_begin(store, err))
        return false;
    if (write_tables(store, regions, taxonomy, err) && store_commit(store, err))
        return true;
    store_rollback(store);
    return false;
}
