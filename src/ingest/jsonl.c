/* JSON Lines: one record a line, its keys by the aliases of data/fields.tsv. A bad line is set aside by its number. */
#include "ingest/mapping.h"
#include "ingest/record.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <jansson.h>
#include <pthread.h>
#include <string.h>

enum { MAX_LINE = 16 * 1024 * 1024, MAX_DEPTH = 32 };

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
    static const struct map no_map;
    bool clean = source->decoded.clean && !has_odd_escape(raw);
    json_object_foreach(object, key, value)
    {
        size_t rank = 0, field = map_key(&no_map, str_from(key), &rank);
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

static bool emit_record(struct arena *arena, const struct source *source, size_t line, struct str raw, json_t *object,
                        struct err *err)
{
    struct record record = {0};
    read_fields(arena, source, line, raw, object, &record);
    return record_emit(arena, source, "jsonl/1", line, raw, &record, err);
}

static bool reject(const struct source *source, size_t line, size_t column, const char *code, const char *reason)
{
    diag_add(source->diag, DIAG_REJECT, code, source->name, line, column, "%s", reason);
    return true;
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

bool json_detects(const struct head *head)
{
    return jsonl_detect(head->text) || (!head->encoding && jsonl_detect(str_slice(head->bytes, 0, 4096)));
}

bool json_read(struct arena *arena, const struct source *source, size_t line, struct str text, struct err *err)
{
    struct source whole = *source;
    (void)line;
    if (all_utf8_lines(text, "auto") && mostly_utf8(text))
        whole.decoded = (struct decoded){text, "utf-8", false};
    else if (!decode_bytes(arena, source->name, text, "auto", &whole.decoded, source->diag))
        return true;
    return jsonl_read(&whole, err);
}

/* The whole file as one item. */
bool json_split(const struct input *input, const struct sink *sink, struct err *err)
{
    struct buf text = {0};
    struct item item = {.kind = ITEM_JSON, .name = input->name, .encoding = "utf-8", .reader = "jsonl/1"};
    bool ok = stream_all(input->stream, input->options->file_limit ? input->options->file_limit : SIZE_MAX, &text, err);
    item.text = buf_view(&text);
    ok = ok && sink->put(sink->context, &item, err);
    buf_free(&text);
    return ok;
}
