/* The elements of a feed or another XML document as they pass by, and the records among them. Kept are the names and
 * fields of the open elements and the bytes since the last record, no more. */
#include "ingest/feed.h"

#include "base/mem.h"
#include "ingest/outlet.h"

#include <expat.h>
#include <string.h>
#include <strings.h>

/* A field's value, in feed->values. */
struct value {
    size_t at, n;
    size_t rank; /* the lowest wins; of a feed's bodies the bytes that are seen, and the most win */
    bool html;
};

struct element {
    char local[FEED_NAME]; /* without its prefix */
    enum feed_space space;
    uint64_t begin, inside; /* bytes of the text before its start tag and behind it */
    size_t line;
    size_t text, values; /* where its own begin in feed->text and feed->values */
    bool is_item;        /* of a feed */
    bool has_children, has_record, too_large;
    bool plain, opaque, no_link; /* its type says that it is no HTML; no text at all; its guid is no address */
    struct value fields[FIELDS];
};

enum { MESSAGE = 200, BEHIND = 1000 /* added to a rank: after all of the better kind */ };

struct feed {
    const struct input *input;
    const struct sink *sink;
    const char *encoding; /* of the file */
    const struct map *map;
    struct err *err;
    XML_Parser parser;
    struct element *open; /* [FEED_DEPTH] */
    size_t depth;
    bool is_feed, in_item, stopped;
    const char *refusal;     /* why it is no feed */
    char record[FEED_NAME];  /* name of the elements that are records, once one is known */
    char message[MESSAGE];   /* of a service that gave no records */
    struct buf text, values; /* of the open elements */
    struct buf outlet, head; /* by the channel's title: as text, and as the element that says so */
    struct buf window;       /* the text from byte `base` on */
    uint64_t base, fed, keep;
    size_t skipped, records; /* lines before the first element */
    struct feed_prefixes prefixes;
};

static void stop(struct feed *feed)
{
    feed->stopped = true;
    XML_StopParser(feed->parser, XML_FALSE);
}

static size_t line_of(const struct feed *feed)
{
    return feed->skipped + XML_GetCurrentLineNumber(feed->parser);
}

static bool fault(struct feed *feed, const char *reason)
{
    return err_set(feed->err, ERR_INPUT, "line %zu, column %lu: %s", line_of(feed),
                   XML_GetCurrentColumnNumber(feed->parser) + 1, reason);
}

static uint64_t position(const struct feed *feed)
{
    return (uint64_t)XML_GetCurrentByteIndex(feed->parser);
}

/* The text between two places; "" where it is no longer kept. */
static struct str window(const struct feed *feed, uint64_t from, uint64_t to)
{
    if (from < feed->base || to < from || to - feed->base > feed->window.n)
        return STR("");
    return str_slice(buf_view(&feed->window), (size_t)(from - feed->base), (size_t)(to - feed->base));
}

static struct str attribute(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(attributes[i], name) == 0)
            return str_trim(str_from(attributes[i + 1]));
    return STR("");
}

/* Values. */

static void set_value(struct feed *feed, struct element *record, enum field field, size_t rank, struct str text,
                      bool html)
{
    struct value *old = &record->fields[field];
    enum { MOST_ADDED = 4096 };
    bool adds = field == F_KEYWORDS || field == F_AGENCIES || field == F_REGIONS || field == F_SUBTITLE;
    size_t at = feed->values.n;
    if (!text.n || (old->n && !adds && rank >= old->rank) || (adds && old->n > MOST_ADDED))
        return;
    if (old->n && adds) {
        buf_room(&feed->values, old->n + 3 + text.n); /* so that what is added from does not move */
        buf_add(&feed->values, feed->values.p + old->at, old->n);
        buf_text(&feed->values, field == F_SUBTITLE ? " / " : ",");
    }
    buf_str(&feed->values, text);
    *old = (struct value){at, feed->values.n - at, rank, html || old->html};
}

static void set_body(struct feed *feed, struct element *record, struct str text, bool html)
{
    struct value *old = &record->fields[F_BODY];
    size_t seen = feed_visible(text);
    if (old->n && seen <= old->rank)
        return;
    *old = (struct value){feed->values.n, text.n, seen, html};
    buf_str(&feed->values, text);
}

