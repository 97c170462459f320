/* What was set aside as files that can be mended and imported again: JSON Lines, tables with their headers, XML. */
#include "cli/rejects.h"

#include "base/file.h"
#include "base/mem.h"
#include "cli/sources.h"
#include "cli/table_writer.h"

#include <string.h>
#include <sys/stat.h>

#define MEND "mend"

/* A file in the making. */
struct mended {
    const char *name;
    struct buf bytes;
    struct str head;     /* of a table or feed: records with the same one go together */
    const char *closing; /* of XML */
};

struct exporting {
    struct cli *cli;
    struct mended *files;
    size_t n, room, tables, feeds, records;
    struct table_writer list;
    struct buf rows; /* of the list */
};

/* ---- which file a record belongs to ---- */

/* What an element needs around it to be read again. */
static const struct {
    struct str element;
    const char *opening, *closing, *name;
} wrappers[] = {
    {{"<item", 5}, "<rss version=\"2.0\"><channel>\n", "</channel></rss>\n", "items.xml"},
    {{"<entry", 6}, "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n", "</feed>\n", "entries.xml"},
    {{"<NewsItem", 9}, "<response><body>\n", "</body></response>\n", "news.xml"},
    {{"<", 1}, "<records>\n", "</records>\n", "records.xml"},
};

static struct mended *find_file(struct exporting *x, const char *name, struct str head)
{
    for (size_t i = 0; i < x->n; i++)
        if (name ? strcmp(x->files[i].name, name) == 0 : x->files[i].head.p && str_equal(x->files[i].head, head))
            return &x->files[i];
    return NULL;
}

static struct mended *add_file(struct exporting *x, const char *name)
{
    x->files = mem_grow(x->files, &x->room, x->n + 1, sizeof *x->files);
    x->files[x->n] = (struct mended){.name = name};
    return &x->files[x->n++];
}

/* On one line: outside its strings, where JSON has line ends, a blank is as good. */
static void put_line(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        buf_char(out, text.p[i] == '\n' || text.p[i] == '\r' ? ' ' : text.p[i]);
    buf_char(out, '\n');
}

static void put_json(struct exporting *x, struct str text)
{
    struct mended *file = find_file(x, "records.jsonl", text);
    file = file ? file : add_file(x, "records.jsonl");
    put_line(&file->bytes, text);
}

