/* JSON Lines: one record a line, its keys by the aliases of data/fields.tsv. A bad line is set aside by its number. */
#include "ingest/content.h"
#include "ingest/cues.h"
#include "ingest/dating.h"
#include "ingest/headline.h"
#include "ingest/reader.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <jansson.h>
#include <pthread.h>
#include <string.h>

enum { MAX_LINE = 16 * 1024 * 1024, MAX_DEPTH = 32 };

/* A record's fields, each from its best-ranked alias that has a value. */
enum field { F_ID, F_OUTLET, F_DATE, F_TITLE, F_BODY, F_SUBTITLE, F_URL, F_REGIONS, F_AGENCIES, F_KEYWORDS, FIELDS };
static const char *const field_names[FIELDS] = {"id",       "outlet", "date",    "title",    "body",
                                                "subtitle", "url",    "regions", "agencies", "keywords"};

struct record {
    struct str value[FIELDS];
    size_t rank[FIELDS];
    bool odd[FIELDS]; /* a value of another type than text stood there */
};

static pthread_once_t allocator_once = PTHREAD_ONCE_INIT;

static void use_our_allocator(void)
{
    json_set_alloc_funcs(mem_alloc, mem_free);
}

static void add_text(struct buf *out, const json_t *value)
{
    if (json_is_string(value))
        buf_add(out, json_string_value(value), json_string_length(value));
    else if (json_is_integer(value))
        buf_printf(out, "%lld", (long long)json_integer_value(value));
    else if (json_is_array(value)) {
        size_t i;
        json_t *item;
        json_array_foreach(value, i, item)
        {
            if (out->n && (json_is_string(item) || json_is_integer(item)))
                buf_char(out, ',');
            if (!json_is_array(item))
                add_text(out, item);
        }
    }
}

/* Has the line an escape that can stand for a character which cleaning would take out or change? */
static bool has_odd_escape(struct str s)
{
    for (size_t at = 0; at < s.n;) {
        const char *p = memchr(s.p + at, '\\', s.n - at);
        if (!p || p + 1 == s.p + s.n)
            return false;
        if (p[1] != 'n' && p[1] != '"' && p[1] != '\\' && p[1] != '/' && p[1] != 't')
            return true;
        at = (size_t)(p - s.p) + 2;
    }
    return false;
}

static void read_fields(struct arena *arena, const struct source *source, size_t line, struct str raw, json_t *object,
                        struct record *record)
{
    const char *key;
    json_t *value;
    struct buf text = {0};
    bool clean = source->decoded.clean && !has_odd_escape(raw);
    json_object_foreach(object, key, value)
    {
        size_t rank = 0, field = 0;
        struct str name = fields_name(str_from(key), &rank);
        while (field < FIELDS && !str_equal(name, str_from(field_names[field])))
            field++;
        if (field == FIELDS || (record->value[field].n && record->rank[field] < rank))
            continue;
        if ((field == F_TITLE || field == F_BODY) && !json_is_string(value)) {
            record->odd[field] = record->odd[field] || !json_is_null(value);
            continue;
        }
        buf_clear(&text);
        add_text(&text, value);
        if (!text.n)
            continue;
        struct str copy = str_copy(arena, buf_view(&text));
        if (!clean)
            copy = decode_clean(arena, source->name, line, copy, source->diag);
        record->value[field] = str_trim(copy);
        record->rank[field] = rank;
    }
    buf_free(&text);
}

/* The record without what differs between readers of the same thing. */
static struct str canonical_record(struct arena *arena, const struct record *record)
{
    static const enum field order[] = {F_TITLE, F_BODY, F_OUTLET, F_DATE, F_URL, F_ID};
    struct buf out = {0};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (i)
            buf_char(&out, '\x1f');
        buf_str(&out, record->value[order[i]]);
    }
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static struct str safe_url(const struct source *source, size_t line, struct str url)
{
    if (!url.n || ((str_starts(url, STR("http://")) || str_starts(url, STR("https://"))) && url.n <= 2000 &&
                   str_find(url, STR(" "), 0) == SIZE_MAX && str_find(url, STR("\n"), 0) == SIZE_MAX))
        return url;
    diag_add(source->diag, DIAG_WARNING, "odd-url", source->name, line, 0, "address left out: not http(s)");
    return (struct str){NULL, 0};
}

