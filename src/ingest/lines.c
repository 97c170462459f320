/* Line features. A line of a Korean news article says 다. (or 요. 까?), holds many inflected words and is long; a line
 * of the page around it is short, repeats known phrases (cues.h), or sets names side by side. */
#include "ingest/lines.h"

#include "base/utf8.h"
#include "ingest/context.h"
#include "ingest/cues.h"
#include "ingest/dates.h"
#include "ingest/decode.h"
#include "ingest/headline.h"

#include <string.h>

enum {
    SHORT_LINE = 60,    /* characters up to which one junk phrase condemns a line */
    STOP_LINE = 60,     /* characters of a section's heading, an article's name behind it included */
    ASKING = 160,       /* characters of "… 연락주시기 바랍니다." */
    NOTICE = 400,       /* characters of a notice that is all in polite sentences */
    CLAUSE = 80,        /* characters from which a line full of particles is no caption for its last word */
    LONG_LINE = 45,     /* characters from which grammar without a sentence end counts */
    ITEM_BLOB = 60,     /* characters of a listed article's lead */
    HEADING_LINE = 120, /* characters up to which a heading element holds a heading */
    LINKED_LINE = 12,   /* characters from which a link is another article's headline and no button */
};

enum { DA = 0xb2e4 /* 다 */ };

static bool is_closing(uint32_t c)
{
    switch (c) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '>':
    case 0x201d:
    case 0x2019:
    case 0x3009:
    case 0x300b:
    case 0x300d:
    case 0x300f: return true;
    default: return false;
    }
}

/* Last syllables of inflected words: particles and connective endings. */
static bool is_particle(uint32_t c)
{
    enum { SLOTS = 87 }; /* each has one of its own */
#define AT(c) [(c) % SLOTS] = (c)
    static const uint16_t particles[SLOTS] = {
        AT(0xc740), AT(0xb294), AT(0xc774), AT(0xac00), AT(0xc744), AT(0xb97c),
        AT(0xc5d0), AT(0xc758), /* 은는이가을를에의 */
        AT(0xb85c), AT(0xc640), AT(0xacfc), AT(0xb3c4), AT(0xc11c), AT(0xace0),
        AT(0xba70), AT(0xd55c), /* 로와과도서고며한 */
        AT(0xb41c), AT(0xd560), AT(0xd574), AT(0xd558), AT(0xb2e4), AT(0xba74),
        AT(0xb4f1), AT(0xae30),                                                 /* 된할해하다면등기 */
        AT(0xb4e4), AT(0xb77c), AT(0xc73c), AT(0xbc0f), AT(0xc704), AT(0xac8c), /* 들라으및위게 */
    };
#undef AT
    return particles[c % SLOTS] == c;
}

struct scan {
    uint32_t last, before; /* the last two characters that are no blank and no closing mark */
    bool mark;             /* last was a sentence mark after Hangul */
    unsigned separators, arrows;
    unsigned digits, letters; /* ASCII digits; other letters and digits */
};

static void end_word(struct line *line, uint32_t last)
{
    line->words++;
    if (is_particle(last)) {
        line->particles++;
        line->endings |= 1u << last % 31;
    }
}

/* Sentence ends: a full stop after a Hangul syllable (not within numbers, initials or addresses). */
static void count_end(struct line *line, size_t at, uint32_t previous, uint32_t second)
{
    struct str s = line->text;
    bool apart = previous == ' ' && second == DA && (at == s.n || s.p[at] == ' ' || s.p[at] == '"');
    if (!apart && (!utf8_is_hangul(previous) || (at < s.n && s.p[at] == '.')))
        return;
    line->ends++;
    line->da += apart || previous == DA;
    line->polite += previous == DA && second == 0xb2c8; /* 니다 */
}

static void measure(struct line *line, struct scan *scan)
{
    struct str s = line->text;
    uint32_t word = 0, previous = 0, second = 0;
    for (size_t i = 0; i < s.n; line->chars++) {
        uint32_t c = utf8_next(s, &i);
        bool hangul = utf8_is_hangul(c);
        if (!hangul && (c == ' ' || c == 0xa0 || c == '\t' || c == 0x3000)) {
            if (word)
                end_word(line, word);
            word = 0;
            second = previous;
            previous = c;
            continue;
        }
        if (hangul || utf8_is_letter(c)) {
            word = c;
            scan->digits += c - '0' < 10;
            scan->letters += c - '0' >= 10;
        } else {
            word = word ? word : '-';
            scan->separators += c == '|' || c == 0xff5c;
            scan->arrows += c == '>' || c == '<' || c == 0x203a || c == 0xbb;
            if (c == '.')
                count_end(line, i, previous, second);
        }
        if (hangul || !is_closing(c)) {
            scan->before = scan->last;
            scan->last = c;
        }
        second = previous;
        previous = c;
    }
    if (word)
        end_word(line, word);
    line->complete = scan->last == DA ||
                     ((scan->last == '.' || scan->last == '!' || scan->last == '?') && utf8_is_hangul(scan->before));
}

