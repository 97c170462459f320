#include "ingest/headline.h"

#include "base/pairs.h"
#include "ingest/cues.h"
#include "ingest/decode.h"
#include "ingest/outlet.h"

#include <string.h>

enum {
    CANDIDATES = 25,      /* lines above the text that may be its headline */
    HEAD_BYTES = 3000,    /* of the text that a headline is compared with */
    REPEAT_BYTES = 65536, /* of the page in which a headline may be repeated */
    MAX_TITLE = 120,      /* characters */
    HEADLINE_MORE = 40,   /* bytes that a line may have beside the headline of the page's metadata */
};

static struct str strip_prefix(struct str s, struct str prefix)
{
    return str_starts(s, prefix) ? str_trim(str_slice(s, prefix.n, s.n)) : s;
}

/* Site names after the headline in an HTML title: "headline < section < site", "headline | site", "headline :: site".
 */
static struct str without_site(struct str s)
{
    static const char *const marks[] = {" < ", " | ", " :: ", " ： ", " » "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = str_find(s, str_from(marks[i]), 0);
        if (at != SIZE_MAX && utf8_count(str_slice(s, 0, at)) >= 8)
            s = str_slice(s, 0, at);
    }
    return str_trim(s);
}

/* " - ○○뉴스" at the end of a headline. */
static struct str site_tail(struct str s)
{
    size_t at = SIZE_MAX;
    for (size_t next = str_find(s, STR(" - "), 0); next != SIZE_MAX; next = str_find(s, STR(" - "), next + 3))
        at = next;
    return at != SIZE_MAX && outlet_is(str_trim(str_slice(s, at + 3, s.n))) ? str_slice(s, at, s.n)
                                                                            : str_slice(s, s.n, s.n);
}

static struct str unquote_value(struct str s)
{
    if (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0])
        return str_slice(s, 1, s.n - 1);
    return s;
}

/* "제목:", "제 목 : ", full-width colon too, or "제목" in a table's cell of its own. */
static struct str strip_title_label(struct str s)
{
    struct str rest = s;
    if (!str_starts(rest, STR("제")))
        return s;
    rest = str_trim(str_slice(rest, strlen("제"), rest.n));
    if (!str_starts(rest, STR("목")))
        return s;
    rest = str_slice(rest, strlen("목"), rest.n);
    if (str_starts(rest, STR("\t")))
        return str_trim(rest);
    rest = str_trim(rest);
    size_t colon = str_starts(rest, STR(":")) ? 1 : str_starts(rest, STR("：")) ? strlen("：") : 0;
    return colon ? str_trim(str_slice(rest, colon, rest.n)) : s;
}

static struct str peel(struct str s)
{
    s = str_trim(s);
    if (str_starts(s, STR("title:")))
        s = unquote_value(strip_prefix(s, STR("title:")));
    while (str_starts(s, STR("#")))
        s = str_trim(str_slice(s, 1, s.n));
    s = strip_prefix(s, STR("새글 "));
    s = strip_title_label(s);
    s = without_site(s);
    s = str_slice(s, 0, s.n - site_tail(s).n);
    static const char *const tails[] = {"NEW", "새로운글", "새글"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (str_ends(s, str_from(tails[i])) && s.n > 30)
            s = str_trim(str_slice(s, 0, s.n - strlen(tails[i])));
    return s;
}

struct str headline_clean(struct arena *arena, struct str line)
{
    struct str s = decode_squeeze(arena, peel(line));
    if (utf8_count(s) <= MAX_TITLE)
        return s;
    size_t at = 0;
    for (size_t i = 0; i < MAX_TITLE; i++)
        utf8_next(s, &at);
    while (at > 0 && s.p[at - 1] != ' ')
        at--;
    return str_trim(str_slice(s, 0, at ? at : s.n));
}

/* The start of a text: most words of most candidates are not there, and need no search. */
struct head {
    struct str text;
    struct pairs pairs;
};

/* A character that the text's end cuts in two is read to its own end. */
static void read_head(struct str text, struct head *head)
{
    uint32_t before = 0;
    *head = (struct head){.text = text};
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        pairs_add(&head->pairs, before, c);
        before = c;
    }
}

static double overlap(struct str title, const struct head *head)
{
    unsigned words = 0, found = 0;
    for (size_t i = 0; i < title.n;) {
        size_t from = i, syllables = 0, end = i;
        uint32_t first = 0, second = 0;
        while (i < title.n) {
            size_t at = i;
            uint32_t c = utf8_next(title, &at);
            if (!utf8_is_letter(c))
                break;
            i = at;
            if (++syllables == 1)
                first = c;
            else if (syllables == 2) {
                second = c;
                end = i;
            }
        }
        if (syllables >= 2) {
            words++;
            found += pairs_have(&head->pairs, first, second) &&
                     str_find(head->text, str_slice(title, from, end), 0) != SIZE_MAX;
        }
        if (i == from)
            utf8_next(title, &i);
    }
    return words ? (double)found / words : 0;
}

double headline_overlap(struct str title, struct str text)
{
    struct head head;
    read_head(text, &head);
    return overlap(title, &head);
}