static bool reject(const struct source *source, size_t line, size_t column, const char *code, const char *reason)
{
    diag_add(source->diag, DIAG_REJECT, code, source->name, line, column, "%s", reason);
    return true;
}

/* Says why a record is no article: nothing can be told of a headline alone, and a list or number is no text. */
static bool is_unreadable(const struct source *source, size_t line, const struct record *record)
{
    const struct str *v = record->value;
    for (size_t f = F_TITLE; f <= F_BODY; f++)
        if (record->odd[f] && !v[f].n) {
            diag_add(source->diag, DIAG_REJECT, "not-text", source->name, line, 0, "the %s is not a text",
                     field_names[f]);
            return true;
        }
    if (!v[F_TITLE].n && !v[F_BODY].n)
        return reject(source, line, 0, "no-article", "neither a title nor a body");
    if (!v[F_BODY].n)
        return reject(source, line, 0, "no-body", "a title without a body");
    if (lines_too_many(v[F_BODY])) {
        diag_add(source->diag, DIAG_REJECT, "too-many-lines", source->name, line, 0, "more than %d lines in the body",
                 LINES_MAX);
        return true;
    }
    return false;
}

static bool emit_record(struct arena *arena, const struct source *source, size_t line, struct str raw, json_t *object,
                        struct err *err)
{
    struct record record = {0};
    read_fields(arena, source, line, raw, object, &record);
    struct str *v = record.value;
    if (is_unreadable(source, line, &record))
        return true;
    struct article article = {
        .source = str_from(source->name),
        .source_line = line,
        .reader = STR("jsonl/1"),
        .encoding = str_from(source->decoded.encoding),
        .raw = raw,
        .external_id = v[F_ID],
        .title = headline_clean(arena, v[F_TITLE]),
        .subtitle = decode_squeeze(arena, v[F_SUBTITLE]),
        .outlet = decode_squeeze(arena, v[F_OUTLET]),
        .url = safe_url(source, line, v[F_URL]),
        .hint_regions = v[F_REGIONS],
        .hint_agencies = v[F_AGENCIES],
        .hint_keywords = v[F_KEYWORDS],
    };
    struct str page_lines;
    article.body = content_trim_body(arena, article.title, article.subtitle, v[F_BODY], &article.outlet, &page_lines);
    if (!article.title.n)
        article.title = headline_clean(arena, str_slice(article.body, 0, lines_sentence_end(article.body, 0)));
    dating_record(arena, v[F_DATE], v[F_BODY], page_lines, &article);
    if (v[F_DATE].n && article.basis == BASIS_UNKNOWN)
        diag_add(source->diag, DIAG_WARNING, "odd-date", source->name, line, 0, "no date in \"" STR_FMT "\"",
                 STR_ARG(str_slice(v[F_DATE], 0, 60)));
    reader_identify(&article, canonical_record(arena, &record));
    return source->emit(source->context, &article, err);
}

/* Nesting of brackets outside strings, found without recursion before the parser recurses. */
static bool too_deep(struct str s)
{
    size_t depth = 0, openings = 0;
    bool string = false;
    for (size_t i = 0; i < s.n; i++)
        openings += s.p[i] == '[' || s.p[i] == '{';
    if (openings <= MAX_DEPTH)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (string && c == '\\')
            i++;
        else if (c == '"')
            string = !string;
        else if (!string && (c == '[' || c == '{') && ++depth > MAX_DEPTH)
            return true;
        else if (!string && (c == ']' || c == '}') && depth > 0)
            depth--;
    }
    return false;
}

bool ingest_columns_read(struct arena *arena, const char *name, struct str json, struct ingest_columns *out,
                         struct diag_list *diag)
{
    struct source source = {.name = name, .diag = diag};
    struct record record = {0};
    json_error_t problem;
    json_t *object = NULL;
    *out = (struct ingest_columns){0};
    pthread_once(&allocator_once, use_our_allocator);
    if (!too_deep(json))
        object = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, &problem);
    bool ok = object && json_is_object(object);
    if (ok)
        read_fields(arena, &source, 0, json, object, &record);
    else
        reject(&source, 0, 0, "json-syntax", "not a JSON object");
    json_decref(object);
    const struct str *v = record.value;
    *out = (struct ingest_columns){v[F_DATE], v[F_OUTLET], v[F_URL], v[F_REGIONS], v[F_AGENCIES], v[F_KEYWORDS]};
    return ok;
}

