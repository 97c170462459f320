/* JSON → the records in it, one at a time, whatever the file's size: JSON Lines, or documents that are a record, an
 * array of records, or hold such arrays anywhere. */
#include "ingest/json.h"

#include "base/mem.h"
#include "ingest/encoding.h"

#include <string.h>

struct split {
    const struct input *input;
    const struct sink *sink;
    struct stream *stream;
    struct map map;
    struct arena *arena;  /* of one look at an object */
    const char *encoding; /* NULL: nothing so far tells it */
    size_t line, column;  /* of the next byte, from 1 */
    size_t records;       /* put so far, or rejected */
    bool in_line;         /* of JSON Lines: what is wrong with it is its own matter */
    bool stopped;         /* nothing further can be told apart */
};

static void take(struct split *split, struct str bytes)
{
    const char *last = NULL;
    for (const char *p = bytes.p; bytes.n && (p = memchr(p, '\n', bytes.n - (size_t)(p - bytes.p))); p++) {
        split->line++;
        last = p;
    }
    split->column = last ? bytes.n - (size_t)(last - bytes.p) : split->column + bytes.n;
    stream_take(split->stream, bytes.n);
}

static bool put_value(struct split *split, struct str value, struct err *err)
{
    struct item item = {.kind = ITEM_JSON,
                        .name = split->input->name,
                        .line = split->line,
                        .column = split->column > 1 ? split->column : 0,
                        .text = value,
                        .reader = "json/1"};
    if (!split->encoding)
        split->encoding = encoding_guess(value, NULL);
    item.encoding = split->encoding ? split->encoding : "utf-8";
    if (encoding_is_utf16(split->input->encoding))
        item.was = split->input->encoding;
    split->records++;
    return split->sink->put(split->sink->context, &item, err);
}