static bool has_email(struct str s)
{
    size_t at = str_find(s, STR("@"), 0);
    return at != SIZE_MAX && str_find(s, STR("."), at) != SIZE_MAX;
}

/* Does the line hold a date and little else: digits, date words and marks, a label or two? */
static bool is_date_like(const struct line *line, const struct scan *scan)
{
    struct date_found date;
    return scan->digits >= 6 && scan->digits >= scan->letters && line->chars < 80 && dates_next(line->text, 0, &date);
}

bool lines_is_bullet(struct str s)
{
    return str_starts(s, STR("•")) || str_starts(s, STR("·")) || str_starts(s, STR("▪"));
}

bool lines_is_cut_off(struct str s)
{
    return str_ends(s, STR("…")) || str_ends(s, STR("...")) || str_ends(s, STR("··")) || str_ends(s, STR(".."));
}

/* "1. title lead lead": an entry of a ranking; a numbered paragraph of a press release is complete. */
static bool is_numbered_item(const struct line *line)
{
    struct str s = line->text;
    size_t i = 0;
    while (i < s.n && i < 2 && s.p[i] >= '0' && s.p[i] <= '9')
        i++;
    return i > 0 && i + 1 < s.n && (s.p[i] == '.' || s.p[i] == ')') && s.p[i + 1] == ' ' && line->chars >= 20 &&
           (lines_is_cut_off(s) ||
            ((line->chars > ITEM_BLOB ? !line->complete || line->ends > 1 : true) && line->da != 1));
}

/* "[사진1: …", "*사진설명 : …": a picture's line even where it is a sentence. */
static bool starts_as_caption(struct str s)
{
    size_t at = str_find(str_slice(s, 0, 16), STR("사진"), 0);
    return at != SIZE_MAX && at <= 6;
}

/* "… 듣고 있다. 나루시 제공", "… 하고 있다./사진=나루통신": one sentence, then whose picture it is. */
static bool ends_as_caption(const struct line *line)
{
    static const char *const ends[] = {"제공", "제공)", "제공]", "DB", NULL};
    if (line->da != 1 || line->complete)
        return false;
    if (str_ends_any(line->text, ends))
        return true;
    return str_find(str_slice(line->text, lines_sentence_end(line->text, 0), line->text.n), STR("사진="), 0) !=
           SIZE_MAX;
}

/* "#나루 #지역소식 #창업": every word a hash tag. */
static bool is_tags(struct str s)
{
    struct str rest = s, word;
    bool any = false;
    while (str_field(&rest, ' ', &word)) {
        if (word.n && word.p[0] != '#')
            return false;
        any = any || word.n > 1;
    }
    return any && s.p[0] == '#' && s.n > 1 && s.p[1] != '#';
}

/* A file that can be downloaded: "….hwp[107 kb]". */
static bool is_attachment(const struct line *line)
{
    static const char *const types[] = {"hwp", "hwpx", "pdf", "jpg", "jpeg", "png", "zip", "xlsx", "HWP", "JPG"};
    if (line->da > 0 || line->chars > 300)
        return false;
    for (size_t at = str_find(line->text, STR("."), 0); at != SIZE_MAX; at = str_find(line->text, STR("."), at + 1))
        for (size_t i = 0; i < sizeof types / sizeof *types; i++)
            if (str_starts(str_slice(line->text, at + 1, line->text.n), str_from(types[i])))
                return true;
    return false;
}

