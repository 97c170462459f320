/* The table of formats, detection by content, and what all readers share. */
#include "ingest/reader.h"

#include "base/file.h"
#include "base/utf8.h"
#include "ingest/encoding.h"
#include "ingest/html_meta.h"
#include "ingest/record.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool never(const struct head *head)
{
    (void)head;
    return false;
}

/* In the order of detection: what a magic number tells first, what anything can be last. */
static const struct reader readers[] = {
    {"xlsx", xlsx_detects, xlsx_split, false},
    {"archive", archive_detects, archive_split, false},
    {"json", json_detects, json_split, true},
    {"jsonl", never, json_split, true},
    {"html", html_detects, page_split, false},
    {"feed", feed_detects, feed_split, true},
    {"csv", delimited_detects, delimited_split, true},
    {"tsv", never, delimited_split, true},
    {"markdown", never, page_split, false},
    {"pagetext", never, page_split, false},
};

const struct reader *readers_find(const char *format)
{
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strcmp(readers[i].name, format) == 0)
            return &readers[i];
    return NULL;
}

const char *ingest_format(size_t i)
{
    return i < sizeof readers / sizeof *readers ? readers[i].name : NULL;
}

/* Formats that are no text and that nothing here reads, by their first bytes. */
static const char *known_binary(struct str bytes)
{
    static const struct {
        const char *magic;
        size_t n;
        const char *name;
    } kinds[] = {
        {"%PDF", 4, "a PDF document"},
        {"\x89PNG", 4, "a PNG picture"},
        {"\xff\xd8\xff", 3, "a JPEG picture"},
        {"GIF8", 4, "a GIF picture"},
        {"SQLite format 3", 15, "a database"},
        {"\xd0\xcf\x11\xe0", 4,
         "an HWP, XLS or DOC file, or a workbook with a password: save it as .xlsx, CSV or text"},
        {"\x7f"
         "ELF",
         4, "a program"},
        {"7z\xbc\xaf\x27\x1c", 6, "a 7-Zip archive: ZIP and tar are read"},
        {"Rar!\x1a\x07", 6, "a RAR archive: ZIP and tar are read"},
        {"ALZ\1", 4, "an ALZip archive: ZIP and tar are read"},
        {"EGGA", 4, "an ALZip archive: ZIP and tar are read"},
        {"\x04\x22\x4d\x18", 4, "an lz4 file: gzip, zstd, xz and bzip2 are read"},
        {"{\\rtf", 5, "an RTF document: save it as text, HTML or .xlsx"},
        {"LZIP", 4, "an lzip file: gzip, zstd, xz and bzip2 are read"},
        {"\x1f\x9d", 2, "a compress file: gzip, zstd, xz and bzip2 are read"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (bytes.n >= kinds[i].n && memcmp(bytes.p, kinds[i].magic, kinds[i].n) == 0)
            return kinds[i].name;
    return NULL;
}

/* "Subject: …" and the like above a blank line, "MIME-Version" among them (RFC 2045). */
static bool is_mail(struct str text)
{
    struct str line;
    while (str_line(&text, &line) && str_trim(line).n) {
        size_t name = 0;
        while (name < line.n && ((line.p[name] >= 'A' && line.p[name] <= 'Z') ||
                                 (line.p[name] >= 'a' && line.p[name] <= 'z') || line.p[name] == '-'))
            name++;
        bool continued = line.p[0] == ' ' || line.p[0] == '\t';
        if (!continued && (!name || name == line.n || line.p[name] != ':'))
            return false;
        if (str_starts(line, STR("MIME-Version:")))
            return true;
    }
    return false;
}

/* Texts that are not a page's. */
static const char *known_text(struct str text)
{
    if (is_mail(text))
        return "a mail, or a page saved with all its parts (MHTML): save it as HTML or text";
    if (str_starts(text, STR("{'")) || str_starts(text, STR("[{'")))
        return "what Python prints: save it as JSON";
    return NULL;
}

bool readers_reject(const struct input *input, const struct sink *sink, size_t line, size_t column, const char *code,
                    struct str text, struct err *err, const char *format, ...)
{
    char reason[500];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    const struct item item = {.kind = ITEM_REJECT,
                              .name = input->name,
                              .line = line,
                              .column = column,
                              .text = text,
                              .code = code,
                              .reason = reason};
    return sink->put(sink->context, &item, err);
}

static void transcode_head(struct arena *arena, struct head *head)
{
    struct stream *bytes = stream_memory(head->bytes);
    struct stream *text = stream_utf16(bytes, strcmp(head->encoding, "utf-16be") == 0);
    struct buf out = {0};
    struct err none = {0};
    stream_all(text, SIZE_MAX, &out, &none);
    head->text = str_trim(str_copy(arena, buf_view(&out)));
    buf_free(&out);
    stream_close(text);
    stream_close(bytes);
}

/* A head that the file goes on behind: up to its last whole line; where that is long, up to the last byte that is no
 * half of a character in any encoding of Korea. */
static struct str whole_lines(struct str bytes)
{
    size_t line = bytes.n, character = bytes.n;
    while (line > 0 && bytes.p[line - 1] != '\n')
        line--;
    while (character > 0 && (unsigned char)bytes.p[character - 1] >= 0x40)
        character--;
    return str_slice(bytes, 0, line ? line : character ? character : bytes.n);
}

/* The head as text. */
static void decode_head(struct arena *arena, const struct input *input, struct head *head)
{
    struct str bytes = head->bytes;
    struct diag_list unheard = {0};
    struct decoded decoded;
    head->encoding = encoding_utf16_name(bytes, input->options->encoding);
    if (head->encoding) {
        transcode_head(arena, head);
        return;
    }
    if (!head->whole)
        bytes = whole_lines(bytes);
    if (decode_bytes(arena, input->name, bytes, input->options->encoding, &decoded, &unheard)) {
        head->text = str_trim(decoded.text);
        head->encoding = decoded.encoding;
    }
    diag_free(&unheard);
}

static const struct reader *detect(struct arena *arena, const struct input *input, struct head *head)
{
    const char *format = input->options->format;
    if (!archive_detects(head)) /* guessing the encoding of what is no text takes long */
        decode_head(arena, input, head);
    if (format && strcmp(format, "auto") != 0 && !archive_detects(head))
        return readers_find(format);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (readers[i].detects(head))
            return &readers[i];
    return readers_find("pagetext");
}

bool readers_split(const struct input *input, const struct sink *sink, struct err *err)
{
    struct head head = {.name = input->name, .map = input->options->map};
    if (!stream_fill(input->stream, HEAD_BYTES, &head.bytes, err))
        return false;
    head.whole = head.bytes.n < HEAD_BYTES;
    head.bytes = str_slice(head.bytes, 0, HEAD_BYTES);
    const char *binary = known_binary(head.bytes);
    if (binary)
        return readers_reject(input, sink, 0, 0, "unsupported-format", STR(""), err, "looks like %s", binary);
    if (head.whole && str_trim(head.bytes).n == 0)
        return readers_reject(input, sink, 0, 0, "empty-file", STR(""), err, "nothing in it");
    struct arena *arena = arena_new();
    const struct reader *reader = detect(arena, input, &head);
    const char *text_kind = reader && strcmp(reader->name, "pagetext") == 0 ? known_text(head.text) : NULL;
    arena_free(arena);
    if (text_kind)
        return readers_reject(input, sink, 0, 0, "unsupported-format", STR(""), err, "looks like %s", text_kind);
    struct input text = *input;
    text.encoding = head.encoding;
    if (!reader)
        return err_set(err, ERR_USAGE, "unknown format \"%s\"", input->options->format);
    if (!reader->wants_utf8 || !encoding_is_utf16(head.encoding))
        return reader->split(&text, sink, err);
    text.stream = stream_utf16(input->stream, strcmp(head.encoding, "utf-16be") == 0);
    bool ok = reader->split(&text, sink, err);
    stream_close(text.stream);
    return ok;
}

/* Only a page is held as a whole. */
bool page_split(const struct input *input, const struct sink *sink, struct err *err)
{
    size_t limit = input->options->file_limit ? input->options->file_limit : SIZE_MAX;
    struct buf text = {0};
    struct str bytes;
    bool ok;
    while ((ok = stream_fill(input->stream, 1, &bytes, err)) && bytes.n > 0 && bytes.n <= limit - text.n) {
        buf_str(&text, bytes);
        stream_take(input->stream, bytes.n);
    }
    const struct item item = {.kind = ITEM_PAGE, .name = input->name, .text = buf_view(&text)};
    if (ok && bytes.n > 0)
        ok = readers_reject(input, sink, 0, 0, "too-large", STR(""), err, "more than %zu bytes: no page", limit);
    else
        ok = ok && sink->put(sink->context, &item, err);
    buf_free(&text);
    return ok;
}

static bool read_page(struct arena *arena, const struct item *item, const struct ingest_options *options,
                      struct source *source, struct err *err)
{
    const char *format = options->format ? options->format : "auto";
    if (!html_decode_page(arena, item->name, item->text, options->encoding, &source->decoded, source->diag))
        return true;
    struct head head = {.bytes = item->text, .text = str_trim(source->decoded.text), .whole = true};
    if (!head.text.n) {
        diag_add(source->diag, DIAG_REJECT, "empty-file", item->name, 0, 0, "nothing in it");
        return true;
    }
    bool html = strcmp(format, "html") == 0 || (strcmp(format, "auto") == 0 && html_detects(&head));
    return html ? html_read_page(arena, source, err) : pagetext_read(arena, source, err);
}

static bool read_fields(struct arena *arena, const struct item *item, struct source *source, struct err *err)
{
    struct record record = {.serials = item->serials};
    const struct place place = {item->name, item->line, 0};
    struct str raw, value;
    if (!decode_record(arena, &place, item->text, item->encoding, &raw, source->diag))
        return true;
    for (int field = 0; field < FIELDS; field++)
        if (item->fields[field].n) {
            if (!decode_record(arena, &place, item->fields[field], item->encoding, &value, source->diag))
                return true;
            record_set(arena, source, &record, (enum field)field, item->line, value, item->html & 1u << field);
        }
    return record_emit(arena, source, item->reader, item->line, raw, &record, err);
}

bool readers_read(struct arena *arena, const struct item *item, const struct ingest_options *options,
                  struct source *source, struct err *err)
{
    source->name = item->name;
    source->column = item->column;
    source->decoded = (struct decoded){item->text, item->was ? item->was : item->encoding, false};
    switch (item->kind) {
    case ITEM_PAGE: return read_page(arena, item, options, source, err);
    case ITEM_JSON: return json_read(arena, source, item, options->map, err);
    case ITEM_FIELDS: return read_fields(arena, item, source, err);
    case ITEM_REJECT:
    case ITEM_NOTE: break;
    }
    diag_add(source->diag, item->kind == ITEM_NOTE ? DIAG_NOTE : DIAG_REJECT, item->code, item->name, item->line,
             item->column, "%s", item->reason);
    return true;
}