static bool reject(struct split *split, const char *code, const char *reason, struct err *err)
{
    split->records++;
    return readers_reject(split->input, split->sink, split->line, split->column, code, STR(""), err, "%s", reason);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* str_trim would take bytes of CP949 for blanks. */
static struct str trim_line(struct str line)
{
    while (line.n && is_blank(line.p[line.n - 1]))
        line.n--;
    while (line.n && is_blank(line.p[0]))
        line = str_slice(line, 1, line.n);
    return line;
}

/* The next byte that is no blank nor `also`, END at the end. Those before it are taken. */
enum { END = -1 };
static bool next_byte(struct split *split, const char *also, int *c, struct err *err)
{
    for (struct str bytes;;) {
        if (!stream_fill(split->stream, 1, &bytes, err))
            return false;
        size_t n = 0;
        while (n < bytes.n && (is_blank(bytes.p[n]) || (bytes.p[n] && strchr(also, bytes.p[n]))))
            n++;
        *c = n < bytes.n ? (unsigned char)bytes.p[n] : END;
        bool more = n && n == bytes.n;
        take(split, str_slice(bytes, 0, n));
        if (!more)
            return true;
    }
}

enum extent { WHOLE, TOO_LONG, CUT_SHORT };

/* The value that begins at the next byte. */
static bool whole_value(struct split *split, struct str *value, enum extent *extent, struct err *err)
{
    for (size_t want = HEAD_BYTES;;) {
        struct str bytes;
        if (!stream_fill(split->stream, want, &bytes, err))
            return false;
        size_t n = json_length(bytes);
        *extent = n <= JSON_LIMIT ? WHOLE : bytes.n > JSON_LIMIT ? TOO_LONG : CUT_SHORT;
        *value = str_slice(bytes, 0, n);
        if (*extent != CUT_SHORT || bytes.n < want)
            return true;
        want = bytes.n < JSON_LIMIT / 2 ? 2 * bytes.n : JSON_LIMIT + 1;
    }
}

/* What is open around the next byte of a container. */
struct level {
    char opener;
    bool listed;  /* an array that has given records: all it has should be some */
    bool large;   /* an object of more than JSON_LIMIT, which no record may be */
    bool keyed;   /* an object whose members are records */
    size_t begun; /* records put before it */
    size_t line;
};

struct walk {
    struct level levels[JSON_DEPTH];
    size_t depth;
};

/* The file ends, or an end of a line, within a value. */
static bool unclosed(struct split *split, const struct walk *walk, struct err *err)
{
    split->stopped = true;
    if (split->in_line)
        return reject(split, "json-syntax", "the line ends within a value", err);
    return err_set(err, ERR_INPUT, "line %zu: cut short: what begins in line %zu is not closed", split->line,
                   walk->levels[walk->depth - 1].line);
}

static bool push(struct split *split, struct walk *walk, struct level level, struct err *err)
{
    if (walk->depth == JSON_DEPTH) {
        split->stopped = true;
        return reject(split, "json-depth", "nested deeper than 32", err);
    }
    level.begun = split->records;
    level.line = split->line;
    walk->levels[walk->depth++] = level;
    take(split, (struct str){&level.opener, 1});
    return true;
}

static bool pop(struct split *split, struct walk *walk, char closer, struct err *err)
{
    const struct level *level = &walk->levels[walk->depth - 1];
    if (level->opener != (closer == ']' ? '[' : '{')) {
        split->stopped = true;
        if (split->in_line)
            return reject(split, "json-syntax", "brackets that do not match", err);
        return err_set(err, ERR_INPUT, "line %zu: \"%c\" does not match what begins in line %zu", split->line, closer,
                       level->line);
    }
    walk->depth--;
    bool silent = level->large && split->records == level->begun;
    take(split, (struct str){&closer, 1});
    split->records += silent;
    return !silent || readers_reject(split->input, split->sink, level->line, 0, "too-long", STR(""), err,
                                     "a record of more than %d MiB", JSON_LIMIT >> 20);
}

/* A string, number or word in a container. Only a list of records has something to say of it. */
static bool pass_scalar(struct split *split, struct walk *walk, int c, struct err *err)
{
    const struct level *level = &walk->levels[walk->depth - 1];
    struct str value;
    enum extent extent = WHOLE;
    if (c == '"') {
        if (!whole_value(split, &value, &extent, err))
            return false;
        if (extent == CUT_SHORT)
            return unclosed(split, walk, err);
        if (extent == TOO_LONG)
            return err_set(err, ERR_INPUT, "line %zu: a value of more than %d MiB", split->line, JSON_LIMIT >> 20);
    } else {
        if (!stream_fill(split->stream, JSON_DEPTH, &value, err))
            return false;
        size_t n = 1;
        while (n < value.n && !is_blank(value.p[n]) && !strchr(",]}", value.p[n]))
            n++;
        value = str_slice(value, 0, n);
    }
    bool ok = true;
    if (level->opener == '[' && (level->listed || walk->depth == 1))
        ok = put_value(split, value, err);
    take(split, value);
    return ok;
}

/* A list in the list at the top that begins with neither a list nor an object: a row whose values have no names. It is
 * put, to be set aside. *is: there is one. */
static bool pass_values(struct split *split, bool *is, struct err *err)
{
    struct str value;
    enum extent extent;
    if (!whole_value(split, &value, &extent, err))
        return false;
    size_t first = 1;
    while (first < value.n && is_blank(value.p[first]))
        first++;
    *is = extent == WHOLE && !strchr("[{]", value.p[first]);
    if (!*is)
        return true;
    bool ok = put_value(split, value, err);
    take(split, value);
    return ok;
}

/* An object in an array, among records by key, or at the top: a record is put, a container entered. */
static bool object(struct split *split, struct walk *walk, bool expected, struct err *err)
{
    struct str value;
    enum extent extent;
    if (!whole_value(split, &value, &extent, err))
        return false;
    enum json_kind kind = JSON_CONTAINER;
    if (extent == CUT_SHORT && split->in_line) {
        split->stopped = true;
        return put_value(split, value, err);
    }
    if (extent != CUT_SHORT) {
        kind = json_kind(split->arena, value, &split->map);
        arena_reset(split->arena);
    }
    if (kind == JSON_CONTAINER || kind == JSON_KEYED || extent != WHOLE)
        return push(split, walk,
                    (struct level){.opener = '{', .large = extent == TOO_LONG, .keyed = kind == JSON_KEYED}, err);
    bool ok = true;
    if (kind == JSON_RECORD || expected)
        ok = put_value(split, value, err);
    if (walk->depth)
        walk->levels[walk->depth - 1].listed |= kind == JSON_RECORD;
    take(split, value);
    return ok;
}

/* One value at the top, from its first byte to its end. */
static bool walk_value(struct split *split, int c, struct err *err)
{
    struct walk walk = {.depth = 0};
    do {
        const struct level *level = walk.depth ? &walk.levels[walk.depth - 1] : NULL;
        bool ok = true, listed = level && level->opener == '[';
        bool values = listed && walk.depth == 1 && c == '[';
        if (c == END)
            return unclosed(split, &walk, err);
        if (values && !pass_values(split, &values, err))
            return false;
        if (values)
            continue;
        if (c == '{' && (!level || listed || level->keyed))
            ok = object(split, &walk, !level || walk.depth == 1 || level->listed, err);
        else if (c == '{' || c == '[')
            ok = push(split, &walk, (struct level){.opener = (char)c}, err);
        else if (c == '}' || c == ']')
            ok = pop(split, &walk, (char)c, err);
        else
            ok = pass_scalar(split, &walk, c, err);
        if (!ok || split->stopped)
            return ok;
    } while (walk.depth && next_byte(split, ",:", &c, err));
    return !walk.depth || err->kind == ERR_NONE;
}

/* What stands between values and is none: set aside up to the end of its line. */
static bool pass_garbage(struct split *split, struct err *err)
{
    struct str bytes;
    bool first = true, end = false;
    while (!end) {
        if (!stream_fill(split->stream, first ? HEAD_BYTES : 1, &bytes, err))
            return false;
        const char *newline = bytes.n ? memchr(bytes.p, '\n', bytes.n) : NULL;
        bytes = str_slice(bytes, 0, newline ? (size_t)(newline - bytes.p) : bytes.n);
        end = newline || !bytes.n;
        if (first && !put_value(split, str_head(bytes, 1000), err))
            return false;
        first = false;
        take(split, bytes);
    }
    return true;
}

static bool split_document(struct split *split, struct err *err)
{
    for (int c;;) {
        if (!next_byte(split, ",\x1e", &c, err))
            return false;
        if (c == END)
            return true;
        if (c == '{' || c == '[' ? !walk_value(split, c, err) : !pass_garbage(split, err))
            return false;
        if (split->stopped)
            return true;
    }
}

/* One line of JSON Lines: nearly always one record, but it may hold several, or a whole answer of an interface. */
static bool split_line(struct split *split, struct str line, struct err *err)
{
    struct str value = trim_line(line);
    if (!value.n)
        return true;
    struct split inner = *split;
    inner.column = 1 + (size_t)(value.p - line.p);
    inner.in_line = true;
    bool container = value.p[0] == '[' && memchr(value.p, '{', value.n), ok;
    if ((value.p[0] != '{' && !container) || json_length(value) == SIZE_MAX) {
        ok = put_value(&inner, value, err);
    } else {
        inner.stream = stream_memory(value);
        ok = split_document(&inner, err);
        stream_close(inner.stream);
    }
    split->encoding = inner.encoding;
    split->records = inner.records;
    return ok;
}

/* A line longer than a record may be is set aside; one that never ends is a fault of the file. */
static bool pass_long_line(struct split *split, struct err *err)
{
    split->records++;
    if (!readers_reject(split->input, split->sink, split->line, 0, "long-line", STR(""), err,
                        "a line of more than %d MiB", JSON_LIMIT >> 20))
        return false;
    for (struct str bytes;;) {
        if (!stream_fill(split->stream, 1, &bytes, err))
            return false;
        if (!bytes.n)
            return err_set(err, ERR_INPUT, "line %zu: more than %d MiB without an end", split->line, JSON_LIMIT >> 20);
        const char *newline = memchr(bytes.p, '\n', bytes.n);
        stream_take(split->stream, newline ? (size_t)(newline - bytes.p) + 1 : bytes.n);
        if (newline)
            return true;
    }
}

/* Shows the next line with its newline, or more than JSON_LIMIT bytes of one that is longer. */
static bool show_line(struct stream *stream, struct str *line, struct err *err)
{
    for (size_t want = HEAD_BYTES;;) {
        if (!stream_fill(stream, want, line, err))
            return false;
        const char *newline = line->n ? memchr(line->p, '\n', line->n) : NULL;
        if (newline)
            line->n = (size_t)(newline - line->p) + 1;
        if (newline || line->n < want || line->n > JSON_LIMIT)
            return true;
        want = line->n < JSON_LIMIT / 2 ? 2 * line->n : JSON_LIMIT + 1;
    }
}

static bool split_lines(struct split *split, struct err *err)
{
    for (struct str line;; split->line++) {
        if (!show_line(split->stream, &line, err))
            return false;
        if (!line.n)
            return true;
        if (line.n > JSON_LIMIT) {
            if (!pass_long_line(split, err))
                return false;
            continue;
        }
        if (!split_line(split, line, err))
            return false;
        stream_take(split->stream, line.n);
    }
}

/* Is it JSON Lines? The first line is a whole object; or it is broken and one of the next lines is: a document that is
 * written over several lines opens a list in its first line, or has a key in its second. */
static bool has_lines(struct str bytes)
{
    enum { LINES = 20 };
    struct str rest = bytes, line = {NULL, 0};
    bool broken = false;
    for (int i = 0; i < LINES && str_line(&rest, &line); i++) {
        line = trim_line(line);
        if (!line.n)
            continue;
        if (line.p[0] != '{' || line.n == 1 || line.n > JSON_LIMIT)
            return false;
        size_t n = json_length(line);
        if (broken ? n == line.n : n != SIZE_MAX)
            return true;
        if (strchr("[{", line.p[line.n - 1]) && json_excess(line) != JSON_TOO_DEEP)
            return false;
        broken = true;
    }
    return false;
}

bool json_split(const struct input *input, const struct sink *sink, struct err *err)
{
    struct split split = {.input = input, .sink = sink, .stream = input->stream, .line = 1, .column = 1};
    struct str bytes;
    if (!map_parse(input->options->map, &split.map, err) || !stream_fill(split.stream, HEAD_BYTES, &bytes, err))
        return false;
    if (str_starts(bytes, STR("\xef\xbb\xbf")))
        stream_take(split.stream, 3);
    split.encoding = encoding_guess(str_slice(bytes, 0, HEAD_BYTES),
                                    encoding_is_utf16(input->encoding) ? input->encoding : input->options->encoding);
    const char *format = input->options->format;
    split.arena = arena_new();
    bool ok = show_line(split.stream, &bytes, err) && stream_fill(split.stream, bytes.n + HEAD_BYTES, &bytes, err);
    if (ok)
        ok = has_lines(bytes) || (format && strcmp(format, "jsonl") == 0) ? split_lines(&split, err)
                                                                          : split_document(&split, err);
    arena_free(split.arena);
    if (!ok || split.records || split.stopped)
        return ok;
    const struct item item = {
        .kind = ITEM_NOTE, .name = input->name, .code = "no-records", .reason = "no record in it: an empty list"};
    return sink->put(sink->context, &item, err);
}

bool json_detects(const struct head *head)
{
    struct str text = encoding_is_utf16(head->encoding) ? head->text : head->bytes;
    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_slice(text, 3, text.n);
    text = trim_line(str_slice(text, 0, 4096));
    if (text.n && text.p[0] == '\x1e') /* JSON text sequences (RFC 7464) */
        text = trim_line(str_slice(text, 1, text.n));
    char first = text.n ? text.p[0] : '\0';
    size_t brackets = 0, n = 0;
    for (; brackets < text.n && (text.p[brackets] == '[' || is_blank(text.p[brackets])); brackets++)
        n += text.p[brackets] == '[';
    char next = brackets < text.n ? text.p[brackets] : '\0';
    if (first == '[') /* in a text a single bracket may stand before a quote: ["단독"] */
        return next == '{' || next == ']' || next == '\0' || (next == '"' && n > 1);
    text = trim_line(str_slice(text, 1, text.n));
    return first == '{' && text.n && (text.p[0] == '"' || text.p[0] == '}');
}
