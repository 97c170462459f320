/* Reading: queries that other rooms write, articles one by one, findings. */
#include "store/internal.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <string.h>

struct rows {
    struct store *store;
    sqlite3_stmt *statement;
};

/* A query may read and compute; no PRAGMA, ATTACH, transaction or write. */
static int only_reading(void *context, int action, const char *a, const char *b, const char *database,
                        const char *inner)
{
    (void)context, (void)a, (void)database, (void)inner;
    if (action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_RECURSIVE)
        return SQLITE_OK;
    return action == SQLITE_FUNCTION && strcmp(b, "load_extension") != 0 ? SQLITE_OK : SQLITE_DENY;
}

static bool only_blanks(const char *tail)
{
    return tail[strspn(tail, " \t\r\n;")] == 0;
}

static sqlite3_stmt *prepare_reading(struct store *store, const char *sql, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    const char *tail = "";
    sqlite3_set_authorizer(store->db, only_reading, NULL);
    int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, &tail);
    if (code != SQLITE_OK)
        store_fail(store, sql, err);
    sqlite3_set_authorizer(store->db, NULL, NULL);
    if (code != SQLITE_OK)
        return NULL;
    if (statement && sqlite3_stmt_readonly(statement) && only_blanks(tail))
        return statement;
    err_set(err, ERR_INTERNAL, "%s: not one reading statement: SQL: %s", store->name, sql);
    sqlite3_finalize(statement);
    return NULL;
}

static int bind(sqlite3_stmt *statement, int index, const struct param *param)
{
    switch (param->type) {
    case PARAM_INT: return sqlite3_bind_int64(statement, index, param->number);
    case PARAM_TEXT:
        return sqlite3_bind_text64(statement, index, param->text.n ? param->text.p : "", param->text.n,
                                   SQLITE_TRANSIENT, SQLITE_UTF8);
    case PARAM_NULL: break;
    }
    return sqlite3_bind_null(statement, index);
}

struct rows *store_query(struct store *store, const char *sql, const struct param *params, size_t n, struct err *err)
{
    sqlite3_stmt *statement = prepare_reading(store, sql, err);
    if (!statement)
        return NULL;
    for (size_t i = 0; i < n; i++)
        if (bind(statement, (int)i + 1, &params[i]) != SQLITE_OK) {
            store_fail(store, sql, err);
            sqlite3_finalize(statement);
            return NULL;
        }
    struct rows *rows = mem_alloc(sizeof *rows);
    *rows = (struct rows){store, statement};
    return rows;
}