/* The XML of an element that has children, as HTML: its CDATA sections are text there. */
static struct str inner_html(struct feed *feed, const struct element *e, struct buf *out)
{
    struct str rest = window(feed, e->inside, position(feed));
    for (size_t at; (at = str_find(rest, STR("<![CDATA["), 0)) != SIZE_MAX;) {
        buf_str(out, str_slice(rest, 0, at));
        rest = str_slice(rest, at + 9, rest.n);
        size_t end = str_find(rest, STR("]]>"), 0);
        struct str data = str_slice(rest, 0, end);
        for (size_t i = 0; i < data.n; i++)
            if (data.p[i] == '<' || data.p[i] == '&')
                buf_text(out, data.p[i] == '<' ? "&lt;" : "&amp;");
            else
                buf_char(out, data.p[i]);
        rest = end == SIZE_MAX ? STR("") : str_slice(rest, end + 3, rest.n);
    }
    buf_str(out, rest);
    return str_trim(buf_view(out));
}

/* The field of a child in XML that is no feed: by its name, also where that is numbered (SubTitle1, SubTitle2). */
static enum field field_by_name(const struct feed *feed, struct str local, size_t *rank)
{
    enum field field = (enum field)map_key(feed->map, local, rank);
    while (field == FIELDS && local.n > 1 && local.p[local.n - 1] >= '0' && local.p[local.n - 1] <= '9') {
        local.n--;
        field = (enum field)map_key(feed->map, local, rank);
    }
    return field;
}

/* The field of a child: of a feed's item first what the standards say, then the names that others use. */
static enum field field_of(const struct feed *feed, const struct element *e, size_t *rank)
{
    struct str local = str_from(e->local);
    enum field field = feed->is_feed || e->space == SPACE_CONTENT ? feed_role(e->space, local, rank)
                                                                  : field_by_name(feed, local, rank);
    if (field < FIELDS || !feed->is_feed || e->space != SPACE_FEED)
        return field;
    field = field_by_name(feed, local, rank);
    *rank += BEHIND;
    return field;
}

/* What an element that ends says of the one around it. */
static void give(struct feed *feed, const struct element *e, struct element *parent, struct str text)
{
    size_t rank = 0;
    enum field field = field_of(feed, e, &rank);
    struct buf inner = {0};
    bool text_field = field == F_BODY || field == F_TITLE, html = false;
    if (field == FIELDS || e->opaque || (field == F_OUTLET && feed->is_feed && rank == 2 && !outlet_is(text)))
        return;
    if (e->has_children && text_field) {
        text = inner_html(feed, e, &inner);
        html = true;
    } else if (text_field || field == F_SUBTITLE) {
        html = !e->plain && feed_is_markup(text);
    }
    if (feed->is_feed && field == F_DATE) {
        feed_date(text, &inner);
        text = buf_view(&inner);
    }
    if (feed->is_feed && field == F_BODY)
        set_body(feed, parent, text, html);
    else
        set_value(feed, parent, field, rank, text, html);
    buf_free(&inner);
}

/* Records. */

static bool is_record(const struct feed *feed, const struct element *e)
{
    if (feed->is_feed)
        return e->is_item;
    bool title = e->fields[F_TITLE].n, body = e->fields[F_BODY].n;
    return !e->has_record && ((title && body) || (strcmp(e->local, feed->record) == 0 && (title || body)) ||
                              (title && strcmp(e->local, "NewsItem") == 0));
}

