/* The same article with other evidence beside it: which variant stands in the article's row, whatever the order of
 * import, and how the others are kept. Work a variant is bounded, however many an article has: each is completed with
 * what it shares with the article's row at most once (the partial indexes of provenance.sql). */
#include "store/internal.h"

#include "base/file.h"
#include "base/mem.h"

#include <string.h>

enum { TEXTS = 14, FORMAT = 16, DIGEST = FORMAT + 32, EVIDENCE_LONGEST = 0x7fffffff };

/* The texts of an article beside its place and key, in the order of the columns below. */
static void list_texts(const struct article *a, struct str texts[TEXTS])
{
    const struct str all[TEXTS] = {
        a->external_id, a->reader,       a->encoding,      a->date_evidence, a->title,      a->subtitle, a->outlet,
        a->url,         a->hint_regions, a->hint_agencies, a->hint_keywords, a->body_lines, a->body,     a->raw};
    memcpy(texts, all, sizeof all);
}

/* As list_texts, to be filled. */
static void list_slots(struct article *a, struct str *slots[TEXTS])
{
    struct str *const all[TEXTS] = {
        &a->external_id, &a->reader, &a->encoding,     &a->date_evidence, &a->title,         &a->subtitle,
        &a->outlet,      &a->url,    &a->hint_regions, &a->hint_agencies, &a->hint_keywords, &a->body_lines,
        &a->body,        &a->raw};
    memcpy(slots, all, sizeof all);
}

/* Of an article as ingest gave it, also where a person has corrected its date. */
#define INGESTED(column) "CASE WHEN d.article IS NULL THEN a." column " ELSE d." column " END"
#define INGESTED_COLUMNS                                                                                               \
    INGESTED("basis")                                                                                                  \
    ", " INGESTED("published") ", " INGESTED("lo") ", " INGESTED(                                                      \
        "hi") ", a.external_id, a.reader, a.encoding, " INGESTED("date_evidence") ", a.title, a.subtitle, a.outlet, "  \
                                                                                  "a.url, a.hint_regions, "            \
                                                                                  "a.hint_agencies,"                   \
                                                                                  " a.hint_keywords, a.body_lines, "   \
                                                                                  "a.body, a.raw"

static struct str column(sqlite3_stmt *s, int i)
{
    const char *text = (const char *)sqlite3_column_text(s, i);
    return (struct str){text, text ? (size_t)sqlite3_column_bytes(s, i) : 0};
}

static date_t column_date(sqlite3_stmt *s, int i)
{
    return sqlite3_column_type(s, i) == SQLITE_NULL ? DATE_NONE : sqlite3_column_int(s, i);
}

/* Basis, published, lo, hi and the texts, from a column on; texts are copied when there is an arena, else borrowed. */
static void read_content(sqlite3_stmt *s, int at, struct arena *arena, struct article *out)
{
    struct str *slots[TEXTS];
    list_slots(out, slots);
    out->basis = basis_from_name(column(s, at));
    out->published = column_date(s, at + 1);
    out->lo = column_date(s, at + 2);
    out->hi = column_date(s, at + 3);
    for (int i = 0; i < TEXTS; i++)
        *slots[i] = arena ? str_copy(arena, column(s, at + 4 + i)) : column(s, at + 4 + i);
}

static void bind_content(sqlite3_stmt *s, int at, const struct article *a)
{
    struct str texts[TEXTS];
    list_texts(a, texts);
    store_bind_c(s, at, basis_name(a->basis));
    store_bind_date(s, at + 1, a->published);
    store_bind_date(s, at + 2, a->lo);
    store_bind_date(s, at + 3, a->hi);
    for (int i = 0; i < TEXTS; i++)
        store_bind_str(s, at + 4 + i, texts[i]);
}

static bool same_content(const struct article *a, const struct article *b)
{
    struct str x[TEXTS], y[TEXTS];
    list_texts(a, x);
    list_texts(b, y);
    bool same = a->basis == b->basis && a->published == b->published && a->lo == b->lo && a->hi == b->hi;
    for (int i = 0; same && i < TEXTS; i++)
        same = str_equal(x[i], y[i]);
    return same;
}

