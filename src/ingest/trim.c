#include "ingest/trim.h"

#include "base/utf8.h"
#include "ingest/cues.h"
#include "ingest/dates.h"
#include "ingest/lines.h"
#include "ingest/outlet.h"

#include <string.h>

enum {
    HEAD_BYTES = 900,    /* of a text in which a picture's lines may precede it */
    CAPTION_BYTES = 200, /* longest caption in a line that goes on with the article */
    CREDIT_BYTES = 60,   /* "○○ 제공", "○○시 제공. " */
    TAIL_BYTES = 240,    /* longest reporter's line */
    AFTER_BYTES = 1500,  /* of a page's end that a text in one line may bring along */
};

static bool is_number(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("0123456789 .:-/()", s.p[i]) || !s.p[i])
            return false;
    return s.n > 0;
}

/* Byte after the last sentence of s that ends before `limit`; 0 for none. */
static size_t last_sentence(struct str s, size_t limit)
{
    size_t last = 0;
    struct str head = str_slice(s, 0, limit);
    for (size_t next = lines_sentence_end(head, 0); next < head.n; next = lines_sentence_end(head, next))
        last = next;
    return last;
}

/* "…<ⓒ ○○통신 무단전재": the copyright notice begins at its mark. */
static size_t mark_before(struct str s, size_t at)
{
    static const char *const marks[] = {"<", "ⓒ", "©", "[ⓒ", "▶"};
    enum { NEAR = 90 };
    size_t from = at > NEAR ? at - NEAR : 0, best = at;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t hit = str_find(str_slice(s, 0, at), str_from(marks[i]), from);
        best = hit != SIZE_MAX && hit < best ? hit : best;
    }
    return best;
}

/* What follows the article in a text that is all in one line: "사진 설명) …", "다른기사보기 …", "구독 +". */
static struct str without_page_end(struct str s)
{
    unsigned kind;
    size_t begin, end, from = s.n > AFTER_BYTES ? s.n - AFTER_BYTES : 0, first = lines_sentence_end(s, 0);
    from = from > first ? from : first;
    while (from < s.n && ((unsigned char)s.p[from] & 0xc0) == 0x80)
        from++;
    if (first >= s.n || !cues_next(s, from, CUE_TAIL, &kind, &begin, &end))
        return s;
    size_t sentence = last_sentence(s, begin);
    return str_slice(s, 0, begin - sentence > TAIL_BYTES ? begin : sentence);
}

/* "홍길동", "홍길동/김하나", "홍길동·김하나 기자": names of three syllables. */
static bool is_names(struct str s)
{
    enum { SYLLABLES = 3, NAMES = 4 };
    size_t syllables = 0, names = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        bool between = c == '/' || c == ',' || c == 0xb7 || c == ' ';
        if (!between && !utf8_is_hangul(c))
            return false;
        syllables = between ? 0 : syllables + 1;
        names += syllables == SYLLABLES;
        if (syllables > SYLLABLES || (c == '/' && !names))
            return false;
    }
    return syllables == SYLLABLES && names <= NAMES && s.n <= names * (3 * SYLLABLES + 2);
}

/* A sentence without its full stop, or one that the source has cut off: a notice has no particles to speak of. */
static bool is_sentence(struct str s)
{
    struct line line = {.text = s};
    lines_count_words(&line);
    return line.words >= 6 && line.particles * 5 >= line.words * 2;
}

/* Byte where the reporter's name begins behind "… 기대된다"; 0 where no sentence precedes it. */
static size_t unstopped_end(struct str tail)
{
    size_t last = 0;
    for (size_t at = str_find(tail, STR("다 "), 0); at != SIZE_MAX; at = str_find(tail, STR("다 "), at + 3))
        if (!str_starts(str_trim(str_slice(tail, at + strlen("다"), tail.n)), STR("기자"))) /* a name may end so */
            last = at + strlen("다");
    struct line line = {.text = str_slice(tail, 0, last)};
    lines_count_words(&line);
    return line.words >= 6 ? last : 0;
}

/* What stands behind the last sentence and is no text: reporter, address, copyright, a date, "[사진=…]". */
static struct str without_tail(struct str s)
{
    unsigned kind;
    size_t begin, end, first = lines_sentence_end(s, 0);
    if (first < s.n && cues_next(s, first, CUE_LEGAL, &kind, &begin, &end) && (s.n - begin < 600 || first < begin / 2))
        s = str_slice(s, 0, mark_before(s, begin));
    s = without_page_end(s);
    size_t last = last_sentence(s, s.n);
    struct str tail = str_slice(s, last, s.n);
    struct str stripped = str_trim(tail);
    if (!last || stripped.n > TAIL_BYTES || lines_sentence_end(tail, 0) < tail.n || str_ends(stripped, STR(".")))
        return s;
    unsigned cues = cues_in(stripped);
    bool reporter = str_find(tail, STR("기자"), 0) != SIZE_MAX || str_find(tail, STR("@"), 0) != SIZE_MAX;
    bool notice = (cues & (CUE_LEGAL | CUE_NOTICE | CUE_BYLINE)) ||
                  ((cues & (CUE_CAPTION | CUE_CONTACT | CUE_JUNK)) && !is_sentence(stripped));
    bool cut = reporter || notice || is_number(stripped) || is_names(stripped);
    return cut ? str_slice(s, 0, last + unstopped_end(tail)) : s;
}

static struct str without_marks(struct str s)
{
    static const char *const marks[] = {"-", "–", "―", "▶", "◆", "■", "□", "○", "·"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks;)
        if (str_starts(s, str_from(marks[i]))) {
            s = str_trim(str_slice(s, strlen(marks[i]), s.n));
            i = 0;
        } else {
            i++;
        }
    return s;
}

