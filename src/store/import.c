/* Where articles come from: imports, inputs, sightings, rejects (provenance.sql). */
#include "store/internal.h"

#include "base/file.h"
#include "base/mem.h"

#include <assert.h>
#include <string.h>

enum { READERS_LONGEST = 200 }; /* bytes of the list of an input's readers or encodings */

/* An input while it is read. Its row is written at its end, once. */
struct open_input {
    int64_t id, import, code;
    struct import_input is;
    size_t skipped, added, known, replaced, rejected, excluded;
    struct buf name, how, readers, encodings;
    struct listed {
        struct buf last;
        int64_t number;
    } member, heading;         /* of the last place inside it, of the last header */
    struct buf manner, wanted; /* of an earlier input, and its row, 0: none; of this one */
    int64_t manner_id;
};

int64_t store_input_code(struct str name)
{
    char hex[65];
    int64_t code = 0;
    file_sha256(name, hex);
    for (int i = 0; i < 12; i++)
        code = code << 4 | (hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
    return code;
}

static void input_code(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    sqlite3_result_int64(context, store_input_code((struct str){text, (size_t)sqlite3_value_bytes(values[0])}));
}

bool store_functions(sqlite3 *db)
{
    return sqlite3_create_function(db, "input_code", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                                   input_code, NULL, NULL) == SQLITE_OK;
}

/* ---- imports ---- */

bool store_begin_import(struct store *store, struct str rules, int64_t started, int64_t *import, struct err *err)
{
    static const char sql[] = "INSERT INTO import (started, unchanged, rules) VALUES (?1, 0, ?2)";
    sqlite3_stmt *s = store_may_write(store, false, err) ? store_statement(store, sql, err) : NULL;
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, started);
    store_bind_str(s, 2, rules);
    bool ok = store_run(store, s, err);
    *import = ok ? sqlite3_last_insert_rowid(store->db) : 0;
    return ok;
}

bool store_end_import(struct store *store, int64_t import, int64_t ended, size_t unchanged, struct err *err)
{
    static const char sql[] = "UPDATE import SET ended = ?2, unchanged = ?3 WHERE id = ?1";
    sqlite3_stmt *s = store_may_write(store, false, err) ? store_statement(store, sql, err) : NULL;
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, import);
    sqlite3_bind_int64(s, 2, ended);
    sqlite3_bind_int64(s, 3, (sqlite3_int64)unchanged);
    return store_run(store, s, err);
}

/* ---- inputs ---- */

bool store_find_input(struct store *store, const struct import_input *input, bool *complete, size_t *items,
                      struct err *err)
{
    static const char sql[] = "SELECT i.complete, i.items FROM input i JOIN manner m ON m.id = i.manner"
                              " WHERE i.code = ?1 AND i.name = ?2 AND i.bytes = ?3 AND i.mtime = ?4 AND m.how = ?5"
                              " AND i.fault = '' ORDER BY i.id DESC LIMIT 1";
    bool found = false;
    *complete = false;
    *items = 0;
    if (input->bytes < 0) /* a stream is never known to be the same */
        return true;
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, store_input_code(input->name));
    store_bind_str(s, 2, input->name);
    sqlite3_bind_int64(s, 3, input->bytes);
    sqlite3_bind_int64(s, 4, input->mtime);
    store_bind_str(s, 5, input->how);
    if (!store_first(store, s, &found, err))
        return false;
    if (found) {
        *complete = sqlite3_column_int(s, 0);
        *items = *complete ? 0 : (size_t)sqlite3_column_int64(s, 1);
    }
    sqlite3_reset(s);
    return true;
}

void store_drop_input(struct store *store)
{
    store->no_kept = false;
    if (store->input)
        store->input->id = store->input->manner_id = 0; /* the row may be gone */
}

void store_free_input(struct store *store)
{
    struct open_input *input = store->input;
    if (!input)
        return;
    struct buf *const bufs[] = {&input->name,        &input->how,          &input->readers, &input->encodings,
                                &input->member.last, &input->heading.last, &input->manner,  &input->wanted};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_free(bufs[i]);
    mem_free(input);
    store->input = NULL;
}