bool store_compare_known(struct store *store, struct article *fresh, bool *differs, bool *earlier, struct err *err)
{
    static const char sql[] = "SELECT a.id, a.hash, a.source, a.source_line, " INGESTED_COLUMNS
                              " FROM article a LEFT JOIN dated d ON d.article = a.id WHERE a.key = ?1";
    struct article old = {0};
    bool found;
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    store_bind_c(s, 1, fresh->key);
    if (!store_first(store, s, &found, err))
        return false;
    /* The same key under another hash is improbable by chance (60 bits), but possible on purpose. */
    bool same = found && str_equal(column(s, 1), str_from(fresh->hash));
    if (same) {
        fresh->id = sqlite3_column_int64(s, 0);
        int order = str_compare(fresh->source, column(s, 2));
        *earlier = order < 0 || (order == 0 && (sqlite3_int64)fresh->source_line < sqlite3_column_int64(s, 3));
        read_content(s, 4, NULL, &old);
        *differs = !same_content(fresh, &old);
    } else {
        err_set(err, ERR_INPUT, STR_FMT ":%zu: article key %s belongs to another article",
                STR_ARG(str_slice(fresh->source, 0, 200)), fresh->source_line, fresh->key);
    }
    sqlite3_reset(s);
    return same;
}

bool store_chosen(struct store *store, int64_t article, int64_t *number, struct err *err)
{
    static const char sql[] = "SELECT number FROM variant WHERE article = ?1 AND chosen";
    return store_number(store, sql, article, number, err);
}

/* ---- the order of variants ---- */

struct standing {
    int64_t evidence;
    char digest[DIGEST + 1];
};

/* The more the better: a stronger date; how many of the source's own columns say something; the version of the reader;
 * how much they say. */
static int64_t evidence(const struct article *a)
{
    const struct str said[] = {a->subtitle, a->hint_regions, a->hint_agencies, a->hint_keywords};
    int64_t count = 0, length = 0, version = 0;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        count += said[i].n > 0;
        length += said[i].n < EVIDENCE_LONGEST / 4 ? (int64_t)said[i].n : EVIDENCE_LONGEST / 4;
    }
    size_t slash = str_find(a->reader, STR("/"), 0);
    for (size_t i = slash == SIZE_MAX ? a->reader.n : slash + 1; i < a->reader.n && version < 0xfff; i++)
        version = a->reader.p[i] >= '0' && a->reader.p[i] <= '9' ? version * 10 + (a->reader.p[i] - '0') : version;
    version = version < 0xffff ? version : 0xffff;
    return (int64_t)a->basis << 56 | count << 48 | version << 32 | length;
}

/* The digest begins with the reader, so that of two imports of the same in two formats one is shown throughout. */
static struct standing standing_of(const struct article *a)
{
    struct standing standing = {.evidence = evidence(a)};
    struct str texts[TEXTS];
    struct buf all = {0};
    char hex[65];
    list_texts(a, texts);
    buf_printf(&all, "%d,%ld,%ld,%ld", a->basis, (long)a->published, (long)a->lo, (long)a->hi);
    for (int i = 0; i < TEXTS; i++) {
        buf_printf(&all, ",%zu:", texts[i].n);
        buf_str(&all, texts[i]);
    }
    file_sha256(buf_view(&all), hex);
    memset(standing.digest, ' ', FORMAT);
    for (size_t i = 0; i < a->reader.n && i < FORMAT - 1; i++)
        standing.digest[i] = (char)(a->reader.p[i] > ' ' && a->reader.p[i] < 0x7f ? a->reader.p[i] : '?');
    memcpy(standing.digest + FORMAT, hex, DIGEST - FORMAT);
    buf_free(&all);
    return standing;
}

