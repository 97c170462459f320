/* Markdown with front matter: its source has taken the text out of its page and says whose it is. What it is about
 * stands in its keys, and the text is one article, however short: where the rules for pages find none in it, its own
 * lines are taken as they are. */
#include "ingest/page.h"

#include "base/utf8.h"
#include "ingest/headline.h"

#include <string.h>

enum {
    LEAST = 40,        /* characters of a text */
    SENTENCE = 20,     /* characters of one of its lines that is more than a name or number */
    CHARS_A_POST = 60, /* of a list of appointments, at most */
    REPEATED = 80      /* characters of a line that may repeat the title */
};
static const double SAME = 0.8; /* overlap from which a line says no more than the title */

/* Many Markdown files have the line ends of the HTML that they were made from. */
static struct str with_breaks(struct arena *arena, struct str page)
{
    static const char *const breaks[] = {"<br>", "<br/>", "<br />", "<BR>"};
    struct buf out = {0};
    size_t from = 0;
    for (size_t at = str_find(page, STR("<"), 0); at != SIZE_MAX; at = str_find(page, STR("<"), at + 1))
        for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
            if (str_starts(str_slice(page, at, page.n), str_from(breaks[i]))) {
                buf_str(&out, str_slice(page, from, at));
                buf_char(&out, '\n');
                from = at + str_from(breaks[i]).n;
                break;
            }
    if (!from)
        return page;
    buf_str(&out, str_slice(page, from, page.n));
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

/* The section that is called the text, or all of the page but the source's own notes at its end. */
static struct str text_section(struct str page)
{
    static const char *const heads[] = {"\n## 본문\n", "\n## 내용\n", "\n## 기사 본문\n"};
    static const char *const ends[] = {"\n## 출처", "\n## 첨부", "\n## 원문"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t at = str_find(page, str_from(heads[i]), 0);
        if (at != SIZE_MAX) {
            page = str_slice(page, at + str_from(heads[i]).n, page.n);
            break;
        }
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        page = str_slice(page, 0, str_find(page, str_from(ends[i]), 0));
    return page;
}

struct rest {
    struct buf text;
    size_t chars, lines, sentences, posts;
    bool attachment;
};

/* What is around the text or says no more than the title. */
static bool is_scaffold(const struct line *line, struct str title)
{
    static const char *const labels[] = {"문의", "담당", "(본문 없음)", NULL};
    struct str text = line->text;
    bool apart = line->kind == LINE_CONTACT || line->kind == LINE_JUNK || line->kind == LINE_CAPTION;
    bool bracket = text.n && text.p[0] == '<' && text.p[text.n - 1] == '>';
    return line->kind == LINE_BLANK || (apart && line->da == 0) || bracket || str_starts_any(text, labels) ||
           (line->chars < REPEATED && headline_overlap(text, title) >= SAME);
}

/* How often a line names a rank or post: lists of appointments do nothing else. */
static size_t count_posts(struct str s)
{
    static const char *const posts[] = {"서기관", "이사관", "사무관", "공무원", "연구관", "총경",
                                        "소방감", "준감",   "과장",   "팀장",   "담당관", "국장"};
    size_t n = 0;
    for (size_t i = 0; i < sizeof posts / sizeof *posts; i++)
        for (size_t at = str_find(s, str_from(posts[i]), 0); at != SIZE_MAX;
             at = str_find(s, str_from(posts[i]), at + 1))
            n++;
    return n;
}

static bool is_appointments(const struct rest *rest, struct str title)
{
    static const char *const words[] = {"인사발령", "인사 발령", "인사(", "인사 보도", "인사보도", "급 전보", NULL};
    bool titled = str_has_any(title, words) || str_ends(title, STR("인사"));
    return (titled && (rest->posts > 0 || !rest->lines)) ||
           (rest->posts >= 3 && rest->posts * CHARS_A_POST >= rest->chars);
}

static void collect(struct arena *arena, struct str text, struct str title, struct rest *rest)
{
    struct lines lines = lines_read(arena, text);
    for (size_t i = 0; i < lines.n; i++) {
        const struct line *line = &lines.items[i];
        if (page_names_attachment(line->text)) {
            rest->attachment = true;
            continue;
        }
        if (is_scaffold(line, title))
            continue;
        if (rest->text.n)
            buf_char(&rest->text, '\n');
        buf_str(&rest->text, line->text);
        rest->chars += line->chars;
        rest->posts += count_posts(line->text);
        rest->lines++;
        rest->sentences += line->chars >= SENTENCE && line->words >= 4;
    }
}

static bool is_text(const struct rest *rest)
{
    return rest->chars >= LEAST && rest->sentences > 0 && rest->sentences * 4 >= rest->lines;
}

static bool reject(const struct source *source, const struct rest *rest, struct str title, const struct lines *lines)
{
    const char *code, *why = page_why_none(lines, &code);
    if (is_appointments(rest, title))
        return page_reject(source, "no-article", "appointments: names and posts, no text");
    if (rest->attachment)
        return page_reject(source, "attachment-only", "no text but that of a file that it names as attached");
    if (!rest->lines)
        return page_reject(source, "no-body", "a title without a body");
    if (rest->chars < LEAST)
        return page_reject(source, "no-body", "a body of a few words");
    if (strcmp(why, "no article in it") == 0)
        why = "names and figures, hardly a sentence";
    return page_reject(source, code, why);
}

bool markdown_read(struct arena *arena, const struct source *source, size_t front, const struct str facts[FIELDS],
                   struct err *err)
{
    struct page page = {.reader = "markdown/1", .canonical = source->decoded.text};
    struct content content;
    struct lines lines;
    struct rest rest = {0};
    page.text = with_breaks(arena, page.canonical);
    lines = lines_read(arena, page.text);
    lines.single = !content_is_page(&lines);
    page.lines = &lines;
    for (size_t f = 0; f < FIELDS; f++)
        page.facts[f] = facts[f];
    if (!str_starts(page.facts[F_URL], STR("http")))
        page.facts[F_URL] = page_own_url(page.text);
    if (content_choose(arena, &lines, &content))
        return page_emit(arena, source, &page, &content, err);
    struct str title = facts[F_TITLE].n ? facts[F_TITLE] : content.title;
    collect(arena, text_section(with_breaks(arena, str_slice(page.canonical, front, page.canonical.n))), title, &rest);
    bool ok;
    if (lines.single && is_text(&rest) && !is_appointments(&rest, title)) {
        content = (struct content){.title = title, .body = str_copy(arena, buf_view(&rest.text)), .is_article = true};
        ok = page_emit(arena, source, &page, &content, err);
    } else {
        ok = reject(source, &rest, title, &lines);
    }
    buf_free(&rest.text);
    return ok;
}
