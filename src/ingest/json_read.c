/* One JSON value → one record: its keys by the aliases of data/fields.tsv or --map. */
#include "ingest/json.h"
#include "ingest/record.h"

#include "base/mem.h"

#include <jansson.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

enum { KEYS = 64 /* that a message may name */ };

static void use_our_allocator(void)
{
    json_set_alloc_funcs(mem_alloc, mem_free);
}

void json_begin(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, use_our_allocator);
}

/* The member that stands for an object: {"rendered": "…"} of WordPress, {"name": "…"} of news interfaces, {"$date": …}
 * of MongoDB. No name, title or address is a body. */
static const json_t *plain_member(const json_t *object, size_t field)
{
    static const char *const names[] = {"rendered", "value", "text",  "#text", "content",
                                        "$date",    "name",  "title", "url"};
    enum { OF_A_BODY = 5 };
    for (size_t i = 0; i < (field == F_BODY ? OF_A_BODY : sizeof names / sizeof *names); i++) {
        const json_t *member = json_object_get(object, names[i]);
        if (json_is_string(member) || (json_is_integer(member) && field == F_DATE))
            return member;
    }
    return NULL;
}

static void add_scalar(struct buf *out, const json_t *value)
{
    double real = json_real_value(value);
    if (json_is_string(value))
        buf_add(out, json_string_value(value), json_string_length(value));
    else if (json_is_integer(value))
        buf_printf(out, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value)) /* 20240116.0, as a data frame writes a whole number beside gaps */
        buf_printf(out, fabs(real) < 1e15 && real == floor(real) ? "%.0f" : "%.17g", real);
    else if (json_is_boolean(value))
        buf_text(out, json_is_true(value) ? "true" : "false");
}

/* A list as "a,b"; lists in it and objects without a name are left out. */
static void add_text(struct buf *out, const json_t *value, size_t field)
{
    size_t n = json_is_array(value) ? json_array_size(value) : 1;
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;
        const json_t *scalar = json_is_object(item) ? plain_member(item, field) : item;
        size_t before = out->n;
        if (before)
            buf_char(out, ',');
        add_scalar(out, scalar);
        if (before && out->n == before + 1)
            out->n = before;
    }
}

static void read_member(struct arena *arena, const struct source *source, size_t line, const json_t *value,
                        size_t field, size_t rank, struct record *record)
{
    struct buf text = {0};
    if (field == FIELDS || (record->value[field].n && record->rank[field] <= rank))
        return;
    if ((field == F_TITLE || field == F_BODY) && !json_is_string(value) && !plain_member(value, field)) {
        record->odd[field] = record->odd[field] || !json_is_null(value);
        return;
    }
    add_text(&text, value, field);
    if (text.n) {
        record_set(arena, source, record, (enum field)field, line, str_copy(arena, buf_view(&text)), false);
        record->rank[field] = rank;
    }
    buf_free(&text);
}

/* The fields of an object; what `record` has already stays where it comes from a better name. */
static void read_object(struct arena *arena, const struct source *source, size_t line, const struct map *map,
                        json_t *object, struct record *record)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        size_t rank = 0, field = map_key(map, str_from(key), &rank);
        read_member(arena, source, line, value, field, rank, record);
    }
}

/* A lead is no article without its title. */
static void drop_lone_lead(struct record *record)
{
    if (!record->value[F_TITLE].n && record->value[F_BODY].n && mapping_is_lead(record->rank[F_BODY]))
        record->value[F_BODY] = STR("");
}

static bool has_text(const struct record *record)
{
    return record->value[F_TITLE].n || record->value[F_BODY].n || record->odd[F_TITLE] || record->odd[F_BODY];
}

/* The record of an object, or of the one in it that has title and body ({"_id": …, "_source": {…}}). */
static void read_fields(struct arena *arena, const struct source *source, size_t line, const struct map *map,
                        json_t *object, struct record *record)
{
    const char *key;
    json_t *value;
    read_object(arena, source, line, map, object, record);
    drop_lone_lead(record);
    if (record->value[F_TITLE].n || record->value[F_BODY].n)
        return;
    json_object_foreach(object, key, value)
    {
        struct record inner = {0};
        if (!json_is_object(value))
            continue;
        read_object(arena, source, line, map, value, &inner);
        if (!inner.value[F_TITLE].n || !inner.value[F_BODY].n)
            continue;
        for (size_t f = 0; f < FIELDS; f++)
            if (!inner.value[f].n)
                inner.value[f] = record->value[f];
        *record = inner;
        return;
    }
}