static bool is_better(const struct standing *a, const struct standing *b)
{
    return a->evidence != b->evidence ? a->evidence > b->evidence : strcmp(a->digest, b->digest) < 0;
}

/* ---- rows of table variant ---- */

static bool read_article(struct store *store, struct arena *arena, int64_t id, struct article *out, struct err *err)
{
    static const char sql[] =
        "SELECT " INGESTED_COLUMNS " FROM article a LEFT JOIN dated d ON d.article = a.id WHERE a.id = ?1";
    bool found;
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, id);
    if (!store_first(store, s, &found, err))
        return false;
    *out = (struct article){.id = id};
    if (found)
        read_content(s, 0, arena, out);
    sqlite3_reset(s);
    return found || err_set(err, ERR_INTERNAL, "no article has the row %lld", (long long)id);
}

/* Looks for a variant by its digest. */
static bool find_variant(struct store *store, int64_t article, const char *digest, bool *found, int64_t *number,
                         struct err *err)
{
    static const char sql[] = "SELECT number FROM variant WHERE article = ?1 AND digest = ?2";
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    store_bind_c(s, 2, digest);
    if (!store_first(store, s, found, err))
        return false;
    *number = *found ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return true;
}

static bool next_number(struct store *store, int64_t article, int64_t *number, struct err *err)
{
    static const char sql[] = "SELECT COALESCE(MAX(number), 0) + 1 FROM variant WHERE article = ?1";
    return store_number(store, sql, article, number, err);
}

/* The chosen variant's row: without text. */
static bool put_chosen(struct store *store, int64_t article, int64_t number, const struct standing *standing,
                       struct err *err)
{
    static const char sql[] =
        "INSERT INTO variant (article, number, chosen, evidence, digest) VALUES (?1, ?2, 1, ?3, ?4)";
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int64(s, 2, number);
    sqlite3_bind_int64(s, 3, standing->evidence);
    store_bind_c(s, 4, standing->digest);
    return store_run(store, s, err);
}

/* Another variant's row; body and raw are left out where the article's row will have the same. */
static bool put_waiting(struct store *store, const struct article *variant, int64_t number,
                        const struct standing *standing, const struct article *row, struct err *err)
{
    static const char sql[] =
        "INSERT INTO variant (article, number, chosen, evidence, digest, basis, published, lo, hi, external_id, reader,"
        " encoding, date_evidence, title, subtitle, outlet, url, hint_regions, hint_agencies, hint_keywords, "
        "body_lines,"
        " body, raw) VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,"
        " ?20, ?21, ?22)";
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, row->id);
    sqlite3_bind_int64(s, 2, number);
    sqlite3_bind_int64(s, 3, standing->evidence);
    store_bind_c(s, 4, standing->digest);
    bind_content(s, 5, variant);
    if (str_equal(variant->body, row->body))
        sqlite3_bind_null(s, 21);
    if (str_equal(variant->raw, row->raw))
        sqlite3_bind_null(s, 22);
    return store_run(store, s, err);
}

static bool fill(struct store *store, const char *sql, int64_t article, struct str old, struct str fresh,
                 struct err *err)
{
    if (str_equal(old, fresh))
        return true;
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    store_bind_str(s, 2, old);
    return store_run(store, s, err);
}

/* Puts a variant into the article's row (old: what stands there), after the waiting ones have got what they shared with
 * it. A person's date stays. */
