#include "ingest/ingest.h"

#include "base/file.h"
#include "base/utf8.h"
#include "ingest/reader.h"

#include <string.h>

void reader_identify(struct article *article, struct str canonical)
{
    file_sha256(canonical, article->hash);
    article_set_key(article);
}

/* Formats that are no text, by their first bytes. */
static const char *known_binary(struct str bytes)
{
    static const struct {
        const char *magic;
        size_t n;
        const char *name;
    } kinds[] = {
        {"%PDF", 4, "a PDF document"},
        {"PK\3\4", 4, "a ZIP, XLSX, DOCX or HWPX file"},
        {"\x1f\x8b", 2, "a gzip archive"},
        {"\x89PNG", 4, "a PNG picture"},
        {"\xff\xd8\xff", 3, "a JPEG picture"},
        {"GIF8", 4, "a GIF picture"},
        {"SQLite format 3", 15, "a database"},
        {"\xd0\xcf\x11\xe0", 4, "an HWP, XLS or DOC file"},
        {"\xfd"
         "7zXZ",
         5, "an xz archive"},
        {"\x7f"
         "ELF",
         4, "a program"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (bytes.n >= kinds[i].n && memcmp(bytes.p, kinds[i].magic, kinds[i].n) == 0)
            return kinds[i].name;
    return NULL;
}

static bool looks_like_html(struct str text)
{
    struct str s = str_trim(str_slice(text, 0, 2000));
    char low[16] = "";
    for (size_t i = 0; i < s.n && i < sizeof low - 1; i++)
        low[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
    return strncmp(low, "<!doctype html", 14) == 0 || strncmp(low, "<html", 5) == 0;
}

/* Separators of a line that stand outside double quotes. */
static size_t count_separators(struct str line, char separator)
{
    size_t n = 0;
    bool quoted = false;
    for (size_t i = 0; i < line.n; i++) {
        quoted ^= separator == ',' && line.p[i] == '"';
        n += !quoted && line.p[i] == separator;
    }
    return n;
}

/* Columns of a table, tab- or comma-separated: every line has as many separators, and the first line names columns. 0
 * for a text. */
static size_t table_columns(struct str text, char separator)
{
    enum { LEAST_LINES = 3, LEAST_SEPARATORS = 4, LINES = 100 };
    struct str rest = text, line;
    size_t lines = 0, columns = 0;
    while (lines < LINES && str_line(&rest, &line)) {
        struct str trimmed = str_trim(line);
        if (!trimmed.n)
            continue;
        size_t n = count_separators(line, separator);
        if (lines++ == 0)
            columns = n;
        if (n < LEAST_SEPARATORS || n != columns || (lines == 1 && str_ends(trimmed, STR("."))))
            return 0;
    }
    return lines >= LEAST_LINES ? columns + 1 : 0;
}

/* Says so where a file is a table, which no reader here takes apart. */
static bool is_table(const struct source *source)
{
    static const char separators[] = {'\t', ','};
    for (size_t i = 0; i < sizeof separators; i++) {
        size_t columns = table_columns(source->decoded.text, separators[i]);
        if (!columns)
            continue;
        diag_add(source->diag, DIAG_REJECT, "not-an-article", source->name, 0, 0, "a table of %zu %s-separated columns",
                 columns, separators[i] == ',' ? "comma" : "tab");
        return true;
    }
    return false;
}

static bool all_utf8_lines(struct str bytes, const char *encoding)
{
    return (!encoding || strcmp(encoding, "auto") == 0) && jsonl_detect(str_slice(bytes, 0, 4096)) &&
           utf8_invalid(bytes) != SIZE_MAX;
}

/* JSON Lines that are UTF-8 but for some lines: those are set aside one by one, the rest is cleaned and read. */
static bool mostly_utf8(struct str bytes)
{
    size_t good = 0, bad = 0;
    struct str rest = bytes, line;
    while (str_line(&rest, &line)) {
        bool high = false;
        for (size_t i = 0; i < line.n && !high; i++)
            high = (line.p[i] & 0x80) != 0;
        if (high && utf8_invalid(line) == SIZE_MAX)
            good++;
        else if (high)
            bad++;
    }
    return good > 0 && bad > 0;
}

static bool read_as(const char *format, struct arena *arena, const struct source *source, struct err *err)
{
    bool json = strcmp(format, "jsonl") == 0 || (strcmp(format, "auto") == 0 && jsonl_detect(source->decoded.text));
    if (!json && strcmp(format, "auto") == 0 && looks_like_html(source->decoded.text)) {
        diag_add(source->diag, DIAG_REJECT, "unsupported-format", source->name, 0, 0,
                 "HTML source; the text of the page is wanted");
        return true;
    }
    if (!json && strcmp(format, "auto") == 0 && is_table(source))
        return true;
    return json ? jsonl_read(source, err) : pagetext_read(arena, source, err);
}

bool ingest_text(const char *name, struct str bytes, const struct ingest_options *options,
                 bool (*emit)(void *context, struct article *article, struct err *err), void *context,
                 struct diag_list *diag, struct err *err)
{
    const char *format = options->format ? options->format : "auto";
    const char *binary = known_binary(bytes);
    struct source source = {.name = name, .emit = emit, .context = context, .columns = options->columns, .diag = diag};
    if (strcmp(format, "auto") != 0 && strcmp(format, "pagetext") != 0 && strcmp(format, "jsonl") != 0)
        return err_set(err, ERR_USAGE, "unknown format \"%s\": auto, pagetext and jsonl are known", format);
    if (options->file_limit && bytes.n > options->file_limit) {
        diag_add(diag, DIAG_REJECT, "too-large", name, 0, 0, "%zu bytes, the limit is %zu", bytes.n,
                 options->file_limit);
        return true;
    }
    if (binary) {
        diag_add(diag, DIAG_REJECT, "unsupported-format", name, 0, 0, "looks like %s", binary);
        return true;
    }
    if (str_trim(bytes).n == 0) {
        diag_add(diag, DIAG_REJECT, "empty-file", name, 0, 0, "nothing in it");
        return true;
    }
    struct arena *arena = arena_new();
    bool ok = true;
    if (all_utf8_lines(bytes, options->encoding) && mostly_utf8(bytes)) {
        source.decoded = (struct decoded){bytes, "utf-8", false};
        ok = jsonl_read(&source, err);
    } else if (decode_bytes(arena, name, bytes, options->encoding, &source.decoded, diag)) {
        if (str_trim(source.decoded.text).n)
            ok = read_as(format, arena, &source, err);
        else
            diag_add(diag, DIAG_REJECT, "empty-file", name, 0, 0, "nothing in it");
    }
    arena_free(arena);
    return ok;
}
