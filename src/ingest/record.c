/* A record of any format: its fields by the names of data/fields.tsv, and the article that they make. */
#include "ingest/record.h"

#include "base/limits.h"
#include "ingest/content.h"
#include "ingest/dates.h"
#include "ingest/dating.h"
#include "ingest/fragment.h"
#include "ingest/headline.h"

const char *const record_names[FIELDS] = {"id",  "outlet",  "date",     "title",    "body",    "subtitle",
                                          "url", "regions", "agencies", "keywords", "excluded"};

void record_set(struct arena *arena, const struct source *source, struct record *record, enum field field, size_t line,
                struct str value, bool html)
{
    bool prose = field == F_TITLE || field == F_SUBTITLE || field == F_BODY;
    if (html)
        value = html_to_text(arena, value);
    else if (prose)
        value = fragment_text(arena, value);
    record->value[field] = str_trim(decode_clean(arena, source->name, line, value, source->diag));
}

/* By the record without what differs between readers of the same thing. */
static void identify(const struct record *record, struct article *article)
{
    static const enum field order[] = {F_TITLE, F_BODY, F_OUTLET, F_DATE, F_URL, F_ID};
    struct buf out = {0};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (i)
            buf_char(&out, '\x1f');
        buf_str(&out, record->value[order[i]]);
    }
    reader_identify(article, buf_view(&out));
    buf_free(&out);
}

/* Addresses as news archives give them: "www.a.kr/1", "http:www.a.kr/1", "a=1&amp;b=2". */
static struct str mend_url(struct arena *arena, struct str url)
{
    struct buf out = {0};
    bool bare = str_starts(url, STR("www."));
    if (bare || (str_starts(url, STR("http:")) && !str_starts(url, STR("http:/")))) {
        buf_text(&out, "http://");
        url = str_slice(url, bare ? 0 : 5, url.n);
    }
    for (size_t at; (at = str_find(url, STR("&amp;"), 0)) != SIZE_MAX; url = str_slice(url, at + 5, url.n)) {
        buf_str(&out, str_slice(url, 0, at));
        buf_char(&out, '&');
    }
    buf_str(&out, url);
    url = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return url;
}

static struct str safe_url(struct arena *arena, const struct source *source, size_t line, struct str url)
{
    url = mend_url(arena, url);
    if (!url.n || ((str_starts(url, STR("http://")) || str_starts(url, STR("https://"))) && url.n <= LIMIT_URL_BYTES &&
                   str_find(url, STR(" "), 0) == SIZE_MAX && str_find(url, STR("\n"), 0) == SIZE_MAX))
        return url;
    if (url.n > LIMIT_URL_BYTES)
        diag_add(source->diag, DIAG_WARNING, "odd-url", source->name, line, 0,
                 "address left out, %zu bytes long; the article is in", url.n);
    else
        diag_add(source->diag, DIAG_WARNING, "odd-url", source->name, line, 0,
                 "address left out, no http(s) address; the article is in: " STR_FMT, STR_ARG(str_head(url, 100)));
    return (struct str){NULL, 0};
}

static bool reject(const struct source *source, size_t line, const char *code, const char *reason)
{
    diag_add(source->diag, DIAG_REJECT, code, source->name, line, source->column, "%s", reason);
    return true;
}

/* Says why a record is no article: nothing can be told of a headline alone, and a list or number is no text. */
static bool is_unreadable(const struct source *source, size_t line, const struct record *record)
{
    const struct str *v = record->value;
    for (size_t f = F_TITLE; f <= F_BODY; f++)
        if (record->odd[f] && !v[f].n) {
            diag_add(source->diag, DIAG_REJECT, "not-text", source->name, line, source->column, "the %s is not a text",
                     record_names[f]);
            return true;
        }
    if (!v[F_TITLE].n && !v[F_BODY].n)
        return reject(source, line, "no-article", "neither a title nor a body");
    if (!v[F_BODY].n)
        return reject(source, line, "no-body", "a title without a body");
    if (lines_too_many(v[F_BODY])) {
        diag_add(source->diag, DIAG_REJECT, "too-many-lines", source->name, line, source->column,
                 "more than %d lines in the body", LINES_MAX);
        return true;
    }
    return false;
}

/* "중복", "예외": the source's own word; "N" and the like mean that it counts. */
static bool is_excluded(struct str word)
{
    static const char *const no[] = {"N",     "n",     "No",     "no",     "0", "F", "false",
                                     "FALSE", "False", "아니오", "아니요", "-", NULL};
    return word.n && !str_is_any(word, no);
}

/* "45292" → "2024-01-01 (45292)" */
static struct str source_date(struct arena *arena, const struct record *record)
{
    struct str value = record->value[F_DATE];
    date_t serial = record->serials ? dates_serial(value) : DATE_NONE;
    return serial == DATE_NONE ? value
                               : str_from(arena_printf(arena, "%s (" STR_FMT ")", date_iso(serial).p, STR_ARG(value)));
}

bool record_emit(struct arena *arena, const struct source *source, const char *reader, size_t line, struct str raw,
                 const struct record *record, struct err *err)
{
    const struct str *v = record->value;
    if (is_excluded(v[F_EXCLUDED])) {
        diag_add(source->diag, DIAG_REJECT, "excluded", source->name, line, source->column, STR_FMT,
                 STR_ARG(str_head(v[F_EXCLUDED], 100)));
        return true;
    }
    if (is_unreadable(source, line, record))
        return true;
    struct article article = {
        .source = str_from(source->name),
        .source_line = line,
        .reader = str_from(reader),
        .encoding = str_from(source->decoded.encoding),
        .raw = raw,
        .external_id = v[F_ID],
        .title = headline_clean(arena, v[F_TITLE]),
        .subtitle = decode_squeeze(arena, v[F_SUBTITLE]),
        .outlet = decode_squeeze(arena, v[F_OUTLET]),
        .url = safe_url(arena, source, line, v[F_URL]),
        .hint_regions = v[F_REGIONS],
        .hint_agencies = v[F_AGENCIES],
        .hint_keywords = v[F_KEYWORDS],
    };
    struct str page_lines;
    article.body = content_trim_body(arena, article.title, article.subtitle, v[F_BODY], &article.outlet, &page_lines);
    if (!article.body.n) /* nothing but what looks like a caption or a byline: all that there is */
        article.body = v[F_BODY];
    if (!article.title.n)
        article.title = headline_clean(arena, str_slice(article.body, 0, lines_sentence_end(article.body, 0)));
    dating_record(arena, source_date(arena, record), v[F_BODY], page_lines, &article);
    if (v[F_DATE].n && article.basis == BASIS_UNKNOWN)
        diag_add(source->diag, DIAG_WARNING, "odd-date", source->name, line, 0, "no date in \"" STR_FMT "\"",
                 STR_ARG(str_slice(v[F_DATE], 0, 60)));
    identify(record, &article);
    return source->emit(source->context, &article, err);
}