static bool next_input(struct store *store, struct err *err)
{
    static const char sql[] = "SELECT COALESCE(MAX(id), 0) + 1 FROM input";
    if (store->next_input == 0 && !store_pragma_int(store, sql, &store->next_input, err))
        return false;
    store->next_input++;
    return true;
}

/* How many items of it an interrupted reading holds. Few inputs are interrupted: mostly the small index says so. */
static bool find_cut(struct store *store, const struct import_input *input, int64_t code, size_t *items,
                     struct err *err)
{
    static const char sql[] = "SELECT 1 FROM input WHERE code = ?1 AND NOT complete AND items > 0";
    bool found, complete;
    *items = 0;
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, code);
    if (!store_first(store, s, &found, err))
        return false;
    sqlite3_reset(s);
    return !found || store_find_input(store, input, &complete, items, err);
}

/* The room for an input, empty. */
static struct open_input *clear_input(struct store *store)
{
    if (!store->input) {
        store->input = mem_alloc(sizeof *store->input);
        *store->input = (struct open_input){0};
    }
    struct open_input *input = store->input;
    struct buf *const bufs[] = {&input->name, &input->how, &input->readers, &input->encodings};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_clear(bufs[i]);
    input->added = input->known = input->replaced = input->rejected = input->excluded = 0;
    input->member.number = input->heading.number = 0;
    return input;
}

bool store_begin_input(struct store *store, int64_t import, const struct import_input *input, int64_t *id,
                       struct err *err)
{
    int64_t code = store_input_code(input->name);
    size_t items;
    if (!store_may_write(store, true, err) || !next_input(store, err) || !find_cut(store, input, code, &items, err))
        return false;
    struct open_input *open = clear_input(store);
    open->id = *id = store->next_input - 1;
    open->import = import;
    open->code = code;
    open->is = *input;
    open->skipped = items;
    buf_str(&open->name, input->name);
    buf_str(&open->how, input->how);
    return true;
}

static struct open_input *open_input(struct store *store, int64_t input, struct err *err)
{
    if (store->input && store->input->id == input)
        return store->input;
    err_set(err, ERR_INTERNAL, "%s: input %lld is not open", store->name, (long long)input);
    return NULL;
}

static sqlite3_stmt *bind_manner(struct store *store, const char *sql, const struct open_input *input, struct err *err)
{
    const struct buf *const parts[] = {&input->how, &input->readers, &input->encodings};
    sqlite3_stmt *s = store_statement(store, sql, err);
    for (int i = 0; s && i < 3; i++)
        store_bind_str(s, i + 1, buf_view(parts[i]));
    return s;
}

static bool find_manner(struct store *store, struct open_input *input, struct err *err)
{
    static const char find[] = "SELECT id FROM manner WHERE how = ?1 AND reader = ?2 AND encoding = ?3";
    static const char insert[] = "INSERT INTO manner (how, reader, encoding) VALUES (?1, ?2, ?3)";
    bool found;
    sqlite3_stmt *s = bind_manner(store, find, input, err);
    if (!s || !store_first(store, s, &found, err))
        return false;
    input->manner_id = found ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    if (found)
        return true;
    if (!store_may_write(store, false, err) || !store_run(store, bind_manner(store, insert, input, err), err))
        return false;
    input->manner_id = sqlite3_last_insert_rowid(store->db);
    return true;
}

/* The row of table manner for the input, found or made; mostly that of the input before. */
static bool put_manner(struct store *store, struct open_input *input, struct err *err)
{
    const struct buf *const parts[] = {&input->how, &input->readers, &input->encodings};
    buf_clear(&input->wanted);
    for (size_t i = 0; i < 3; i++) {
        buf_str(&input->wanted, buf_view(parts[i]));
        buf_char(&input->wanted, '\0');
    }
    if (input->manner_id && str_equal(buf_view(&input->wanted), buf_view(&input->manner)))
        return true;
    const struct buf old = input->manner;
    input->manner = input->wanted;
    input->wanted = old;
    return find_manner(store, input, err);
}

bool store_undo_first(struct store *store, struct err *err)
{
    static const char sighting[] = "DELETE FROM sighting WHERE article = ?1";
    static const char article[] = "DELETE FROM article WHERE id = ?1";
    static const char member[] = "DELETE FROM member WHERE input = ?1";
    static const char input[] = "DELETE FROM input WHERE id = ?1";
    int64_t id = store->input && store->input->id ? store->input->id : store->first_input;
    return (!store->first_article || (store_run_id(store, sighting, store->first_article, err) &&
                                      store_run_id(store, article, store->first_article, err))) &&
           (!id || (store_run_id(store, member, id, err) && store_run_id(store, input, id, err)));
}