static enum line_kind kind_by_cues(const struct line *line)
{
    bool short_line = line->chars < SHORT_LINE && line->da == 0;
    unsigned cues = line->cues;
    if ((cues & CUE_STOP) && line->chars < STOP_LINE && line->polite == line->da)
        return LINE_STOP;
    if ((cues & (CUE_LEGAL | CUE_NOTICE)) &&
        (line->da == 0 || (line->chars < NOTICE && (line->da == 1 || line->polite == line->da))))
        return LINE_JUNK;
    if ((cues & CUE_FOOTER) && line->da == 0)
        return LINE_JUNK;
    if ((cues & CUE_JUNK) &&
        (short_line || (line->da > 0 && line->da <= 3 && line->polite == line->da && line->chars < NOTICE) ||
         (line->ends == 0 && line->particles * 4 < line->words)))
        return LINE_JUNK;
    bool clause = line->chars >= CLAUSE && line->particles * 3 >= line->words; /* "… 의견을 제공" */
    if ((cues & CUE_CAPTION) && line->chars < 120 &&
        ((line->da == 0 && !clause) || starts_as_caption(line->text) || ends_as_caption(line)))
        return LINE_CAPTION;
    if (is_attachment(line) || is_tags(line->text))
        return LINE_JUNK;
    if ((cues & CUE_BYLINE) && line->chars < 50 && line->da == 0)
        return LINE_BYLINE;
    if ((cues & CUE_CONTACT) && line->ends < 2 &&
        (!line->complete || line->words < 4 || (line->polite && line->chars < ASKING)))
        return LINE_CONTACT;
    return LINE_BLANK;
}

/* "(아무개 팀장 270-0000)": parenthesised, with a telephone number. */
static bool is_contact_note(struct str s)
{
    if (!str_starts(s, STR("(")) && !str_starts(s, STR("〔")) && !str_starts(s, STR("[")) && !str_starts(s, STR("【")))
        return false;
    for (size_t i = 3; i + 5 <= s.n; i++)
        if (s.p[i] == '-' && s.p[i - 1] >= '0' && s.p[i - 1] <= '9' && s.p[i - 2] >= '0' && s.p[i - 2] <= '9' &&
            s.p[i + 1] >= '0' && s.p[i + 1] <= '9' && s.p[i + 4] >= '0' && s.p[i + 4] <= '9')
            return true;
    return false;
}

/* "홈 > 뉴스 > 경제": where the page stands in its site. */
static bool is_path(struct str s)
{
    size_t first = str_find(s, STR(" > "), 0);
    return first != SIZE_MAX && str_find(s, STR(" > "), first + 3) != SIZE_MAX;
}

/* Names in a row may end alike ("○○면 ○○면"), inflected words do not. */
static bool has_endings(const struct line *line)
{
    unsigned rest = line->endings & (line->endings - 1);
    return (rest & (rest - 1)) != 0; /* three or more */
}

/* "12 headline … 홍보실 2024-01-05 84": a row of a board. */
static bool is_board_row(const struct line *line)
{
    struct str s = line->text;
    struct date_found date;
    size_t i = 0;
    while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
        i++;
    return i > 0 && i < 7 && i < s.n && (s.p[i] == ' ' || s.p[i] == '\t') && line->ends == 0 && line->chars < 200 &&
           dates_next(s, i, &date) && date.end + 20 > s.n;
}

static enum line_kind kind_of(const struct line *line, const struct scan *scan)
{
    struct str s = line->text;
    if (s.n == 0)
        return LINE_BLANK;
    enum line_kind by_cues = kind_by_cues(line);
    if (by_cues != LINE_BLANK)
        return by_cues;
    if (is_contact_note(s) && line->da == 0)
        return LINE_CONTACT;
    if (is_date_like(line, scan))
        return LINE_DATE;
    if (has_email(s) && line->chars < SHORT_LINE && line->da == 0)
        return LINE_BYLINE;
    if ((scan->separators >= 2 || scan->arrows >= 3 || is_path(s)) && line->da == 0)
        return LINE_MENU;
    if (is_numbered_item(line) || is_board_row(line))
        return LINE_ITEM;
    if (line->da > 0 || (line->ends > 0 && line->chars >= 15))
        return LINE_PROSE;
    if (line->chars >= LONG_LINE && line->particles * 5 >= line->words && (line->words < 8 || has_endings(line)))
        return LINE_LONG;
    if (line->chars >= LONG_LINE && line->words >= 12 && line->particles * 10 < line->words)
        return LINE_MENU;
    return LINE_SHORT;
}

static double worth_of(const struct line *line)
{
    double chars = line->chars < 400 ? line->chars : 400;
    switch (line->kind) {
    case LINE_PROSE:
        if (line->polite && line->polite == line->da) /* notices say 니다, news seldom */
            return 0.4 * chars;
        return (line->complete ? 1.0 : 0.5) * chars + (line->da ? 20 : 0);
    case LINE_LONG: return (lines_is_cut_off(line->text) ? 0.1 : line->wrapped ? 0.8 : 0.4) * chars;
    case LINE_SHORT: return -6;
    case LINE_MENU: return -40;
    case LINE_JUNK: return -30;
    case LINE_ITEM: return -60;
    case LINE_CONTACT: return -20;
    case LINE_BYLINE: return -4;
    case LINE_DATE: return -8;
    case LINE_CAPTION: return -2;
    case LINE_BLANK: return -0.2;
    case LINE_STOP: break;
    }
    return 0;
}

