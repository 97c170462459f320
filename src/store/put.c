/* Writing articles. */
#include "store/internal.h"

#include "base/mem.h"

#include <assert.h>
#include <string.h>

static const char insert_article[] =
    "INSERT INTO article (key, hash, external_id, source, source_line, reader, encoding, basis, published, lo, hi,"
    " date_evidence, title, subtitle, outlet, url, hint_regions, hint_agencies, hint_keywords, body_lines, body, raw)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)"
    " ON CONFLICT (key) DO NOTHING";

static void bind_article(sqlite3_stmt *s, const struct article *a)
{
    store_bind_c(s, 1, a->key);
    store_bind_c(s, 2, a->hash);
    store_bind_str(s, 3, a->external_id);
    store_bind_str(s, 4, a->source);
    sqlite3_bind_int64(s, 5, (sqlite3_int64)a->source_line);
    store_bind_str(s, 6, a->reader);
    store_bind_str(s, 7, a->encoding);
    store_bind_c(s, 8, basis_name(a->basis));
    store_bind_date(s, 9, a->published);
    store_bind_date(s, 10, a->lo);
    store_bind_date(s, 11, a->hi);
    const struct str texts[] = {a->date_evidence, a->title,         a->subtitle,   a->outlet, a->url, a->hint_regions,
                                a->hint_agencies, a->hint_keywords, a->body_lines, a->body,   a->raw};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
        store_bind_str(s, 12 + i, texts[i]);
}

bool store_check_size(struct store *store, const struct article *a, struct err *err)
{
    size_t limit = (size_t)sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, -1) - STORE_ROW_ROOM;
    size_t n = mem_add(a->raw.n, mem_add(a->body.n, mem_add(a->title.n, a->subtitle.n)));
    n = mem_add(n, mem_add(a->source.n, mem_add(a->url.n, mem_add(a->outlet.n, a->external_id.n))));
    n = mem_add(n, mem_add(a->hint_regions.n, mem_add(a->hint_agencies.n, a->hint_keywords.n)));
    n = mem_add(n, mem_add(a->body_lines.n, a->date_evidence.n));
    return n <= limit ||
           err_set(err, ERR_INPUT, STR_FMT ":%zu: an article of %zu bytes is larger than the database takes",
                   STR_ARG(str_slice(a->source, 0, 200)), a->source_line, n);
}

bool store_insert_article(struct store *store, struct article *article, bool *added, struct err *err)
{
    assert(strlen(article->hash) == 64 && article->key[0] == 'a' &&
           strncmp(article->key + 1, article->hash, ARTICLE_KEY - 2) == 0);
    *added = false;
    if (!store_may_write(store, store->first_article == 0, err) || !store_check_size(store, article, err))
        return false;
    sqlite3_stmt *s = store_statement(store, insert_article, err);
    if (!s)
        return false;
    bind_article(s, article);
    if (!store_run(store, s, err))
        return false;
    *added = sqlite3_changes(store->db) == 1;
    if (!*added)
        return true;
    article->id = sqlite3_last_insert_rowid(store->db);
    if (store->savepoint == SAVEPOINT_WANTED)
        store->first_article = article->id;
    return true;
}

bool store_put_article(struct store *store, struct article *article, bool *added, struct err *err)
{
    bool differs, earlier;
    return store_insert_article(store, article, added, err) &&
           (*added || store_compare_known(store, article, &differs, &earlier, err));
}
