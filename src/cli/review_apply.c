/* The edited spreadsheet → corrections. Every cell is checked before anything of its row is stored. */
#include "cli/review.h"

#include "analyze/analyze.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"

#include <string.h>
#include <unistd.h>

enum { TABLE_LIMIT = 16 << 20, MAX_LIST = 8 };

struct applying {
    struct cli *cli;
    const char *path;
    struct store *store;
    size_t columns[REVIEW_COLUMNS]; /* place of each column in the file; SIZE_MAX where it is not there */
    struct str *cells;
    size_t n_cells, line;
    size_t n_rows;
    struct seen {
        struct str key;
        size_t line;
    } * seen; /* hash of the ids so far, all of them articles' own, so that nobody chooses where they fall */
    size_t n_seen;
    int64_t *changed;
    size_t n_changed, n_taken_back;
};

static bool complain(const struct applying *a, const char *code, const char *what, struct str value)
{
    diag_add(&a->cli->diag, DIAG_REJECT, code, a->path, a->line, 0, "%s \"" STR_FMT "\"", what,
             STR_ARG(str_head(value, 60)));
    return false;
}

/* A cell without the apostrophe that keeps a spreadsheet from running or converting it. */
static struct str cell(const struct applying *a, enum review_column column)
{
    size_t i = a->columns[column];
    struct str text = i < a->n_cells ? a->cells[i] : (struct str){NULL, 0};
    return text.n && text.p[0] == '\'' ? str_slice(text, 1, text.n) : text;
}

/* ---- cells → values as the database keeps them; "-" passes through ---- */

static bool read_verdict(const struct applying *a, struct str text, struct str *value)
{
    static const char *const yes[] = {"예", "네", "yes", "YES", "Yes", "y", "Y", "O", "o", "1", NULL};
    static const char *const no[] = {"아니오", "아니요", "no", "NO", "No", "n", "N", "X", "x", "0", NULL};
    *value = str_is_any(text, yes) ? STR("yes") : STR("no");
    return str_is_any(text, yes) || str_is_any(text, no) ||
           complain(a, "bad-verdict", "고침_사업: neither 예 nor 아니오:", text);
}

/* The unit of a code of any year or of a name that only one place has. */
static const char *unit_of(const struct regions *regions, struct str text)
{
    enum { NAMESAKES = 2 }; /* one or more */
    struct region_match matches[NAMESAKES];
    return regions_find(regions, text, matches, NAMESAKES) == 1 ? matches[0].region->unit : NULL;
}

static struct str next_item(struct str *rest)
{
    size_t end = 0;
    while (end < rest->n && rest->p[end] != ';' && rest->p[end] != ',')
        end++;
    struct str item = str_trim(str_slice(*rest, 0, end));
    *rest = str_slice(*rest, end + 1, rest->n);
    return item;
}

/* Appends to a list "a;b" unless it is there. */
static void add_item(struct arena *arena, struct str *list, struct str item)
{
    struct str rest = *list, old;
    while (rest.n > 0 && str_field(&rest, ';', &old))
        if (str_equal(old, item))
            return;
    *list = str_from(arena_printf(arena, STR_FMT "%s" STR_FMT, STR_ARG(*list), list->n ? ";" : "", STR_ARG(item)));
}

static bool read_cities(const struct applying *a, struct str text, struct str *value)
{
    size_t n = 0;
    for (struct str rest = text; rest.n > 0;) {
        struct str item = next_item(&rest);
        const char *unit = item.n ? unit_of(&a->cli->regions, item) : NULL;
        if (!item.n)
            continue;
        if (!unit)
            return complain(a, "unknown-code", "고침_시군구코드: no code, and no name of one place:", item);
        if (++n > MAX_LIST)
            return complain(a, "too-many", "고침_시군구코드: more than eight:", text);
        add_item(a->cli->arena, value, str_from(unit));
    }
    return value->n > 0 || complain(a, "unknown-code", "고침_시군구코드: no code in", text);
}

static bool read_categories(const struct applying *a, struct str text, struct str *value)
{
    const struct taxonomy *taxonomy = &a->cli->taxonomy;
    for (struct str rest = text; rest.n > 0;) {
        struct str item = next_item(&rest);
        size_t c = 0;
        while (c < taxonomy->n && !str_equal(taxonomy->items[c].key, item) &&
               !str_equal(taxonomy->items[c].label, item))
            c++;
        if (item.n && c == taxonomy->n)
            return complain(a, "unknown-category", "고침_분야: unknown category", item);
        if (item.n)
            add_item(a->cli->arena, value, taxonomy->items[c].key);
    }
    return value->n > 0 || complain(a, "unknown-category", "고침_분야: no category in", text);
}