static size_t count_lines(struct str page)
{
    size_t n = 1;
    for (size_t at = str_find(page, STR("\n"), 0); at != SIZE_MAX; at = str_find(page, STR("\n"), at + 1))
        n++;
    return n;
}

bool lines_too_many(struct str page)
{
    return page.n >= LINES_MAX && count_lines(page) > LINES_MAX;
}

bool lines_is_barrier(const struct line *line)
{
    return line->kind == LINE_STOP || (line->marks & MARK_OUTSIDE) ||
           (line->kind == LINE_JUNK && (line->cues & (CUE_LEGAL | CUE_NOTICE)));
}

static bool has_wide_blanks(struct str s)
{
    for (const char *p = s.p, *end = s.p + s.n; p < end && (p = memchr(p, 0xc2, (size_t)(end - p))); p++)
        if (p + 1 < end && (unsigned char)p[1] == 0xa0)
            return true;
    return str_find(s, STR("\u3000"), 0) != SIZE_MAX;
}

void lines_count_words(struct line *line)
{
    struct scan scan = {0};
    measure(line, &scan);
}

/* The words decide; markup overrules them where it sets a line apart from the text. */
static enum line_kind kind_by_marks(const struct line *line)
{
    enum line_kind kind = line->kind;
    bool text = kind == LINE_PROSE || kind == LINE_LONG, words = text || kind == LINE_SHORT;
    if (line->marks & MARK_AROUND && !(line->marks & MARK_HEADING) && !(line->cues & CUE_PUBLISHED))
        return text || kind == LINE_DATE || kind == LINE_BYLINE ? LINE_ITEM : words ? LINE_MENU : kind;
    if (line->marks & MARK_CAPTION && words)
        return LINE_CAPTION;
    if (line->marks & MARK_HEADING)
        return text && line->chars < HEADING_LINE ? LINE_SHORT : kind;
    if (line->marks & MARK_LINK && words)
        return line->chars < LINKED_LINE ? LINE_MENU : LINE_ITEM;
    return kind;
}

struct lines lines_read(struct arena *arena, struct str page)
{
    return lines_read_marked(arena, page, NULL, 0);
}

struct lines lines_read_marked(struct arena *arena, struct str page, const unsigned char *marks, size_t n_marks)
{
    if (has_wide_blanks(page)) /* so that cues, labels and dates are found whatever blank stands in them */
        page = decode_spaces(arena, page);
    struct str rest = page, text;
    size_t n = count_lines(page);
    n = n < LINES_MAX ? n : LINES_MAX;
    struct lines lines = {.items = ARENA_ARRAY(arena, n, struct line)};
    while (str_line(&rest, &text) && lines.n < n) {
        struct line *line = &lines.items[lines.n++];
        struct scan scan = {0};
        line->text = str_trim(text);
        if (line->text.n)
            line->cues = cues_in(line->text);
        measure(line, &scan);
        line->kind = kind_of(line, &scan);
        if (lines.n <= n_marks && marks[lines.n - 1]) {
            line->marks = marks[lines.n - 1];
            line->kind = kind_by_marks(line);
        }
    }
    context_mark(&lines);
    for (size_t i = 0; i < lines.n; i++)
        lines.items[i].worth = worth_of(&lines.items[i]);
    return lines;
}

/* Does a sentence that begins at `from` end with the mark at `at`: "…다.", "…다 .", "…까?"? */
static bool ends_sentence(struct str text, size_t from, size_t at)
{
    size_t before = at - 3;
    if (at - from < 3)
        return false;
    if (((unsigned char)text.p[before] & 0xf0) == 0xe0 && utf8_is_hangul(utf8_next(text, &before)))
        return true;
    return text.p[at] == '.' && at - from >= 4 && memcmp(text.p + at - 4, "다 ", 4) == 0;
}

size_t lines_sentence_end(struct str text, size_t from)
{
    for (size_t at = from; at < text.n; at++) {
        char c = text.p[at];
        if ((c != '.' && c != '!' && c != '?') || !ends_sentence(text, from, at))
            continue;
        size_t end = at + 1;
        for (size_t next = end; next < text.n; end = next) {
            uint32_t closing = utf8_next(text, &next);
            if (!is_closing(closing) && closing != '.')
                break;
        }
        return end;
    }
    return text.n;
}
