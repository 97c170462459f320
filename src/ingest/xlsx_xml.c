/* Parts of a workbook as XML that streams by. Nothing outside is ever asked for: a document type is the end. */
#include "base/utf8.h"
#include "ingest/xlsx.h"

#include <expat.h>
#include <string.h>

struct parse {
    XML_Parser parser;
    struct xml *xml;
    const char *name; /* of the member */
    bool stopped;
};

static void stop(struct parse *parse)
{
    parse->stopped = true;
    XML_StopParser(parse->parser, XML_FALSE);
}

static void fault(struct parse *parse, const char *reason)
{
    char text[600];
    snprintf(text, sizeof text, "%s:%lu:%lu: %s", parse->name, (unsigned long)XML_GetCurrentLineNumber(parse->parser),
             (unsigned long)XML_GetCurrentColumnNumber(parse->parser) + 1, reason);
    err_set(parse->xml->err, ERR_INPUT, "%s", text);
    stop(parse);
}

static const char *without_prefix(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static void on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct parse *parse = context;
    if (parse->stopped)
        return;
    if (++parse->xml->depth > XML_DEPTH)
        fault(parse, "elements nested too deep");
    else if (!parse->xml->start(parse->xml, without_prefix(name), (const char *const *)attributes))
        stop(parse);
}

static void on_end(void *context, const XML_Char *name)
{
    struct parse *parse = context;
    if (parse->stopped)
        return;
    if (parse->xml->end && !parse->xml->end(parse->xml, without_prefix(name)))
        stop(parse);
    parse->xml->depth--;
}

static void on_text(void *context, const XML_Char *text, int n)
{
    struct parse *parse = context;
    struct xml *xml = parse->xml;
    if (!xml->text || parse->stopped)
        return;
    if ((size_t)n > xml->limit - xml->text->n)
        xml->over = true;
    else
        buf_add(xml->text, text, (size_t)n);
}

static void on_doctype(void *context, const XML_Char *name, const XML_Char *system, const XML_Char *public, int subset)
{
    (void)name, (void)system, (void)public, (void)subset;
    fault(context, "a <!DOCTYPE, which no workbook has: entities are not read");
}

/* Feeds the parser; a tag that does not end would be held whole. */
static bool feed(struct parse *parse, struct str bytes, uint64_t fed, bool last)
{
    if (XML_Parse(parse->parser, bytes.p, (int)bytes.n, last) == XML_STATUS_ERROR) {
        if (!parse->stopped)
            fault(parse, XML_ErrorString(XML_GetErrorCode(parse->parser)));
        return false;
    }
    XML_Index at = XML_GetCurrentByteIndex(parse->parser);
    if (!last && at >= 0 && fed + bytes.n - (uint64_t)at > XML_TAG)
        fault(parse, "a tag of more than a million bytes");
    return !parse->stopped;
}

static bool parse_stream(struct parse *parse, struct stream *stream, struct err *err)
{
    enum { CHUNK = 64 * 1024 };
    for (struct str bytes;;) {
        if (!stream_fill(stream, 1, &bytes, err))
            return false;
        bytes = str_slice(bytes, 0, CHUNK);
        parse->xml->offset = stream_offset(stream) + bytes.n;
        if (!feed(parse, bytes, stream_offset(stream), bytes.n == 0))
            return false;
        if (bytes.n == 0)
            return true;
        stream_take(stream, bytes.n);
    }
}

bool xml_parse(const struct zipfile *zip, size_t member, struct xml *xml, struct err *err)
{
    struct stream *stream = zipfile_read(zip, member, err);
    if (!stream)
        return false;
    struct arena *arena = arena_new();
    struct parse parse = {XML_ParserCreate(NULL), xml, zipfile_name(arena, zip, member).p, false};
    bool ok = parse.parser;
    if (ok) {
        xml->err = err;
        xml->depth = 0;
        XML_SetUserData(parse.parser, &parse);
        XML_SetElementHandler(parse.parser, on_start, on_end);
        XML_SetCharacterDataHandler(parse.parser, on_text);
        XML_SetStartDoctypeDeclHandler(parse.parser, on_doctype);
        ok = parse_stream(&parse, stream, err);
        XML_ParserFree(parse.parser);
    } else {
        err_set(err, ERR_MEMORY, "out of memory");
    }
    stream_close(stream);
    arena_free(arena);
    return ok;
}

const char *xml_attribute(const char *const *attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(*attributes, name) == 0)
            return attributes[1];
    return NULL;
}

bool xml_true(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

/* The code unit of "_xHHHH_" at p, or 0. */
static uint32_t escaped(const char *p, size_t n)
{
    uint32_t value = 0;
    if (n < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
        return 0;
    for (int i = 2; i < 6; i++) {
        char c = p[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                                                : 16;
        if (digit == 16)
            return 0;
        value = value << 4 | digit;
    }
    return value;
}

void xml_unescape(struct buf *text, size_t from)
{
    struct str rest = str_slice(buf_view(text), from, text->n);
    size_t at = str_find(rest, STR("_x"), 0);
    if (at == SIZE_MAX)
        return;
    struct buf out = {0};
    while (at < rest.n) {
        uint32_t c = escaped(rest.p + at, rest.n - at);
        size_t n = c ? 7 : 1;
        if (c >= 0xd800 && c < 0xdc00) {
            uint32_t low = rest.n - at >= 7 ? escaped(rest.p + at + 7, rest.n - at - 7) : 0;
            bool pair = low >= 0xdc00 && low < 0xe000;
            c = pair ? 0x10000 + ((c & 0x3ff) << 10) + (low & 0x3ff) : 0;
            n = pair ? 14 : 1;
        } else if (c >= 0xdc00 && c < 0xe000) {
            c = 0;
            n = 1;
        }
        buf_str(&out, str_slice(rest, 0, at));
        if (c)
            buf_utf8(&out, c);
        else
            buf_add(&out, rest.p + at, n);
        rest = str_slice(rest, at + n, rest.n);
        at = str_find(rest, STR("_x"), 0);
    }
    buf_str(&out, rest);
    text->n = from;
    buf_str(text, buf_view(&out));
    buf_free(&out);
}
