/* XML: RSS 0.9–2.0, Atom (RFC 4287), and records as open-data services give them. */
#include "ingest/feed.h"

#include <string.h>
#include <strings.h>

static void skip_to(struct str *s, struct str mark)
{
    size_t at = str_find(*s, mark, 0);
    *s = at == SIZE_MAX ? STR("") : str_slice(*s, at + mark.n, s->n);
}

/* The name of the first element or of the document type, without its prefix; "" for none. */
static struct str root_name(struct str text)
{
    for (;;) {
        text = str_trim(text);
        if (str_starts(text, STR("<?")))
            skip_to(&text, STR("?>"));
        else if (str_starts(text, STR("<!--")))
            skip_to(&text, STR("-->"));
        else
            break;
    }
    if (!str_starts(text, STR("<")))
        return STR("");
    text = str_slice(text, 1, text.n);
    if (text.n > 8 && strncasecmp(text.p, "!DOCTYPE", 8) == 0)
        text = str_trim(str_slice(text, 8, text.n));
    size_t n = 0, from = 0;
    for (; n < text.n && !memchr(" \t\r\n/>[", text.p[n], 8); n++)
        from = text.p[n] == ':' ? n + 1 : from;
    return str_slice(text, from, n);
}

static bool is_word(struct str s, const char *word)
{
    return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

bool feed_detects(const struct head *head)
{
    static const char *const roots[] = {"rss",
                                        "rdf",
                                        "feed",
                                        "channel",
                                        "entry",
                                        "response",
                                        "newsitem",
                                        "items",
                                        "item",
                                        "articles",
                                        "OpenAPI_ServiceResponse",
                                        "opml",
                                        "urlset",
                                        "sitemapindex",
                                        "rows",
                                        "records",
                                        "root",
                                        "newslist"};
    struct str root = root_name(head->text);
    if (is_word(root, "html"))
        return false;
    if (str_starts(head->text, STR("<?xml")))
        return true;
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (is_word(root, roots[i]))
            return true;
    return false;
}

static bool parse_all(struct feed *feed, struct stream *text, struct err *err)
{
    enum { PIECE = 64 * 1024 };
    for (struct str bytes;;) {
        if (!stream_fill(text, 1, &bytes, err))
            return false;
        bytes = str_slice(bytes, 0, PIECE);
        if (!feed_parse(feed, bytes, bytes.n == 0))
            return false;
        if (!bytes.n)
            return true;
        stream_take(text, bytes.n);
    }
}

bool feed_split(const struct input *input, const struct sink *sink, struct err *err)
{
    struct map map;
    struct stream *text;
    const char *encoding;
    if (!map_parse(input->options->map, &map, err) || !feed_text_open(input, &text, &encoding, err))
        return false;
    struct feed *feed = feed_new(input, sink, encoding, &map, err);
    bool ok = parse_all(feed, text ? text : input->stream, err);
    feed_free(feed);
    stream_close(text);
    return ok;
}