/* 2024-01-16, and what spreadsheets make of it: 2024/1/16, 2024. 1. 16. */
static date_t parse_day(struct str text)
{
    int parts[3] = {0}, n = 0;
    for (size_t i = 0; i < text.n;) {
        int digits = 0;
        while (i < text.n && text.p[i] >= '0' && text.p[i] <= '9' && digits < 5 && n < 3) {
            parts[n] = parts[n] * 10 + (text.p[i++] - '0');
            digits++;
        }
        if (!digits || digits > 4 || (n == 0 && digits != 4))
            return DATE_NONE;
        n++;
        while (i < text.n && strchr("-/. ", text.p[i]) && text.p[i])
            i++;
    }
    return n == 3 ? date_from(parts[0], parts[1], parts[2]) : DATE_NONE;
}

static bool read_date(const struct applying *a, struct str text, struct str *value)
{
    static const char *const none[] = {"미상", "없음", "unknown", NULL};
    date_t date = parse_day(text);
    struct date_text iso = date_iso(date);
    *value = str_is_any(text, none) ? STR("unknown") : str_from(arena_copy(a->cli->arena, iso.p, strlen(iso.p)));
    return value->n > 0 || complain(a, "bad-date", "고침_보도일: neither a day as 2024-01-16 nor 미상:", text);
}

/* An initiative is kept as the article that its id comes from. */
static bool read_group(const struct applying *a, struct str text, struct str *value, struct err *err)
{
    static const char *const alone[] = {"new", "NEW", "New", "새로", "새 사업", NULL};
    static const char sql[] = "SELECT 1 FROM article a JOIN initiative_article m ON m.article = a.id WHERE a.key = ?1";
    *value = STR("new");
    if (str_is_any(text, alone))
        return true;
    if (text.n != ARTICLE_KEY - 1 || (text.p[0] != 'i' && text.p[0] != 'a'))
        return complain(a, "bad-group", "고침_묶음: neither a 사업ID nor new:", text);
    *value = str_from(arena_printf(a->cli->arena, "a" STR_FMT, STR_ARG(str_slice(text, 1, text.n))));
    struct param param = {.type = PARAM_TEXT, .text = *value};
    struct rows *rows = store_query(a->store, sql, &param, 1, err);
    bool found = rows && rows_next(rows, err);
    rows_close(rows);
    return found || err->kind != ERR_NONE || complain(a, "unknown-initiative", "고침_묶음: no such initiative:", text);
}

static bool read_cell(const struct applying *a, enum correction_field field, struct str text, struct str *value,
                      struct err *err)
{
    *value = (struct str){NULL, 0};
    switch (field) {
    case CORRECTION_INITIATIVE: return read_verdict(a, text, value);
    case CORRECTION_CITY: return read_cities(a, text, value);
    case CORRECTION_CATEGORY: return read_categories(a, text, value);
    case CORRECTION_DATE: return read_date(a, text, value);
    case CORRECTION_GROUP: return read_group(a, text, value, err);
    default: *value = str_head(text, 1000); return true;
    }
}

/* ---- rows ---- */

/* What the row wants of each field: p NULL = says nothing, n 0 = takes it back. */
static bool read_wishes(const struct applying *a, struct str wishes[CORRECTION_FIELDS], struct err *err)
{
    static const enum review_column columns[CORRECTION_FIELDS] = {
        [CORRECTION_INITIATIVE] = REVIEW_FIX_INITIATIVE, [CORRECTION_CITY] = REVIEW_FIX_CITY,
        [CORRECTION_CATEGORY] = REVIEW_FIX_CATEGORY,     [CORRECTION_DATE] = REVIEW_FIX_DATE,
        [CORRECTION_GROUP] = REVIEW_FIX_GROUP,           [CORRECTION_NOTE] = REVIEW_NOTE,
    };
    bool good = true;
    for (int f = 0; f < CORRECTION_FIELDS; f++) {
        struct str text = cell(a, columns[f]);
        wishes[f] = (struct str){NULL, 0};
        if (str_equal(text, STR("-")))
            wishes[f] = STR("");
        else if (text.n)
            good = read_cell(a, (enum correction_field)f, text, &wishes[f], err) && good; /* names all that is wrong */
    }
    return good && err->kind == ERR_NONE;
}