/* ---- places ---- */

/* The number of a text in a list of the input's own. They come one after the other: only the last is remembered, and
 * one that comes back gets a further number. */
static bool put_listed(struct store *store, const char *sql, struct listed *list, int64_t input, struct str text,
                       bool deferrable, int64_t *number, struct err *err)
{
    *number = list->number;
    if (list->number && str_equal(text, buf_view(&list->last)))
        return true;
    sqlite3_stmt *s = store_may_write(store, deferrable, err) ? store_statement(store, sql, err) : NULL;
    if (!s)
        return false;
    *number = ++list->number;
    buf_clear(&list->last);
    buf_str(&list->last, text);
    sqlite3_bind_int64(s, 1, input);
    sqlite3_bind_int64(s, 2, *number);
    store_bind_str(s, 3, text);
    return store_run(store, s, err);
}

/* The number of a place in the input, 0 for the input itself. */
static bool put_member(struct store *store, struct open_input *input, struct str name, bool deferrable, int64_t *number,
                       struct err *err)
{
    static const char sql[] = "INSERT INTO member VALUES (?1, ?2, ?3)";
    *number = 0;
    return str_equal(name, buf_view(&input->name)) ||
           put_listed(store, sql, &input->member, input->id, name, deferrable, number, err);
}

static bool put_sighting(struct store *store, struct open_input *input, const struct article *article, int64_t variant,
                         struct err *err)
{
    static const char sql[] = "INSERT INTO sighting VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
    bool deferrable = store->first_article == article->id;
    int64_t member;
    if (!put_member(store, input, article->source, deferrable, &member, err))
        return false;
    sqlite3_stmt *s = store_may_write(store, deferrable, err) ? store_statement(store, sql, err) : NULL;
    if (!s)
        return false;
    const int64_t numbers[] = {article->id, input->id, member, (int64_t)article->source_line, variant};
    for (int i = 0; i < 5; i++)
        sqlite3_bind_int64(s, i + 1, numbers[i]);
    return store_run(store, s, err);
}

/* Adds a name to a list unless it is there or the list is long. */
static void note(struct buf *list, struct str name)
{
    struct str rest = buf_view(list), item;
    if (str_equal(rest, name) || mem_add(list->n, name.n) > READERS_LONGEST)
        return;
    while (rest.n && str_field(&rest, ',', &item))
        if (str_equal(item, name))
            return;
    if (list->n)
        buf_char(list, ',');
    buf_str(list, name);
}

/* A further place of what the article's row says already; the row names the least. */
static bool put_place(struct store *store, const struct article *article, struct err *err)
{
    static const char sql[] = "UPDATE article SET source = ?2, source_line = ?3 WHERE id = ?1";
    sqlite3_stmt *s = store_may_write(store, false, err) ? store_statement(store, sql, err) : NULL;
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, article->id);
    store_bind_str(s, 2, article->source);
    sqlite3_bind_int64(s, 3, (sqlite3_int64)article->source_line);
    return store_run(store, s, err);
}

/* Of an article whose key is known. */
static bool meet_again(struct store *store, struct article *article, int64_t *variant, enum store_outcome *outcome,
                       struct err *err)
{
    bool differs, earlier, replaced = false;
    *variant = 0;
    if (!store_compare_known(store, article, &differs, &earlier, err))
        return false;
    if (differs ? !store_keep_variant(store, article, variant, &replaced, err)
                : !store_chosen(store, article->id, variant, err) || (earlier && !put_place(store, article, err)))
        return false;
    *outcome = replaced ? STORE_REPLACED : STORE_KNOWN;
    return true;
}