static void put_record(struct feed *feed, const struct element *e, uint64_t end)
{
    struct item item = {.kind = ITEM_FIELDS,
                        .name = feed->input->name,
                        .line = e->line,
                        .text = window(feed, e->begin, end),
                        .head = buf_view(&feed->head),
                        .encoding = "utf-8",
                        .was = feed->encoding,
                        .reader = feed->is_feed ? "feed/1" : "xml/1"};
    bool ok;
    for (size_t f = 0; f < FIELDS; f++) {
        item.fields[f] = str_slice(buf_view(&feed->values), e->fields[f].at, e->fields[f].at + e->fields[f].n);
        item.html |= e->fields[f].html ? 1u << f : 0;
    }
    if (feed->is_feed && !item.fields[F_OUTLET].n) {
        struct str channel = buf_view(&feed->outlet);
        item.fields[F_OUTLET] = outlet_is(channel) ? STR("") : feed_agency(&item.fields[F_TITLE]);
        if (!item.fields[F_OUTLET].n)
            item.fields[F_OUTLET] = channel;
    }
    if (feed->is_feed && !item.fields[F_URL].n && !e->no_link && str_starts(item.fields[F_ID], STR("http")))
        item.fields[F_URL] = item.fields[F_ID];
    if (e->too_large || !item.text.n || item.text.n > FEED_RECORD_BYTES)
        ok = readers_reject(feed->input, feed->sink, e->line, 0, "too-large", STR(""), feed->err,
                            "a record of more than %d bytes", FEED_RECORD_BYTES);
    else
        ok = feed->sink->put(feed->sink->context, &item, feed->err);
    if (!ok)
        stop(feed);
}

static void end_record(struct feed *feed, const struct element *e)
{
    uint64_t end = position(feed) + (uint64_t)XML_GetCurrentByteCount(feed->parser);
    put_record(feed, e, end);
    snprintf(feed->record, sizeof feed->record, "%s", e->local);
    feed->records++;
    feed->keep = end;
    for (size_t i = 0; i < feed->depth; i++)
        feed->open[i].has_record = true;
}

/* More than a record may have has passed by since the last one: none of the open elements will be one. */
static void give_up(struct feed *feed)
{
    for (size_t i = 0; i < feed->depth; i++) {
        feed->open[i].too_large = true;
        feed->open[i].text = feed->open[i].values = 0;
        memset(feed->open[i].fields, 0, sizeof feed->open[i].fields);
    }
    buf_clear(&feed->text);
    buf_clear(&feed->values);
    feed->keep = position(feed);
}

/* Handlers. */

static void begin_root(struct feed *feed, const struct element *root)
{
    static const char *const roots[] = {"rss", "RDF", "feed", "channel", "entry", NULL};
    feed->refusal = feed_refusal(root->local);
    feed->is_feed = str_is_any(str_from(root->local), roots);
    if (feed->refusal)
        stop(feed);
}

/* What the attributes of an item's child say of the item. */
static void read_child(struct feed *feed, struct element *e, struct element *item, const char *const *attributes)
{
    struct str type = attribute(attributes, "type"), local = str_from(e->local);
    e->plain = str_equal(type, STR("text")) || str_equal(type, STR("text/plain"));
    e->opaque = str_find(type, STR("/"), 0) != SIZE_MAX && !str_starts(type, STR("text/")) &&
                str_find(type, STR("xml"), 0) == SIZE_MAX;
    if (str_equal(local, STR("guid")))
        item->no_link = str_equal(attribute(attributes, "isPermaLink"), STR("false"));
    if (e->space == SPACE_FEED && str_equal(local, STR("link"))) {
        struct str rel = attribute(attributes, "rel");
        if (!rel.n || str_equal(rel, STR("alternate")))
            set_value(feed, item, F_URL, 1, attribute(attributes, "href"), false);
    }
    if (e->space == SPACE_FEED && str_equal(local, STR("category"))) {
        struct str label = attribute(attributes, "label");
        set_value(feed, item, F_KEYWORDS, 0, label.n ? label : attribute(attributes, "term"), false);
    }
}

/* What its own say: where it is, who, when; never what. */
static void read_own(struct feed *feed, struct element *e, const char *const *attributes)
{
    if (e->is_item)
        set_value(feed, e, F_ID, BEHIND, attribute(attributes, "rdf:about"), false);
    for (size_t i = 0; !feed->is_feed && attributes[i]; i += 2) {
        size_t rank = 0;
        enum field field = field_by_name(feed, str_from(attributes[i]), &rank);
        if (field == F_ID || field == F_OUTLET || field == F_DATE || field == F_URL)
            set_value(feed, e, field, BEHIND + rank, str_trim(str_from(attributes[i + 1])), false);
    }
}