static bool read_line(struct arena *arena, const struct source *source, size_t line, struct str text, struct err *err)
{
    if (text.n > MAX_LINE)
        return reject(source, line, 0, "long-line", "line over 16 MB");
    if (!source->decoded.clean && utf8_invalid(text) != SIZE_MAX)
        return reject(source, line, utf8_invalid(text) + 1, "invalid-utf8",
                      "not valid UTF-8 from this byte of the line");
    if (too_deep(text))
        return reject(source, line, 0, "json-depth", "nested deeper than 32");
    json_error_t problem;
    json_t *object = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &problem);
    if (!object)
        return reject(source, line, problem.column > 0 ? (size_t)problem.column : 0, "json-syntax", problem.text);
    bool ok = json_is_object(object) ? emit_record(arena, source, line, text, object, err)
                                     : reject(source, line, 0, "json-syntax", "not a JSON object");
    json_decref(object);
    return ok;
}

/* A whole document: {…} over several lines, or [{…}, …]. Records are numbered by their place in the array. */
static bool read_document(struct arena *arena, const struct source *source, struct str text, struct err *err)
{
    json_error_t problem;
    if (too_deep(text))
        return reject(source, 0, 0, "json-depth", "nested deeper than 32");
    json_t *document = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &problem);
    if (!document)
        return reject(source, problem.line > 0 ? (size_t)problem.line : 0, 0, "json-syntax", problem.text);
    bool ok = true;
    if (json_is_object(document)) {
        ok = emit_record(arena, source, 1, text, document, err);
    } else {
        for (size_t i = 0; ok && i < json_array_size(document); i++) {
            json_t *item = json_array_get(document, i);
            arena_reset(arena);
            char *raw = json_dumps(item, JSON_COMPACT | JSON_ENCODE_ANY);
            ok = json_is_object(item) && raw ? emit_record(arena, source, i + 1, str_from(raw), item, err)
                                             : reject(source, i + 1, 0, "json-syntax", "not a JSON object");
            mem_free(raw);
        }
    }
    json_decref(document);
    return ok;
}

static struct str first_line(struct str text)
{
    struct str rest = str_trim(text), line = {NULL, 0};
    str_line(&rest, &line);
    return str_trim(line);
}

static bool is_document(struct str text)
{
    struct str line = first_line(text);
    return str_starts(line, STR("[")) || str_equal(line, STR("{")) ||
           (str_starts(line, STR("{")) && !str_ends(line, STR("}")) &&
            str_find(str_trim(text), STR("\n}"), 0) != SIZE_MAX);
}

bool jsonl_detect(struct str text)
{
    struct str line = first_line(text);
    size_t quote = 1;
    if (str_starts(line, STR("[")) || str_equal(line, STR("{"))) {
        struct str rest = str_trim(str_slice(str_trim(text), 1, 200));
        return str_starts(rest, str_starts(line, STR("[")) ? STR("{") : STR("\""));
    }
    while (quote < line.n && (line.p[quote] == ' ' || line.p[quote] == '\t'))
        quote++;
    return str_starts(line, STR("{")) && quote < line.n && line.p[quote] == '"';
}

bool jsonl_read(const struct source *source, struct err *err)
{
    pthread_once(&allocator_once, use_our_allocator);
    struct arena *arena = arena_new();
    struct str rest = source->decoded.text, line;
    bool ok = true;
    if (is_document(rest)) {
        ok = read_document(arena, source, rest, err);
    } else {
        for (size_t number = 1; ok && str_line(&rest, &line); number++) {
            if (str_trim(line).n == 0)
                continue;
            arena_reset(arena);
            ok = read_line(arena, source, number, str_trim(line), err);
        }
    }
    arena_free(arena);
    return ok;
}