static struct str join_list(struct arena *arena, const struct str *items, size_t n)
{
    struct str list = {NULL, 0};
    for (size_t i = 0; i < n; i++)
        add_item(arena, &list, items[i]);
    return list;
}

/* A yes stands for the city and the categories too: those of the row, else those that the program has found. */
static bool complete_yes(const struct applying *a, const struct reviewed *item, struct str wishes[CORRECTION_FIELDS])
{
    const struct listed_article *article = &item->article;
    struct arena *arena = a->cli->arena;
    if (!str_equal(wishes[CORRECTION_INITIATIVE], STR("yes")))
        return true;
    if (!wishes[CORRECTION_CITY].n && !item->said.values[CORRECTION_CITY].n)
        wishes[CORRECTION_CITY] = join_list(arena, article->regions, article->n_regions);
    if (!wishes[CORRECTION_CATEGORY].n && !item->said.values[CORRECTION_CATEGORY].n)
        wishes[CORRECTION_CATEGORY] = join_list(arena, article->categories, article->n_categories);
    if (!wishes[CORRECTION_CITY].n && !item->said.values[CORRECTION_CITY].n)
        return complain(a, "incomplete", "an initiative needs a city: fill in 고침_시군구코드 of", article->key);
    return wishes[CORRECTION_CATEGORY].n || item->said.values[CORRECTION_CATEGORY].n ||
           complain(a, "incomplete", "an initiative needs a category: fill in 고침_분야 of", article->key);
}

static bool differs(const struct reviewed *item, const struct str wishes[CORRECTION_FIELDS])
{
    for (int f = 0; f < CORRECTION_FIELDS; f++)
        if (wishes[f].p && !str_equal(wishes[f], item->said.values[f]))
            return true;
    return false;
}

static bool store_wishes(struct applying *a, const struct reviewed *item, const struct str wishes[CORRECTION_FIELDS],
                         struct err *err)
{
    bool back = false;
    for (int f = 0; f < CORRECTION_FIELDS; f++) {
        if (!wishes[f].p || str_equal(wishes[f], item->said.values[f]))
            continue;
        back = back || !wishes[f].n;
        if (!store_put_correction(a->store, item->article.id, (enum correction_field)f, wishes[f], err))
            return false;
    }
    a->n_taken_back += back;
    a->changed[a->n_changed++] = item->article.id;
    return true;
}

static bool seen_before(struct applying *a, struct str key)
{
    size_t i = (size_t)str_hash(key) % a->n_seen;
    for (; a->seen[i].line; i = (i + 1) % a->n_seen)
        if (str_equal(a->seen[i].key, key)) {
            diag_add(&a->cli->diag, DIAG_REJECT, "duplicate-id", a->path, a->line, 0,
                     "\"" STR_FMT "\" is in line %zu already", STR_ARG(key), a->seen[i].line);
            return true;
        }
    a->seen[i] = (struct seen){key, a->line};
    return false;
}

/* False only where the database fails; what is wrong with the row is named. */
static bool apply_row(struct applying *a, struct err *err)
{
    struct str wishes[CORRECTION_FIELDS], key = cell(a, REVIEW_ID), state = cell(a, REVIEW_STATE);
    struct reviewed item;
    bool found = false;
    a->n_rows++;
    if (!key.n) {
        complain(a, "no-id", "a row without 기사ID:", cell(a, REVIEW_TITLE));
        return true;
    }
    if (!review_find(a->cli, a->store, key, &item, &found, err))
        return false;
    if (!found)
        complain(a, "unknown-id", "no article has the id", key);
    if (!found || seen_before(a, key) || !read_wishes(a, wishes, err))
        return err->kind == ERR_NONE;
    if (str_equal(wishes[CORRECTION_GROUP], key))
        wishes[CORRECTION_GROUP] = (struct str){NULL, 0}; /* its own initiative: it is there */
    if (!differs(&item, wishes))
        return true;
    if (state.n && !str_equal(state, str_from(item.state))) {
        complain(a, "stale", "the program says something else now than in this row; export again to see it:", key);
        return true;
    }
    return !complete_yes(a, &item, wishes) || store_wishes(a, &item, wishes, err);
}

/* ---- the file ---- */

