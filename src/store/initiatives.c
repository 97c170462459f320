/* Initiatives, their members, and the counting table that is kept with them. */
#include "store/internal.h"

#include "base/mem.h"

#include <stdlib.h>

static bool remove_initiative(struct store *store, int64_t id, struct err *err)
{
    static const char tally[] = "DELETE FROM tally WHERE initiative = ?1";
    static const char members[] = "DELETE FROM initiative_article WHERE initiative = ?1";
    static const char units[] = "DELETE FROM initiative_unit WHERE initiative = ?1";
    static const char categories[] = "DELETE FROM initiative_category WHERE initiative = ?1";
    static const char initiative[] = "DELETE FROM initiative WHERE id = ?1";
    static const char digests[] = "UPDATE candidate SET digest = 0 WHERE digest <> 0 AND article IN"
                                  " (SELECT article FROM initiative_article WHERE initiative = ?1)";
    return store_run_id(store, digests, id, err) && store_run_id(store, tally, id, err) &&
           store_run_id(store, members, id, err) && store_run_id(store, units, id, err) &&
           store_run_id(store, categories, id, err) && store_run_id(store, initiative, id, err);
}

bool store_dissolve(struct store *store, int64_t article, struct err *err)
{
    static const char holder[] = "SELECT initiative FROM initiative_article WHERE article = ?1";
    int64_t id;
    if (!store_number(store, holder, article, &id, err))
        return false;
    return id == 0 || remove_initiative(store, id, err);
}

static bool put_head(struct store *store, const struct initiative_record *item, int64_t *id, struct err *err)
{
    static const char sql[] = "INSERT INTO initiative (key, title, stage) VALUES (?1,"
                              " COALESCE(?2, (SELECT title FROM article WHERE id = ?4)), ?3)";
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    store_bind_c(s, 1, item->key);
    if (item->title.p)
        store_bind_str(s, 2, item->title);
    else
        sqlite3_bind_null(s, 2);
    store_bind_str(s, 3, item->stage);
    sqlite3_bind_int64(s, 4, item->n_articles > 0 ? item->articles[0] : 0);
    if (!store_run(store, s, err))
        return false;
    *id = sqlite3_last_insert_rowid(store->db);
    return true;
}

static bool put_members(struct store *store, const struct initiative_record *item, int64_t id, struct err *err)
{
    static const char sql[] = "INSERT INTO initiative_article (initiative, rank, article) VALUES (?1, ?2, ?3)";
    for (size_t i = 0; i < item->n_articles; i++) {
        sqlite3_stmt *s = store_statement(store, sql, err);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, id);
        sqlite3_bind_int64(s, 2, (sqlite3_int64)i);
        sqlite3_bind_int64(s, 3, item->articles[i]);
        if (!store_run(store, s, err))
            return false;
    }
    return true;
}

static bool put_digest(struct store *store, const struct initiative_record *item, struct err *err)
{
    static const char sql[] = "UPDATE candidate SET digest = ?2 WHERE article = ?1 AND views <> 1";
    for (size_t i = 0; item->digest != 0 && i < item->n_articles; i++) {
        sqlite3_stmt *s = store_statement(store, sql, err);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, item->articles[i]);
        sqlite3_bind_int64(s, 2, item->digest);
        if (!store_run(store, s, err))
            return false;
    }
    return true;
}

static bool put_units(struct store *store, const struct initiative_record *item, int64_t id, struct err *err)
{
    static const char sql[] = "INSERT INTO initiative_unit (initiative, rank, unit) VALUES (?1, ?2, ?3)";
    for (size_t i = 0; i < item->n_units; i++) {
        sqlite3_stmt *s = store_statement(store, sql, err);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, id);
        sqlite3_bind_int64(s, 2, (sqlite3_int64)i);
        store_bind_str(s, 3, item->units[i]);
        if (!store_run(store, s, err))
            return false;
    }
    return true;
}