static void on_start(void *context, const char *name, const char **attributes)
{
    struct feed *feed = context;
    struct element *parent = feed->depth ? &feed->open[feed->depth - 1] : NULL;
    if (feed->stopped)
        return;
    if (feed->depth == FEED_DEPTH) {
        fault(feed, "too many elements in each other");
        stop(feed);
        return;
    }
    struct element *e = &feed->open[feed->depth];
    *e = (struct element){.begin = position(feed), .line = line_of(feed)};
    e->inside = e->begin + (uint64_t)XML_GetCurrentByteCount(feed->parser);
    feed_learn_prefixes(&feed->prefixes, (const char *const *)attributes);
    e->space = feed_split_name(&feed->prefixes, name, e->local);
    if (parent)
        parent->has_children = true;
    else
        begin_root(feed, e);
    e->is_item = feed->is_feed && !feed->in_item && e->space == SPACE_FEED &&
                 (strcmp(e->local, "item") == 0 || strcmp(e->local, "entry") == 0);
    feed->in_item |= e->is_item;
    if (parent && parent->is_item)
        read_child(feed, e, parent, (const char *const *)attributes);
    e->values = feed->values.n;
    e->text = feed->text.n;
    feed->depth++;
    read_own(feed, e, (const char *const *)attributes);
}

static void on_text(void *context, const char *text, int n)
{
    struct feed *feed = context;
    if (feed->stopped || n <= 0)
        return;
    if (feed->text.n + (size_t)n > FEED_RECORD_BYTES)
        give_up(feed);
    buf_add(&feed->text, text, (size_t)n);
}

/* An author's name and a source's title are texts of the element around them. */
static bool is_part(const struct element *e, const struct element *parent)
{
    return (strcmp(e->local, "name") == 0 && strcmp(parent->local, "author") == 0) ||
           (strcmp(e->local, "title") == 0 && strcmp(parent->local, "source") == 0);
}

static void keep_message(struct feed *feed, const char *local, struct str text)
{
    static const char *const names[] = {"resultMsg", "returnAuthMsg", "errMsg", "message", NULL};
    if (!feed->records && !*feed->message && str_is_any(str_from(local), names))
        snprintf(feed->message, sizeof feed->message, STR_FMT, STR_ARG(str_head(text, MESSAGE - 1)));
}

static void name_outlet(struct feed *feed, struct str name)
{
    buf_str(&feed->outlet, name);
    buf_text(&feed->head, "<title>");
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '<' || name.p[i] == '&')
            buf_text(&feed->head, name.p[i] == '<' ? "&lt;" : "&amp;");
        else
            buf_char(&feed->head, name.p[i]);
    buf_text(&feed->head, "</title>");
}

static void on_end(void *context, const char *name)
{
    struct feed *feed = context;
    (void)name;
    if (feed->stopped)
        return;
    struct element *e = &feed->open[--feed->depth];
    struct element *parent = feed->depth ? e - 1 : NULL;
    struct str text = str_trim(str_slice(buf_view(&feed->text), e->text, feed->text.n));
    bool record = is_record(feed, e), lost = e->too_large && !e->has_record && !feed->is_feed;
    if (record || lost)
        end_record(feed, e);
    feed->in_item = feed->in_item && !e->is_item;
    feed->values.n = e->values;
    if (!record && parent && !e->has_record) {
        bool takes = feed->is_feed ? parent->is_item : !parent->has_record;
        if (takes)
            give(feed, e, parent, text);
        else if (strcmp(e->local, "title") == 0 && e->space == SPACE_FEED && !feed->outlet.n &&
                 (strcmp(parent->local, "channel") == 0 || strcmp(parent->local, "feed") == 0))
            name_outlet(feed, feed_outlet(text));
        keep_message(feed, e->local, text);
    }
    if (!parent || record || !is_part(e, parent))
        feed->text.n = e->text;
}