bool store_import_article(struct store *store, int64_t id, struct article *article, enum store_outcome *outcome,
                          struct err *err)
{
    struct open_input *input = open_input(store, id, err);
    int64_t variant = 0;
    bool added;
    if (!input || !store_insert_article(store, article, &added, err))
        return false;
    *outcome = STORE_ADDED;
    if (!added && !meet_again(store, article, &variant, outcome, err))
        return false;
    if (!put_sighting(store, input, article, variant, err) || (added && !store_return_corrections(store, article, err)))
        return false;
    input->added += *outcome == STORE_ADDED;
    input->known += *outcome == STORE_KNOWN;
    input->replaced += *outcome == STORE_REPLACED;
    note(&input->readers, article->reader);
    note(&input->encodings, article->encoding);
    return true;
}

static bool put_reject(struct store *store, struct open_input *input, const struct import_reject *reject,
                       struct err *err)
{
    static const char sql[] = "INSERT INTO reject (input, member, line, col, head, code, reason, text)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    static const char heading[] = "INSERT INTO heading VALUES (?1, ?2, ?3)";
    int64_t member, head = 0;
    if (!store_may_write(store, false, err) || !put_member(store, input, reject->name, false, &member, err) ||
        (reject->head.n && !put_listed(store, heading, &input->heading, input->id, reject->head, false, &head, err)))
        return false;
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    const int64_t numbers[] = {input->id, member, (int64_t)reject->line, (int64_t)reject->column, head};
    for (int i = 0; i < 5; i++)
        sqlite3_bind_int64(s, i + 1, numbers[i]);
    store_bind_c(s, 6, reject->code);
    store_bind_c(s, 7, reject->reason);
    store_bind_str(s, 8, reject->text);
    return store_run(store, s, err);
}

bool store_import_reject(struct store *store, int64_t id, const struct import_reject *reject, struct err *err)
{
    struct open_input *input = open_input(store, id, err);
    if (!input || !put_reject(store, input, reject, err))
        return false;
    bool excluded = strcmp(reject->code, STORE_EXCLUDED) == 0;
    input->excluded += excluded;
    input->rejected += !excluded;
    return true;
}

bool store_end_input(struct store *store, int64_t id, size_t items, bool complete, const char *fault, struct err *err)
{
    static const char sql[] = "INSERT INTO input VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
                              " ?15, ?16)";
    struct open_input *input = open_input(store, id, err);
    const struct import_reject whole = {
        .name = input ? buf_view(&input->name) : STR(""), .code = STORE_FAULTY, .reason = fault};
    bool told = input && input->rejected > 0; /* a file that is unreadable has been set aside under that name */
    if (!input || (fault && !told && !put_reject(store, input, &whole, err)) || !put_manner(store, input, err) ||
        !store_may_write(store, true, err))
        return false;
    sqlite3_stmt *s = store_statement(store, sql, err);
    if (!s)
        return false;
    const int64_t numbers[] = {id,
                               input->import,
                               input->manner_id,
                               input->code,
                               input->is.bytes,
                               input->is.mtime,
                               (int64_t)input->skipped,
                               (int64_t)items,
                               complete,
                               (int64_t)input->added,
                               (int64_t)input->known,
                               (int64_t)input->replaced,
                               (int64_t)input->rejected,
                               (int64_t)input->excluded};
    for (int i = 0; i < (int)(sizeof numbers / sizeof *numbers); i++)
        sqlite3_bind_int64(s, i + 1, numbers[i]);
    store_bind_c(s, 15, fault ? fault : "");
    store_bind_str(s, 16, buf_view(&input->name));
    if (!store_run(store, s, err))
        return false;
    store->first_input = id;
    input->id = 0;
    return true;
}

bool store_remove_rejects(struct store *store, int64_t reject, int64_t import, const char *code, size_t *n,
                          struct err *err)
{
    static const char one[] = "DELETE FROM reject WHERE id = ?1";
    static const char several[] =
        "DELETE FROM reject WHERE input IN (SELECT id FROM input WHERE import = ?1) AND code = COALESCE(?2, code)";
    sqlite3_stmt *s = store_may_write(store, false, err) ? store_statement(store, reject ? one : several, err) : NULL;
    if (!s)
        return false;
    sqlite3_bind_int64(s, 1, reject ? reject : import);
    if (!reject && code)
        store_bind_c(s, 2, code);
    else if (!reject)
        sqlite3_bind_null(s, 2);
    bool ok = store_run(store, s, err);
    *n = ok ? (size_t)sqlite3_changes64(store->db) : 0;
    return ok;
}