static bool put_row(struct store *store, const struct article *old, const struct article *fresh, struct err *err)
{
    static const char body[] = "UPDATE variant SET body = ?2 WHERE article = ?1 AND body IS NULL AND NOT chosen";
    static const char raw[] = "UPDATE variant SET raw = ?2 WHERE article = ?1 AND raw IS NULL AND NOT chosen";
    static const char dated[] = "UPDATE dated SET basis = ?2, published = ?3, lo = ?4, hi = ?5, date_evidence = ?6"
                                " WHERE article = ?1";
    static const char row[] = "UPDATE article SET external_id = ?6, reader = ?7, encoding = ?8, title = ?10,"
                              " subtitle = ?11, outlet = ?12, url = ?13, hint_regions = ?14, hint_agencies = ?15,"
                              " hint_keywords = ?16, body_lines = ?17, body = ?18, raw = ?19 WHERE id = ?1";
    static const char date[] = "UPDATE article SET basis = ?2, published = ?3, lo = ?4, hi = ?5, date_evidence = ?6"
                               " WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM dated WHERE article = ?1)";
    static const char stale[] = "UPDATE analysis SET rules = '' WHERE article = ?1";
    const char *const dates[] = {dated, date};
    if (!fill(store, body, old->id, old->body, fresh->body, err) ||
        !fill(store, raw, old->id, old->raw, fresh->raw, err))
        return false;
    sqlite3_stmt *s = store_statement(store, row, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, old->id);
    bind_content(s, 2, fresh);
    if (!store_run(store, s, err))
        return false;
    for (size_t i = 0; i < 2; i++) {
        if (!(s = store_statement(store, dates[i], err)))
            return false;
        sqlite3_bind_int64(s, 1, old->id);
        store_bind_c(s, 2, basis_name(fresh->basis));
        store_bind_date(s, 3, fresh->published);
        store_bind_date(s, 4, fresh->lo);
        store_bind_date(s, 5, fresh->hi);
        store_bind_str(s, 6, fresh->date_evidence);
        if (!store_run(store, s, err))
            return false;
    }
    return store_run_id(store, stale, old->id, err);
}

/* ---- the two ways in which an article gets another variant ---- */

/* The fresh variant into the row, the old one among the waiting. */
static bool replace(struct store *store, const struct article *old, int64_t old_number, const struct standing *was,
                    const struct article *fresh, int64_t number, const struct standing *is, struct err *err)
{
    static const char remove[] = "DELETE FROM variant WHERE article = ?1 AND chosen";
    static const char place[] = "UPDATE article SET source = ?2, source_line = ?3 WHERE id = ?1";
    struct article row = *fresh;
    row.id = old->id;
    if (!put_row(store, old, fresh, err) || !store_run_id(store, remove, old->id, err) ||
        !put_waiting(store, old, old_number, was, &row, err) || !put_chosen(store, old->id, number, is, err))
        return false;
    sqlite3_stmt *s = store_statement(store, place, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, old->id);
    store_bind_str(s, 2, fresh->source);
    sqlite3_bind_int64(s, 3, (sqlite3_int64)fresh->source_line);
    return store_run(store, s, err);
}

bool store_keep_variant(struct store *store, const struct article *fresh, int64_t *number, bool *replaced,
                        struct err *err)
{
    struct standing is = standing_of(fresh);
    struct article old;
    struct arena *arena = arena_new();
    bool found = false, chosen_kept;
    int64_t chosen;
    *replaced = false;
    bool ok = store_check_size(store, fresh, err) && store_may_write(store, false, err) &&
              find_variant(store, fresh->id, is.digest, &found, number, err);
    if (ok && !found) {
        ok = read_article(store, arena, fresh->id, &old, err) && store_chosen(store, fresh->id, &chosen, err);
        if (ok) {
            struct standing was = standing_of(&old);
            int64_t same;
            *replaced = is_better(&is, &was);
            ok = find_variant(store, fresh->id, was.digest, &chosen_kept, &same, err) &&
                 (chosen_kept || put_chosen(store, fresh->id, chosen, &was, err)) &&
                 next_number(store, fresh->id, number, err) &&
                 (*replaced ? replace(store, &old, chosen, &was, fresh, *number, &is, err)
                            : put_waiting(store, fresh, *number, &is, &old, err));
        }
    }
    arena_free(arena);
    return ok;
}

/* Removes the variants that no place holds any more. */
static bool remove_unseen(struct store *store, int64_t article, struct err *err)
{
    static const char sql[] = "DELETE FROM variant WHERE article = ?1 AND number NOT IN"
                              " (SELECT variant FROM sighting WHERE article = ?1)";
    return store_run_id(store, sql, article, err);
}