/* Does the candidate occur a second time above the text: as the page's title, over the text … */
static bool is_repeated(const struct lines *lines, size_t index, struct str title, size_t body_first)
{
    size_t seen = 0;
    for (size_t i = 0; i < body_first && seen < REPEAT_BYTES; i++) {
        struct str other = lines->items[i].text;
        seen += other.n + 1;
        if (i != index && other.n >= title.n && str_find(other, title, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

static bool is_subtitle_mark(struct str s)
{
    static const char *const marks[] = {"-", "–", "―", "ㅡ", "▲",  "△", "▶", "▷", "◇",
                                        "◆", "■", "□", "※",  "> ", "•", "·", "*", NULL};
    return str_starts_any(s, marks);
}

/* "○○판 / 지역", "홈 > 뉴스 > 경제": short names side by side say where the page stands. */
static bool is_breadcrumb(struct str s)
{
    enum { NAME = 10 };
    size_t names = 0, from = 0;
    for (size_t i = 0; i <= s.n; i++) {
        bool mark = i > 0 && i + 1 < s.n && (s.p[i] == '/' || s.p[i] == '>' || s.p[i] == '|') && s.p[i - 1] == ' ' &&
                    s.p[i + 1] == ' ';
        if (!mark && i < s.n)
            continue;
        if (utf8_count(str_trim(str_slice(s, from, i))) > NAME)
            return false;
        names++;
        from = i + 1;
    }
    return names > 1;
}

/* "○○시 보도자료": a letterhead. */
static bool is_letterhead(struct str title)
{
    return str_ends(title, STR("보도자료")) && utf8_count(title) <= 20 && str_find(title, STR(","), 0) == SIZE_MAX;
}

/* Is it what the page's metadata call it, perhaps with other marks? */
static bool is_named(struct str headline, struct str title)
{
    static const double SAME_WORDS = 0.8;
    return headline.n && title.n < headline.n + HEADLINE_MORE && headline_overlap(headline, title) >= SAME_WORDS;
}

static double title_score(const struct lines *lines, size_t index, size_t body_first, const struct head *head)
{
    static const char *const captions[] = {"사진", "=", "ⓒ", "/", NULL};
    static const char *const marks[] = {",", "…", "‘", "“", "'", "\"", "·", "!", "「", NULL};
    const struct line *line = &lines->items[index];
    struct str title = peel(line->text);
    size_t chars = utf8_count(title);
    bool front_matter = str_starts(line->text, STR("title:"));
    struct str outlet;
    if (chars < 5 || chars > 110 || is_breadcrumb(title) || (index > 0 && outlet_lead_mark(title, &outlet) > 0) ||
        (is_subtitle_mark(title) && !front_matter))
        return -1000;
    /* "… 공동 사무실 제공" ends like a caption */
    bool caption =
        line->kind == LINE_CAPTION && line->da == 0 && str_ends(title, STR("제공")) && !str_has_any(title, captions);
    bool may = caption || line->kind == LINE_SHORT || line->kind == LINE_LONG || line->kind == LINE_ITEM ||
               (line->kind == LINE_PROSE && line->ends <= 1) || line->kind == LINE_MENU || front_matter;
    if (!may || (line->kind == LINE_MENU && title.n == line->text.n))
        return -1000;
    double score = 20 * overlap(title, head);
    score += chars >= 12 && chars <= 70 ? 6 : 0;
    score += str_has_any(title, marks) ? 4 : 0;
    score += chars >= 10 && is_repeated(lines, index, title, body_first) ? 12 : 0;
    score += front_matter || str_starts(line->text, STR("# ")) ? 12 : 0;
    score -= str_ends(title, STR("다.")) ? 15 : 0;
    score -= str_find(title, STR(" "), 0) == SIZE_MAX ? 8 : 0;
    score -= caption ? 6 : 0;
    score -= is_letterhead(title) ? 30 : 0;
    score += strip_title_label(line->text).n != line->text.n ? 12 : 0;
    score += line->marks & MARK_HEADING ? 6 : 0;
    score += is_named(lines->headline, title) ? 12 : 0;
    return score;
}

/* The first line of a text that has nothing but headings above its body: the headline. */
static size_t bare_headline(const struct lines *lines, size_t body_first)
{
    size_t first = SIZE_MAX, n = 0;
    for (size_t i = 0; i < body_first; i++) {
        enum line_kind kind = lines->items[i].kind;
        if (kind == LINE_BLANK)
            continue;
        if (kind != LINE_SHORT && kind != LINE_LONG && kind != LINE_PROSE && first == SIZE_MAX)
            return SIZE_MAX;
        first = first == SIZE_MAX ? i : first;
        if (++n > 4)
            return SIZE_MAX;
    }
    return first;
}

/* Is the candidate the first of the headings over the text, or does the line of date and reporter follow it? */
static double place_score(const struct lines *lines, size_t index, size_t body_first)
{
    double score = 0;
    size_t above = index;
    while (above > 0 && lines->items[--above].kind == LINE_BLANK)
        ;
    const struct line *before = &lines->items[above];
    bool heading = before->kind == LINE_SHORT || before->kind == LINE_LONG;
    if (above == index || before->chars < 5 || !(heading || before->kind == LINE_DATE || before->kind == LINE_BYLINE))
        score += 4;
    size_t seen = 0;
    for (size_t i = index + 1; i < body_first && seen < 2; i++) {
        enum line_kind kind = lines->items[i].kind;
        seen += kind != LINE_BLANK;
        if (kind == LINE_DATE || kind == LINE_BYLINE || (kind == LINE_SHORT && (lines->items[i].cues & CUE_PUBLISHED)))
            return score + 5;
    }
    return score;
}

/* Of two headings directly above the line of date and reporter the second is the subtitle, however many of its words
 * the text repeats, where the first speaks of the same matter. */
static size_t first_of_two(const struct lines *lines, size_t best, size_t body_first, const struct head *head)
{
    static const double SAME_MATTER = 0.5;
    size_t below = best + 1;
    if (best == 0 || best >= lines->n)
        return best;
    while (below < body_first && lines->items[below].kind == LINE_BLANK)
        below++;
    enum line_kind next = lines->items[below].kind;
    const struct line *first = &lines->items[best - 1], *second = &lines->items[best];
    struct str title = peel(first->text), subtitle = peel(second->text);
    if (below >= body_first ||
        (next != LINE_DATE && next != LINE_BYLINE && !(lines->items[below].cues & CUE_PUBLISHED)))
        return best;
    bool heading = first->kind == LINE_SHORT || (first->kind == LINE_LONG && second->chars <= first->chars);
    if (!heading || first->words < 3 || first->chars < 12 || second->chars > 2 * first->chars ||
        str_find(title, subtitle, 0) != SIZE_MAX || str_find(subtitle, title, 0) != SIZE_MAX ||
        overlap(title, head) < SAME_MATTER || title_score(lines, best - 1, body_first, head) <= 0 ||
        (is_repeated(lines, best, subtitle, body_first) && !is_repeated(lines, best - 1, title, body_first)))
        return best;
    return best - 1;
}

size_t headline_find(struct arena *arena, const struct lines *lines, size_t body_first, size_t body_last)
{
    (void)arena;
    size_t best = lines->n, seen = 0;
    double best_score = 6, penalty = 0;
    const struct str start = lines->items[body_first].text, end = lines->items[body_last].text;
    struct head head;
    read_head(str_slice((struct str){start.p, (size_t)(end.p + end.n - start.p)}, 0, HEAD_BYTES), &head);
    size_t top = bare_headline(lines, body_first);
    for (size_t i = body_first; i-- > 0;) {
        if (lines->items[i].kind == LINE_BLANK)
            continue;
        if (++seen > CANDIDATES && i >= 3)
            continue;
        double score = title_score(lines, i, body_first, &head) + place_score(lines, i, body_first) - penalty;
        score += i == top ? 12 : 0;
        if (score > best_score) {
            best_score = score;
            best = i;
        }
        penalty = penalty < 10 ? penalty + 0.7 : penalty;
    }
    return first_of_two(lines, best, body_first, &head);
}

/* "부처: …", "원문: https://…", "○○신문 / 경제", "[○○ 기자]": details beside a headline that are no subtitle. */
static bool is_detail(struct str s)
{
    struct str outlet;
    size_t colon = str_find(str_slice(s, 0, 24), STR(":"), 0);
    return (colon != SIZE_MAX && str_find(str_slice(s, 0, colon), STR(" "), 0) == SIZE_MAX) ||
           str_find(s, STR("://"), 0) != SIZE_MAX || (outlet_among(s).n && utf8_count(s) < 30) ||
           outlet_lead_mark(s, &outlet) > 0;
}

struct str headline_subtitle(struct arena *arena, const struct lines *lines, size_t title, size_t body_first)
{
    struct buf out = {0};
    struct str headline = peel(lines->items[title].text);
    for (size_t i = title + 1; i < body_first && out.n < 600; i++) {
        const struct line *line = &lines->items[i];
        struct str s = line->text;
        bool marked = is_subtitle_mark(s);
        if (line->kind != LINE_SHORT && line->kind != LINE_LONG && line->kind != LINE_PROSE && line->kind != LINE_ITEM)
            continue;
        while (is_subtitle_mark(s)) {
            size_t at = 0;
            utf8_next(s, &at);
            s = str_trim(str_slice(s, at, s.n));
        }
        if (str_ends(s, STR(" -")))
            s = str_trim(str_slice(s, 0, s.n - 2));
        if (str_find(s, headline, 0) != SIZE_MAX || str_find(headline, s, 0) != SIZE_MAX || line->chars < 8)
            continue;
        if (!marked && (line->words < 3 || line->chars < 15))
            continue;
        if (is_detail(s))
            continue;
        if (out.n)
            buf_text(&out, " / ");
        buf_str(&out, s);
    }
    struct str result = decode_squeeze(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

struct str headline_title_outlet(struct str line)
{
    struct str tail = site_tail(without_site(str_trim(line)));
    return tail.n ? str_trim(str_slice(tail, 3, tail.n)) : tail;
}