/* The same of a plain object, without parsing; false where there is more to it. */
static bool read_plain(struct arena *arena, const struct source *source, size_t line, const struct map *map,
                       struct str text, struct record *record)
{
    struct json_member members[JSON_PLAIN];
    size_t n;
    if (!json_plain(arena, text, members, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t rank = 0, field = map_key(map, members[i].key, &rank);
        if (field == FIELDS || !members[i].text.n || (record->value[field].n && record->rank[field] <= rank))
            continue;
        if ((field == F_TITLE || field == F_BODY) && !members[i].is_string) {
            record->odd[field] = true;
            continue;
        }
        record_set(arena, source, record, (enum field)field, line, members[i].text, false);
        record->rank[field] = rank;
    }
    drop_lone_lead(record);
    return has_text(record);
}

static bool reject(const struct source *source, size_t line, size_t column, const char *code, const char *reason)
{
    diag_add(source->diag, DIAG_REJECT, code, source->name, line, column, "%s", reason);
    return true;
}

/* The objects that an object without text holds in a list, for their keys: the first one, at most a few levels down. */
static json_t *first_listed(json_t *object)
{
    enum { LEVELS = 3 };
    json_t *level = object, *deeper = object;
    for (int i = 0; i < LEVELS && deeper; i++, level = deeper) {
        const char *key;
        json_t *value;
        deeper = NULL;
        json_object_foreach(level, key, value)
        {
            if (json_is_object(json_array_get(value, 0)))
                return json_array_get(value, 0);
            if (json_is_object(value) && !deeper)
                deeper = value;
        }
    }
    return object;
}

/* Says which keys there are where none of them is a title or a body. False where some is. */
static bool is_unclear(struct arena *arena, const struct source *source, const struct item *item, const struct map *map,
                       json_t *object)
{
    struct str keys[KEYS];
    struct mapping mapping;
    struct err problem = {0};
    const char *key;
    json_t *value;
    size_t n = 0;
    bool known = false;
    json_object_foreach(object, key, value)
    {
        size_t rank, field = map_key(map, str_from(key), &rank);
        known |= field == F_TITLE || field == F_BODY;
    }
    if (known)
        return false;
    if (!json_object_size(object))
        return reject(source, item->line, item->column, "no-article", "an object with nothing in it");
    object = first_listed(object);
    json_object_foreach(object, key, value)
    {
        if (n < KEYS)
            keys[n++] = str_from(key);
    }
    bool made = mapping_make(arena, map, keys, n, &mapping, &problem);
    struct str unclear = made ? mapping_unclear(arena, map, &mapping) : str_from(problem.text);
    if (!unclear.n)
        unclear = STR("neither a title nor a body"); /* those keys are in an object further down */
    diag_add(source->diag, DIAG_REJECT, "unclear-columns", source->name, item->line, item->column, STR_FMT,
             STR_ARG(unclear));
    return true;
}

/* Says so of a data frame that was written by its columns ({"title": {"0": …}, "body": {"0": …}}) or in rows beside
 * their names ({"columns": […], "data": [[…]]}). False where it is none. */
static bool is_frame(const struct source *source, const struct item *item, const struct record *record, json_t *object)
{
    const char *key;
    json_t *value;
    bool columns = record->odd[F_TITLE] && record->odd[F_BODY], rows = false;
    json_object_foreach(object, key, value)
    {
        columns &= json_is_object(value);
        rows |= !has_text(record) && json_is_array(json_array_get(value, 0));
    }
    return (columns || rows) && reject(source, item->line, item->column, "unclear-columns",
                                       "a table of columns or rows, where an object is wanted for each record");
}

bool ingest_columns_read(struct arena *arena, const char *name, struct str json, struct ingest_columns *out,
                         struct diag_list *diag)
{
    static const struct map none;
    struct source source = {.name = name, .diag = diag};
    struct record record = {0};
    json_error_t problem;
    json_t *object = NULL;
    *out = (struct ingest_columns){0};
    json_begin();
    if (json_excess(json) == JSON_FITS)
        object = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, &problem);
    bool ok = object && json_is_object(object);
    if (ok)
        read_object(arena, &source, 0, &none, object, &record);
    else
        reject(&source, 0, 0, "json-syntax", "not a JSON object");
    json_decref(object);
    const struct str *v = record.value;
    *out = (struct ingest_columns){v[F_DATE], v[F_OUTLET], v[F_URL], v[F_REGIONS], v[F_AGENCIES], v[F_KEYWORDS]};
    return ok;
}

/* Where in the file a place within the value is. */
static bool syntax_error(const struct source *source, const struct item *item, const json_error_t *problem)
{
    size_t line = problem->line > 1 ? (size_t)problem->line - 1 : 0;
    size_t column = problem->column > 0 ? (size_t)problem->column : 0;
    if (!line && item->column)
        column += item->column - 1;
    return reject(source, item->line + line, column, "json-syntax", problem->text);
}

bool json_read(struct arena *arena, const struct source *source, const struct item *item, const char *map_text,
               struct err *err)
{
    const struct place place = {item->name, item->line, item->column};
    struct record record = {0};
    struct map map;
    struct str text;
    json_error_t problem;
    json_begin();
    if (!map_parse(map_text, &map, err))
        return false;
    if (!decode_record(arena, &place, item->text, item->encoding, &text, source->diag))
        return true;
    if (read_plain(arena, source, item->line, &map, text, &record))
        return record_emit(arena, source, item->reader, item->line, text, &record, err);
    record = (struct record){0};
    enum json_excess excess = json_excess(text);
    if (excess == JSON_TOO_DEEP)
        return reject(source, item->line, item->column, "json-depth", "nested deeper than 32");
    if (excess == JSON_TOO_MANY)
        return reject(source, item->line, item->column, "json-values", "more values than any record has");
    json_t *object = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
    if (!object)
        return syntax_error(source, item, &problem);
    bool ok = true;
    if (!json_is_object(object)) {
        reject(source, item->line, item->column, "json-syntax",
               json_is_array(object) ? "not a JSON object: a list, whose values have no names" : "not a JSON object");
    } else {
        read_fields(arena, source, item->line, &map, object, &record);
        if (!is_frame(source, item, &record, object) &&
            (has_text(&record) || !is_unclear(arena, source, item, &map, object)))
            ok = record_emit(arena, source, item->reader, item->line, text, &record, err);
    }
    json_decref(object);
    return ok;
}