/* The best waiting variant becomes the chosen one. */
static bool promote(struct store *store, struct arena *arena, int64_t article, bool *changed, struct err *err)
{
    static const char best[] =
        "SELECT v.number, v.basis, v.published, v.lo, v.hi, v.external_id, v.reader, v.encoding, v.date_evidence,"
        " v.title, v.subtitle, v.outlet, v.url, v.hint_regions, v.hint_agencies, v.hint_keywords, v.body_lines,"
        " COALESCE(v.body, a.body), COALESCE(v.raw, a.raw) FROM variant v JOIN article a ON a.id = v.article"
        " WHERE v.article = ?1 ORDER BY v.evidence DESC, v.digest LIMIT 1";
    static const char choose[] =
        "UPDATE variant SET chosen = 1, external_id = NULL, reader = NULL, encoding = NULL, basis = NULL,"
        " published = NULL, lo = NULL, hi = NULL, date_evidence = NULL, title = NULL, subtitle = NULL, outlet = NULL,"
        " url = NULL, hint_regions = NULL, hint_agencies = NULL, hint_keywords = NULL, body_lines = NULL, body = NULL,"
        " raw = NULL WHERE article = ?1 AND number = ?2";
    struct article old, fresh = {.id = article};
    sqlite3_stmt *s = store_statement(store, best, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    if (!store_first(store, s, changed, err))
        return false;
    if (!*changed)
        return true;
    int64_t number = sqlite3_column_int64(s, 0);
    read_content(s, 1, arena, &fresh);
    sqlite3_reset(s);
    if (!read_article(store, arena, article, &old, err) || !put_row(store, &old, &fresh, err) ||
        !(s = store_statement(store, choose, err)))
        return false;
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int64(s, 2, number);
    return store_run(store, s, err);
}

/* One variant that is left needs no row. */
static bool drop_single(struct store *store, int64_t article, struct err *err)
{
    static const char count[] = "SELECT COUNT(*) = 1 FROM variant WHERE article = ?1";
    static const char sightings[] = "UPDATE sighting SET variant = 0 WHERE article = ?1 AND variant <> 0";
    static const char row[] = "DELETE FROM variant WHERE article = ?1";
    int64_t single;
    if (!store_number(store, count, article, &single, err))
        return false;
    return !single || (store_run_id(store, sightings, article, err) && store_run_id(store, row, article, err));
}

bool store_elect(struct store *store, int64_t article, bool *changed, struct err *err)
{
    static const char any[] = "SELECT EXISTS (SELECT 1 FROM variant WHERE article = ?1),"
                              " EXISTS (SELECT 1 FROM sighting s JOIN variant v ON v.article = s.article"
                              " AND v.number = s.variant AND v.chosen WHERE s.article = ?1)";
    static const char place[] =
        "UPDATE article SET (source, source_line) = (SELECT COALESCE(m.name, i.name), s.line FROM sighting s"
        " JOIN input i ON i.id = s.input LEFT JOIN member m ON m.input = s.input AND m.number = s.member"
        " WHERE s.article = ?1 AND s.variant = COALESCE((SELECT number FROM variant WHERE article = ?1 AND chosen), 0)"
        " ORDER BY 1, 2 LIMIT 1) WHERE id = ?1";
    bool found;
    *changed = false;
    sqlite3_stmt *s = store_statement(store, any, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article);
    if (!store_first(store, s, &found, err))
        return false;
    bool several = sqlite3_column_int(s, 0), stays = sqlite3_column_int(s, 1);
    sqlite3_reset(s);
    if (several) {
        /* Waiting variants may need what the chosen one's row shares with them: that row goes last. */
        struct arena *arena = arena_new();
        bool ok = remove_unseen(store, article, err) && (stays || promote(store, arena, article, changed, err)) &&
                  drop_single(store, article, err);
        arena_free(arena);
        if (!ok)
            return false;
    }
    return store_run_id(store, place, article, err);
}