static bool read_header(struct applying *a, struct err *err)
{
    bool fix = false;
    for (size_t c = 0; c < REVIEW_COLUMNS; c++) {
        a->columns[c] = SIZE_MAX;
        for (size_t i = a->n_cells; i-- > 0;)
            if (str_equal(a->cells[i], str_from(review_headers[c])) ||
                (c == REVIEW_ID && str_equal(a->cells[i], STR("id"))))
                a->columns[c] = i;
        fix = fix || (c >= REVIEW_FIX_INITIATIVE && a->columns[c] != SIZE_MAX);
    }
    if (a->columns[REVIEW_ID] == SIZE_MAX || !fix)
        return err_set(err, ERR_INPUT, "%s:%zu: not a review table: no column %s", a->path, a->line,
                       a->columns[REVIEW_ID] == SIZE_MAX ? "기사ID" : "고침_…");
    return true;
}

/* At least as many as there are rows that say something. */
static size_t count_lines(struct str text)
{
    size_t n = 1;
    for (size_t i = 1; i < text.n; i++)
        n += text.p[i] == '\n' && text.p[i - 1] != '\n';
    return n;
}

static bool apply_table(struct applying *a, struct str text, struct err *err)
{
    struct arena *arena = a->cli->arena;
    struct csv csv;
    bool open;
    size_t most = count_lines(text);
    csv_open(&csv, text);
    a->n_seen = 2 * most + 1;
    a->seen = ARENA_ARRAY(arena, a->n_seen, struct seen);
    a->changed = ARENA_ARRAY(arena, most, int64_t);
    if (!csv_row(&csv, arena, &a->cells, &a->n_cells, &a->line, &open))
        return err_set(err, ERR_INPUT, "%s: the table is empty", a->path);
    if (!read_header(a, err))
        return false;
    while (csv_row(&csv, arena, &a->cells, &a->n_cells, &a->line, &open)) {
        if (open)
            complain(a, "open-quote", "a quote that is not closed swallows the rest of the table from",
                     cell(a, REVIEW_ID));
        else if (!apply_row(a, err))
            return false;
    }
    return true;
}

static bool put_in_force(struct applying *a, const struct analyzer *analyzer, struct err *err)
{
    for (size_t i = 0; i < a->n_changed; i++)
        if (!analyze_corrected(a->store, analyzer, a->changed[i], err))
            return false;
    return a->n_changed == 0 || analyze_group(a->store, analyzer, err);
}

static bool print_summary(struct applying *a, struct err *err)
{
    size_t rejected = diag_count(&a->cli->diag, DIAG_REJECT);
    const char *text = "";
    if (a->cli->json)
        text = arena_printf(a->cli->arena, "{\"rows\":%zu,\"changed\":%zu,\"rejected\":%zu}\n", a->n_rows, a->n_changed,
                            rejected);
    else if (!a->cli->quiet)
        text = arena_printf(a->cli->arena,
                            "%zu row%s: %zu article%s changed (%zu with a correction taken back), %zu problem%s\n",
                            a->n_rows, a->n_rows == 1 ? "" : "s", a->n_changed, a->n_changed == 1 ? "" : "s",
                            a->n_taken_back, rejected, rejected == 1 ? "" : "s");
    return cli_print(str_from(text), err);
}

bool review_apply(struct cli *cli, const char *path, struct err *err)
{
    struct applying a = {.cli = cli, .path = path};
    struct buf bytes = {0};
    struct str text;
    size_t analyzed;
    if (access(cli->settings[SETTING_DB].value, F_OK) != 0)
        return err_set(err, ERR_NO_INPUT, "%s: no such database", cli->settings[SETTING_DB].value);
    bool ok = file_read(path, TABLE_LIMIT, &bytes, err);
    if (ok && !csv_decode(cli->arena, buf_view(&bytes), &text))
        ok = err_set(err, ERR_INPUT, "%s: neither UTF-8 nor CP949; save it as \"CSV UTF-8\"", path);
    struct analyzer *analyzer = ok ? analyzer_new(&cli->regions, &cli->taxonomy, err) : NULL;
    a.store = analyzer ? store_open(cli->settings[SETTING_DB].value, STORE_WRITE, err) : NULL;
    ok = a.store && store_begin(a.store, err) && store_put_tables(a.store, &cli->regions, &cli->taxonomy, err) &&
         analyze_pending(a.store, analyzer, &analyzed, err) && apply_table(&a, text, err) &&
         put_in_force(&a, analyzer, err) && store_commit(a.store, err);
    if (!ok && a.store)
        store_rollback(a.store);
    store_close(a.store);
    analyzer_free(analyzer);
    buf_free(&bytes);
    return ok && print_summary(&a, err);
}