static void on_doctype(void *context, const char *name, const char *system, const char *public, int internal)
{
    struct feed *feed = context;
    (void)name, (void)system, (void)public, (void)internal;
    fault(feed, "a document type (DOCTYPE), which can hide bombs and other files, is not read");
    stop(feed);
}

struct feed *feed_new(const struct input *input, const struct sink *sink, const char *encoding, const struct map *map,
                      struct err *err)
{
    struct feed *feed = mem_alloc(sizeof *feed);
    *feed = (struct feed){.input = input, .sink = sink, .encoding = encoding, .map = map, .err = err};
    feed->open = mem_alloc(FEED_DEPTH * sizeof *feed->open);
    const XML_Memory_Handling_Suite memory = {mem_alloc, mem_realloc, mem_free};
    feed->parser = XML_ParserCreate_MM("UTF-8", &memory, NULL);
    XML_SetUserData(feed->parser, feed);
    XML_SetElementHandler(feed->parser, on_start, on_end);
    XML_SetCharacterDataHandler(feed->parser, on_text);
    XML_SetStartDoctypeDeclHandler(feed->parser, on_doctype);
    return feed;
}

void feed_free(struct feed *feed)
{
    XML_ParserFree(feed->parser);
    buf_free(&feed->text);
    buf_free(&feed->values);
    buf_free(&feed->outlet);
    buf_free(&feed->head);
    buf_free(&feed->window);
    mem_free(feed->open);
    mem_free(feed);
}

/* Characters that XML forbids, as some editors leave them, become one that the reader of the record takes out with a
 * warning. A NUL stays: that is no text. */
static void mark_controls(char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)p[i] < ' ' && p[i] != '\n' && p[i] != '\t' && p[i] != '\r' && p[i] != '\0')
            p[i] = 0x7f;
}

/* Blanks before the XML declaration are against the rules, and common. */
static struct str skip_blanks(struct feed *feed, struct str bytes)
{
    size_t n = str_starts(bytes, STR("\xef\xbb\xbf")) ? 3 : 0;
    while (n < bytes.n && memchr(" \t\r\n", bytes.p[n], 4))
        feed->skipped += bytes.p[n++] == '\n';
    return str_slice(bytes, n, bytes.n);
}

static bool end_feed(struct feed *feed)
{
    const char *none = feed->is_feed ? "a feed without items" : "XML in which no element has a title and a body";
    if (feed->refusal)
        return readers_reject(feed->input, feed->sink, 0, 0, "unsupported-format", STR(""), feed->err, "looks like %s",
                              feed->refusal);
    if (!feed->records && *feed->message)
        return readers_reject(feed->input, feed->sink, 0, 0, "no-items", STR(""), feed->err,
                              "%s; the service says \"%s\"", none, feed->message);
    return feed->records || readers_reject(feed->input, feed->sink, 0, 0, "no-items", STR(""), feed->err, "%s", none);
}

bool feed_parse(struct feed *feed, struct str bytes, bool last)
{
    if (feed->refusal)
        return !last || end_feed(feed);
    if (!feed->fed)
        bytes = skip_blanks(feed, bytes);
    size_t drop = (size_t)(feed->keep - feed->base);
    if (drop) {
        memmove(feed->window.p, feed->window.p + drop, feed->window.n - drop);
        feed->window.n -= drop;
        feed->base = feed->keep;
    }
    size_t from = feed->window.n;
    buf_str(&feed->window, bytes);
    mark_controls(feed->window.p + from, bytes.n);
    feed->fed += bytes.n;
    enum XML_Status status = XML_Parse(feed->parser, feed->window.p + from, (int)bytes.n, last);
    if (feed->refusal)
        return !last || end_feed(feed);
    if (feed->stopped)
        return false;
    if (status != XML_STATUS_OK)
        return fault(feed, XML_ErrorString(XML_GetErrorCode(feed->parser)));
    if (feed->fed - position(feed) > FEED_TOKEN_BYTES)
        return fault(feed, "a tag or comment without end");
    if (feed->window.n > FEED_RECORD_BYTES && feed->fed - feed->keep > FEED_RECORD_BYTES)
        give_up(feed);
    return !last || end_feed(feed);
}