static bool put_categories(struct store *store, const struct initiative_record *item, int64_t id, struct err *err)
{
    static const char sql[] = "INSERT INTO initiative_category (initiative, rank, category) VALUES (?1, ?2, ?3)";
    for (size_t i = 0; i < item->n_categories; i++) {
        sqlite3_stmt *s = store_statement(store, sql, err);
        if (!s)
            return false;
        sqlite3_bind_int64(s, 1, id);
        sqlite3_bind_int64(s, 2, (sqlite3_int64)i);
        store_bind_str(s, 3, item->categories[i]);
        if (!store_run(store, s, err))
            return false;
    }
    return true;
}

/* An article of an initiative with a certain day. */
struct dated {
    int64_t article;
    size_t rank; /* among the initiative's: the same whatever the order of import */
    date_t published, month;
};

static int by_month(const void *a, const void *b)
{
    const struct dated *x = a, *y = b;
    if (x->month != y->month)
        return x->month < y->month ? -1 : 1;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

static bool read_dated(struct store *store, int64_t article, struct dated *out, bool *dated, struct err *err)
{
    static const char sql[] = "SELECT published FROM article WHERE id = ?1 AND published IS NOT NULL";
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    if (!store_first(store, s, dated, err))
        return false;
    out->article = article;
    out->published = *dated ? sqlite3_column_int(s, 0) : DATE_NONE;
    sqlite3_reset(s);
    if (*dated)
        out->month = date_month_start(out->published);
    return true;
}

/* The rows of one article: a unit and a category each. */
static bool put_tally(struct store *store, const struct initiative_record *item, int64_t id, const struct dated *dated,
                      bool first, date_t earlier, struct err *err)
{
    static const char sql[] =
        "INSERT INTO tally (month, unit, category, unit_rank, category_rank, initiative, article, published,"
        " first_of_month, earlier) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    for (size_t u = 0; u < item->n_units; u++)
        for (size_t c = 0; c < item->n_categories; c++) {
            sqlite3_stmt *s = store_statement(store, sql, err);
            if (!s)
                return false;
            sqlite3_bind_int(s, 1, dated->month);
            store_bind_str(s, 2, item->units[u]);
            store_bind_str(s, 3, item->categories[c]);
            sqlite3_bind_int64(s, 4, (sqlite3_int64)u);
            sqlite3_bind_int64(s, 5, (sqlite3_int64)c);
            sqlite3_bind_int64(s, 6, id);
            sqlite3_bind_int64(s, 7, dated->article);
            sqlite3_bind_int(s, 8, dated->published);
            sqlite3_bind_int(s, 9, first);
            sqlite3_bind_int(s, 10, earlier);
            if (!store_run(store, s, err))
                return false;
        }
    return true;
}

/* The articles with a certain day month by month: the first of each month, and the month before it. */
static bool fill_tally(struct store *store, const struct initiative_record *item, int64_t id, struct err *err)
{
    enum { NO_MONTH = -719163 };
    struct dated *dated = mem_alloc(mem_mul(item->n_articles + 1, sizeof *dated));
    size_t n = 0;
    bool good = true;
    for (size_t i = 0; good && i < item->n_articles; i++) {
        bool has_day;
        good = read_dated(store, item->articles[i], &dated[n], &has_day, err);
        dated[n].rank = i;
        n += good && has_day;
    }
    if (good && n > 0)
        qsort(dated, n, sizeof *dated, by_month);
    date_t earlier = NO_MONTH;
    for (size_t i = 0; good && i < n; i++) {
        bool first = i == 0 || dated[i - 1].month != dated[i].month;
        if (first && i > 0)
            earlier = dated[i - 1].month;
        good = put_tally(store, item, id, &dated[i], first, earlier, err);
    }
    mem_free(dated);
    return good;
}

bool store_put_initiatives(struct store *store, const struct initiative_record *items, size_t n, struct err *err)
{
    if (!store_may_write(store, false, err))
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < items[i].n_articles; k++)
            if (!store_dissolve(store, items[i].articles[k], err))
                return false;
    for (size_t i = 0; i < n; i++) {
        int64_t id;
        if (!put_head(store, &items[i], &id, err) || !put_members(store, &items[i], id, err) ||
            !put_units(store, &items[i], id, err) || !put_categories(store, &items[i], id, err) ||
            !fill_tally(store, &items[i], id, err) || !put_digest(store, &items[i], err))
            return false;
    }
    return true;
}
