#include "ingest/page.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "ingest/cues.h"
#include "ingest/dating.h"
#include "ingest/headline.h"

static bool is_http(struct str s)
{
    return (str_starts(s, STR("http://")) || str_starts(s, STR("https://"))) && s.n <= LIMIT_URL_BYTES &&
           str_find(s, STR(" "), 0) == SIZE_MAX;
}

struct str page_own_url(struct str page)
{
    static const char *const labels[] = {
        "original_url:", "url:", "URL:", "- 원문:", "원문:", "주소:", "URL :", "기사주소:"};
    struct str rest = page, line;
    for (size_t n = 0; n < 40 && str_line(&rest, &line); n++) {
        line = str_trim(line);
        for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
            if (str_starts(line, str_from(labels[i])))
                line = str_trim(str_slice(line, str_from(labels[i]).n, line.n));
        if (line.n > 2 && line.p[0] == '"' && line.p[line.n - 1] == '"')
            line = str_slice(line, 1, line.n - 1);
        if (is_http(line))
            return line;
    }
    return (struct str){NULL, 0};
}

/* The page alone, or with the columns that tell it from the same text at another place. */
static struct str canonical_page(struct arena *arena, struct str page, const struct ingest_columns *columns)
{
    struct buf out = {0};
    if (!columns)
        return page;
    buf_str(&out, page);
    const struct str parts[] = {columns->outlet, columns->date, columns->url};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buf_char(&out, '\x1f');
        buf_str(&out, parts[i]);
    }
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static struct str first_of(struct str a, struct str b)
{
    return a.n ? a : b;
}

bool page_emit(struct arena *arena, const struct source *source, const struct page *page, const struct content *content,
               struct err *err)
{
    static const struct ingest_columns nothing = {0};
    const struct ingest_columns *columns = source->columns ? source->columns : &nothing;
    const struct str *facts = page->facts;
    struct str outlet = first_of(facts[F_OUTLET], columns->outlet), date = first_of(facts[F_DATE], columns->date);
    struct article article = {
        .source = str_from(source->name),
        .reader = str_from(page->reader),
        .encoding = str_from(source->decoded.encoding),
        .raw = page->text,
        .external_id = facts[F_ID],
        .title = facts[F_TITLE].n ? headline_clean(arena, facts[F_TITLE]) : content->title,
        .subtitle = first_of(decode_squeeze(arena, facts[F_SUBTITLE]), content->subtitle),
        .outlet = outlet.n ? decode_squeeze(arena, outlet) : content->outlet,
        .url = is_http(facts[F_URL])   ? str_copy(arena, facts[F_URL])
               : is_http(columns->url) ? columns->url
                                       : (struct str){NULL, 0},
        .body = content->body,
        .body_lines = content->body_lines,
        .hint_regions = first_of(facts[F_REGIONS], columns->regions),
        .hint_agencies = first_of(facts[F_AGENCIES], columns->agencies),
        .hint_keywords = first_of(facts[F_KEYWORDS], columns->keywords),
    };
    dating_page(arena, date, page->lines, &article);
    reader_identify(&article, canonical_page(arena, page->canonical, source->columns));
    return source->emit(source->context, &article, err);
}

bool page_reject(const struct source *source, const char *code, const char *reason)
{
    diag_add(source->diag, DIAG_REJECT, code, source->name, 0, 0, "%s", reason);
    return true;
}

/* "※ 자세한 내용은 첨부파일을 참고하시기 바랍니다.", "<상세내용 첨부파일 참조>" */
bool page_names_attachment(struct str line)
{
    static const char *const files[] = {"첨부", "붙임", "별첨", "보도자료를", "보도자료입니다", "보도자료 내용", NULL};
    static const char *const asks[] = {"참고", "참조", "확인", "바랍니다", "보도자료입니다", "내용입니다", NULL};
    enum { LONGEST = 400 };
    return line.n < LONGEST && str_has_any(line, files) && str_has_any(line, asks);
}

/* Does a page of some length hold hardly any Hangul among its letters? */
static bool is_foreign(const struct lines *lines)
{
    enum { ENOUGH = 300 };
    size_t letters = 0, hangul = 0;
    for (size_t i = 0; i < lines->n; i++)
        for (size_t at = 0; at < lines->items[i].text.n;) {
            uint32_t c = utf8_next(lines->items[i].text, &at);
            letters += utf8_is_letter(c) && !(c >= '0' && c <= '9');
            hangul += utf8_is_hangul(c);
        }
    return letters >= ENOUGH && hangul * 5 < letters;
}

const char *page_why_none(const struct lines *lines, const char **code)
{
    enum { ENTRIES = 5 };
    size_t items = 0, text = 0;
    bool attachment = false;
    for (size_t i = 0; i < lines->n; i++) {
        const struct line *line = &lines->items[i];
        items += line->kind == LINE_ITEM || (line->kind == LINE_DATE && lines->n > 2 * ENTRIES);
        text += line->kind == LINE_PROSE || line->kind == LINE_LONG;
        attachment = attachment || page_names_attachment(line->text);
    }
    *code = attachment && text < 2 ? "attachment-only" : "no-article";
    if (attachment && text < 2)
        return "no text but that of a file that it names as attached";
    if (is_foreign(lines))
        return "not in Korean";
    return items >= ENTRIES ? "no article in it: a list of others" : "no article in it";
}