static void put_xml(struct exporting *x, struct str head, struct str text)
{
    size_t kind = 0;
    while (!str_starts(text, wrappers[kind].element))
        kind++;
    struct mended *file = find_file(x, head.n ? NULL : wrappers[kind].name, head);
    if (!file) {
        file = add_file(x, head.n ? arena_printf(x->cli->arena, "feed-%zu.xml", ++x->feeds) : wrappers[kind].name);
        file->head = head.n ? str_copy(x->cli->arena, head) : head;
        file->closing = wrappers[kind].closing;
        buf_printf(&file->bytes, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n%s", wrappers[kind].opening);
        buf_str(&file->bytes, head);
        buf_text(&file->bytes, head.n ? "\n" : "");
    }
    buf_str(&file->bytes, text);
    buf_char(&file->bytes, '\n');
}

static void put_table(struct exporting *x, struct str head, struct str text)
{
    struct mended *file = find_file(x, NULL, head);
    if (!file) {
        file = add_file(x, arena_printf(x->cli->arena, "table-%zu.csv", ++x->tables));
        file->head = str_copy(x->cli->arena, head);
        buf_text(&file->bytes, "\xEF\xBB\xBF"); /* without it Excel takes UTF-8 for CP949 */
        buf_str(&file->bytes, head);
        buf_text(&file->bytes, head.n && head.p[head.n - 1] != '\n' ? "\r\n" : "");
    }
    buf_str(&file->bytes, text);
    buf_text(&file->bytes, text.p[text.n - 1] != '\n' ? "\r\n" : "");
}

/* False for a file as a whole, which is not copied. */
static bool put_record(struct exporting *x, struct str code, struct str head, struct str text)
{
    struct str record = str_trim(text);
    if (!record.n)
        return false;
    x->records++;
    if (str_starts(code, STR("json")) || (!head.n && (record.p[0] == '{' || record.p[0] == '[')))
        put_json(x, record);
    else if (record.p[0] == '<' && (!head.n || str_starts(head, STR("<title>"))))
        put_xml(x, head, record);
    else
        put_table(x, head, text);
    return true;
}

/* ---- the list beside them ---- */

static const struct table_column list_columns[] = {
    {"번호", "id", 0},
    {"종류", "code", 0},
    {"자리", "place", TABLE_TEXT},
    {"까닭", "reason", TABLE_TEXT},
    {"고칠 수 있음", "to_mend", 0},
};

enum { ID, PLACE, LINE, COLUMN, CODE, REASON, HEAD, TEXT };

static bool put_reject(void *context, struct arena *arena, struct rows *rows, struct err *err)
{
    struct exporting *x = context;
    bool as_text[] = {false, false, true, true, false};
    bool mend = put_record(x, rows_text(rows, CODE), rows_text(rows, HEAD), rows_text(rows, TEXT));
    const struct str cells[] = {
        str_from(arena_printf(arena, "%lld", (long long)rows_int(rows, ID))), rows_text(rows, CODE),
        sources_place(arena, rows_text(rows, PLACE), rows_int(rows, LINE), rows_int(rows, COLUMN)),
        rows_text(rows, REASON), mend ? STR("예") : STR("아니오")};
    return put_csv_row(&x->list.options, cells, as_text, sizeof cells / sizeof *cells, &x->rows, err);
}

static bool gather(struct exporting *x, struct store *store, const struct rejects_wanted *wanted, struct err *err)
{
    const struct rejects_reader reader = {put_reject, x};
    struct str names[sizeof list_columns / sizeof *list_columns];
    for (size_t i = 0; i < sizeof list_columns / sizeof *list_columns; i++)
        names[i] = x->list.heads[i].name;
    buf_text(&x->rows, x->list.options.encoding == CSV_UTF8_BOM ? "\xEF\xBB\xBF" : "");
    return put_csv_row(&x->list.options, names, NULL, sizeof names / sizeof *names, &x->rows, err) &&
           rejects_read(store, "id, place, line, col, code, reason, head, text", wanted, &reader, err);
}

/* ---- publishing ---- */

static bool may_write(struct cli *cli, const char *path, struct err *err)
{
    struct stat info;
    return cli->force || lstat(path, &info) != 0 ||
           err_set(err, ERR_CREATE, "%s: exists already, perhaps with what you have mended; --force replaces it", path);
}

/* All or none; the list comes last. */
static bool publish(struct exporting *x, struct err *err)
{
    struct arena *arena = x->cli->arena;
    const char *folder = file_join(arena, x->cli->table_out, MEND);
    const char *list_path = file_join(arena, x->cli->table_out, "rejects.csv");
    struct file_item *items = ARENA_ARRAY(arena, x->n + 1, struct file_item);
    if (!may_write(x->cli, list_path, err))
        return false;
    for (size_t i = 0; i < x->n; i++) {
        buf_text(&x->files[i].bytes, x->files[i].closing ? x->files[i].closing : "");
        items[i] = (struct file_item){file_join(arena, folder, x->files[i].name), buf_view(&x->files[i].bytes)};
        if (!may_write(x->cli, items[i].path, err))
            return false;
    }
    if (!file_make_directory(x->n ? folder : x->cli->table_out, err))
        return false;
    for (size_t i = 0; i < x->n; i += 64)
        if (!file_publish_all(items + i, x->n - i < 64 ? x->n - i : 64, err))
            return false;
    return file_publish(list_path, buf_view(&x->rows), err);
}

bool rejects_export(struct cli *cli, struct store *store, const struct rejects_wanted *wanted, struct err *err)
{
    struct exporting x = {.cli = cli};
    bool ok = table_writer_open(&x.list, cli, list_columns, sizeof list_columns / sizeof *list_columns, err) &&
              gather(&x, store, wanted, err) && publish(&x, err);
    if (ok && !cli->quiet)
        ok = cli_print(str_from(arena_printf(cli->arena, "%s: %zu record%s to mend in %zu file%s of %s/" MEND "\n",
                                             file_join(cli->arena, cli->table_out, "rejects.csv"), x.records,
                                             x.records == 1 ? "" : "s", x.n, x.n == 1 ? "" : "s", cli->table_out)),
                       err);
    for (size_t i = 0; i < x.n; i++)
        buf_free(&x.files[i].bytes);
    mem_free(x.files);
    buf_free(&x.rows);
    return ok;
}