bool rows_next(struct rows *rows, struct err *err)
{
    int code = sqlite3_step(rows->statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        store_fail(rows->store, sqlite3_sql(rows->statement), err);
    return code == SQLITE_ROW;
}

int64_t rows_int(struct rows *rows, int column)
{
    return sqlite3_column_int64(rows->statement, column);
}

double rows_real(struct rows *rows, int column)
{
    return sqlite3_column_double(rows->statement, column);
}

bool rows_null(struct rows *rows, int column)
{
    return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

/* What we wrote is valid UTF-8; a cell that is not was put there by another hand, and no room after this one checks. */
struct str store_column(sqlite3_stmt *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s, column);
    struct str cell = {text, text ? (size_t)sqlite3_column_bytes(s, column) : 0};
    return utf8_invalid(cell) == SIZE_MAX ? cell : STR("\xef\xbf\xbd");
}

struct str rows_text(struct rows *rows, int column)
{
    return store_column(rows->statement, column);
}

struct str rows_bytes(struct rows *rows, int column)
{
    const char *bytes = sqlite3_column_blob(rows->statement, column);
    return (struct str){bytes, bytes ? (size_t)sqlite3_column_bytes(rows->statement, column) : 0};
}

date_t rows_date(struct rows *rows, int column)
{
    int64_t day = rows_null(rows, column) ? DATE_NONE : rows_int(rows, column);
    return day >= date_from(1, 1, 1) && day <= date_from(9999, 12, 31) ? (date_t)day : DATE_NONE;
}

void rows_close(struct rows *rows)
{
    if (!rows)
        return;
    sqlite3_finalize(rows->statement);
    mem_free(rows);
}

struct rows *store_articles(struct store *store, const char *where, const struct param *params, size_t n,
                            struct err *err)
{
    struct buf sql = {0};
    buf_printf(&sql,
               "SELECT id, key, hash, external_id, source, source_line, reader, encoding, basis, published, lo, hi,"
               " date_evidence, title, subtitle, outlet, url, hint_regions, hint_agencies, hint_keywords, body_lines,"
               " body, raw FROM article%s%s%s ORDER BY key",
               *where ? " WHERE (" : "", where, *where ? ")" : "");
    struct rows *rows = store_query(store, sql.p, params, n, err);
    buf_free(&sql);
    return rows;
}

static void copy_fixed(char *to, size_t size, struct str from)
{
    size_t n = from.n < size - 1 ? from.n : size - 1;
    memset(to, 0, size);
    if (n)
        memcpy(to, from.p, n);
}

bool store_next_article(struct rows *rows, struct arena *arena, struct article *out, struct err *err)
{
    if (!rows_next(rows, err))
        return false;
    *out = (struct article){
        .id = rows_int(rows, 0),
        .source_line = (size_t)rows_int(rows, 5),
        .basis = basis_from_name(rows_text(rows, 8)),
        .published = rows_date(rows, 9),
        .lo = rows_date(rows, 10),
        .hi = rows_date(rows, 11),
    };
    copy_fixed(out->key, sizeof out->key, rows_text(rows, 1));
    copy_fixed(out->hash, sizeof out->hash, rows_text(rows, 2));
    const struct {
        struct str *to;
        int column;
    } texts[] = {
        {&out->external_id, 3},    {&out->source, 4},        {&out->reader, 6},         {&out->encoding, 7},
        {&out->date_evidence, 12}, {&out->title, 13},        {&out->subtitle, 14},      {&out->outlet, 15},
        {&out->url, 16},           {&out->hint_regions, 17}, {&out->hint_agencies, 18}, {&out->hint_keywords, 19},
        {&out->body_lines, 20},    {&out->body, 21},         {&out->raw, 22},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i].to = str_copy(arena, rows_text(rows, texts[i].column));
    return true;
}

static bool read_verdict(struct store *store, int64_t article_id, struct analysis *out, struct err *err)
{
    static const char sql[] = "SELECT is_initiative, score FROM analysis WHERE article = ?1";
    sqlite3_stmt *s = store_statement(store, sql, err);
    bool found;
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article_id);
    if (!store_first(store, s, &found, err))
        return false;
    if (found) {
        out->is_initiative = sqlite3_column_int(s, 0);
        out->score = sqlite3_column_double(s, 1);
    }
    sqlite3_reset(s);
    return true;
}

sqlite3_stmt *rows_statement(struct rows *rows)
{
    return rows->statement;
}

static struct str column_copy(struct arena *arena, sqlite3_stmt *s, int column)
{
    return str_copy(arena, store_column(s, column));
}

bool store_findings(struct store *store, struct arena *arena, int64_t article_id, struct analysis *out, struct err *err)
{
    static const char sql[] = "SELECT kind, value, rank, score, rule, first_byte, end_byte, by_person FROM finding"
                              " WHERE article = ?1 ORDER BY seq";
    struct finding *items = NULL;
    size_t room = 0, n = 0;
    bool more = false;
    *out = (struct analysis){0};
    if (!read_verdict(store, article_id, out, err))
        return false;
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article_id);
    while (store_first(store, s, &more, err) && more) {
        items = mem_grow(items, &room, n + 1, sizeof *items);
        items[n++] = (struct finding){
            .kind = finding_kind_from_name(str_from((const char *)sqlite3_column_text(s, 0))),
            .value = column_copy(arena, s, 1),
            .rank = sqlite3_column_int(s, 2),
            .score = sqlite3_column_double(s, 3),
            .rule = column_copy(arena, s, 4),
            .begin = (size_t)sqlite3_column_int64(s, 5),
            .end = (size_t)sqlite3_column_int64(s, 6),
            .by_person = sqlite3_column_int(s, 7),
        };
    }
    sqlite3_reset(s);
    out->findings = ARENA_ARRAY(arena, n, struct finding);
    out->n = n;
    if (n)
        memcpy(out->findings, items, n * sizeof *items);
    mem_free(items);
    return err->kind == ERR_NONE;
}