/* A repetition of headline or subtitle at the start of a text that is all in one line. */
static struct str without_repetition(struct str s, struct str heading)
{
    struct str plain = without_marks(s);
    heading = without_marks(heading);
    if (heading.n >= 20 && plain.n > 2 * heading.n && str_starts(plain, heading))
        return str_trim(str_slice(plain, heading.n, plain.n));
    return s;
}

/* A page that came as one line: what stands before its first sentence, up to the labelled date, buttons and reporter
 * behind it included. Buttons' words alone prove nothing, for an article may speak of them. */
static struct str without_page_head(struct str s)
{
    enum { BUTTONS = 90 /* bytes behind the date in which they follow */ };
    size_t sentence = lines_sentence_end(s, 0), begin, end, cut = 0;
    struct date_found date;
    unsigned kind;
    struct str head = str_slice(s, 0, sentence);
    if (!cues_next(head, 0, CUE_JUNK, &kind, &begin, &end) || !cues_next(head, 0, CUE_PUBLISHED, &kind, &begin, &end) ||
        !dates_next(head, end, &date))
        return s;
    cut = date.end;
    for (size_t at = cut; cues_next(head, at, CUE_JUNK, &kind, &begin, &end) && begin < cut + BUTTONS; at = end)
        cut = end;
    struct str rest = str_slice(head, cut, cut + BUTTONS);
    size_t reporter = str_find(rest, STR("기자 "), 0);
    cut += reporter == SIZE_MAX ? 0 : reporter + strlen("기자 ");
    return sentence - cut > 30 ? str_trim(str_slice(s, cut, s.n)) : s;
}

/* "… [사진=○○ 제공]": byte after the bracket that names a picture in the first words; 0 for none. */
static size_t picture_bracket(struct str head)
{
    static const char *const pairs[][2] = {{"[사진", "]"}, {"(사진", ")"}, {"<사진", ">"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t open = str_find(head, str_from(pairs[i][0]), 0);
        size_t close = open == SIZE_MAX || open == 0 ? SIZE_MAX : str_find(head, str_from(pairs[i][1]), open);
        if (close != SIZE_MAX && str_find(str_slice(head, open, close), STR("="), 0) != SIZE_MAX)
            return close + 1;
    }
    return 0;
}

/* "▲ ○○ 조감도. ○○시 제공. …", "lead. ○○ 제공 lead …": byte after the credit of the picture whose line opens the
 * text; 0 for none. */
static size_t picture_credit(struct str s)
{
    enum { SAME = 45 };
    bool marked = str_starts(s, STR("▲")) || str_starts(s, STR("△"));
    size_t first = lines_sentence_end(s, 0);
    struct str head = str_head(s, marked ? CAPTION_BYTES : first + CREDIT_BYTES);
    size_t credit = str_find(head, STR("제공"), marked ? 0 : first);
    if (credit == SIZE_MAX)
        return 0;
    credit += strlen("제공");
    while (credit < s.n && strchr(". )]", s.p[credit]))
        credit++;
    struct str again = str_head(s, SAME);
    return marked || (first > SAME && str_starts(str_slice(s, credit, s.n), again)) ? credit : 0;
}

/* "caption … photo@… [서울=○○] 홍길동 기자 = text": where the agency's mark begins; 0 where none follows a picture. */
static size_t agency_mark(struct str s)
{
    struct str head = str_head(s, HEAD_BYTES);
    for (size_t open = str_find(head, STR("["), 1); open != SIZE_MAX; open = str_find(head, STR("["), open + 1)) {
        size_t close = str_find(head, STR("]"), open);
        if (close == SIZE_MAX || close - open > CREDIT_BYTES)
            continue;
        struct str reporter = str_slice(head, close, close + CREDIT_BYTES), before = str_slice(head, 0, open);
        if (str_find(str_slice(head, open, close), STR("="), 0) != SIZE_MAX &&
            str_find(reporter, STR("기자 ="), 0) != SIZE_MAX && str_find(before, STR("사진"), 0) != SIZE_MAX)
            return open;
    }
    return 0;
}

static struct str without_picture(struct str s)
{
    size_t first = lines_sentence_end(s, 0),
           cut = picture_bracket(str_head(s, first < CAPTION_BYTES ? first : CAPTION_BYTES));
    cut = cut ? cut : picture_credit(s);
    cut = cut ? cut : agency_mark(s);
    return cut && s.n - cut > CAPTION_BYTES ? str_trim(str_slice(s, cut, s.n)) : s;
}

struct str trim_line(struct str s, bool first, bool last, struct str title, struct str subtitle, struct str *outlet)
{
    struct str named = {NULL, 0};
    if (first) {
        s = without_page_head(s);
        s = without_repetition(without_repetition(s, title), subtitle);
        s = without_picture(s);
        s = str_trim(str_slice(s, outlet_lead_mark(s, &named), s.n));
        if (named.n && !outlet->n)
            *outlet = named;
    }
    return last ? str_trim(without_tail(s)) : s;
}

bool trim_repeats(struct str line, struct str heading)
{
    enum { LEAST = 30 };
    if (str_equal(line, heading))
        return true;
    size_t n = heading.n;
    while (n > 0 && (heading.p[n - 1] == '.' || heading.p[n - 1] == ' '))
        n--;
    bool cut = n + 1 < heading.n && n >= LEAST && line.n < 2 * heading.n && str_starts(line, str_slice(heading, 0, n));
    return cut || (line.n >= LEAST && line.n * 10 >= heading.n * 6 && str_find(heading, line, 0) != SIZE_MAX);
}
