/* Korean numerals with their units: 1조 2천500억 원, 19억5000만원, 50억~100억 원, 2만 3천여 명, 30개사. */
#include "analyze/facts.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int64_t facts_digits(struct str text, size_t *at, size_t most)
{
    int64_t value = 0;
    size_t begin = *at, end = begin;
    while (end < text.n && is_digit(text.p[end]))
        end++;
    for (size_t i = begin; i < end && end - begin <= most; i++)
        value = value * 10 + (text.p[i] - '0');
    *at = end;
    return end == begin || end - begin > most ? -1 : value;
}

/* ---- one numeral ---- */

enum { SCALE_MOST = 16, DIGITS_MOST = 15 };

/* A numeral as read so far: whole + part below the last big unit; `scale` multiplies the plain number that ended it. */
struct numeral {
    double value;
    double scale; /* of the last number: 100억 has 1e8, 3천만 has 1e7 */
    bool big;     /* has 조, 억 or 만 */
    bool plain;   /* digits only */
    bool about;   /* 여 inside: 340여억 */
    double last;  /* unit of the last group: 1e12, 1e8, 1e4, 1 */
    size_t end;
};

/* 1,150 or 12.5 or 340 at *at; false where a group of commas is no number (1,2,3). */
static bool read_plain(struct str text, size_t *at, double *out)
{
    double value = 0, place = 1;
    size_t i = *at, digits = 0, group = 0;
    bool commas = false;
    for (; i < text.n && digits <= DIGITS_MOST; i++) {
        if (is_digit(text.p[i])) {
            value = value * 10 + (text.p[i] - '0');
            digits++;
            group++;
        } else if (text.p[i] == ',' && i + 3 < text.n && is_digit(text.p[i + 1]) && is_digit(text.p[i + 2]) &&
                   is_digit(text.p[i + 3]) && group <= 3 && (!commas || group == 3)) {
            commas = true;
            group = 0;
        } else {
            break;
        }
    }
    if (digits == 0 || digits > DIGITS_MOST || (commas && group != 3))
        return false;
    if (i + 1 < text.n && text.p[i] == '.' && is_digit(text.p[i + 1]))
        for (i++; i < text.n && is_digit(text.p[i]); i++)
            if (place < 1e6) {
                value = value * 10 + (text.p[i] - '0');
                place *= 10;
            }
    *at = i;
    *out = value / place;
    return true;
}

static double read_unit(struct str text, size_t *at, const char *const *names, const double *values)
{
    for (size_t i = 0; names[i]; i++)
        if (facts_prefix(str_slice(text, *at, *at + 3), names[i])) {
            *at += 3;
            return values[i];
        }
    return 0;
}

/* Up to 천, 백, 십: 2천500, 3백, 5. In *scale what the last plain number was multiplied by. */
static bool read_below(struct str text, size_t *at, double *out, double *scale)
{
    static const char *const names[] = {"천", "백", "십", NULL};
    static const double values[] = {1e3, 1e2, 1e1};
    double sum = 0, most = 1e15;
    bool any = false;
    for (size_t i = *at;;) {
        double number;
        size_t before = i;
        if (any && i < text.n && text.p[i] == ' ')
            i++;
        if (!read_plain(text, &i, &number))
            break;
        double unit = read_unit(text, &i, names, values);
        if (any && (number >= most || (unit > 0 && number * unit >= most))) {
            i = before; /* 2천 3000 is two numbers */
            break;
        }
        sum += number * (unit > 0 ? unit : 1);
        *scale = unit > 0 ? unit : 1;
        any = true;
        *at = i;
        if (unit == 0)
            break;
        most = unit;
    }
    *out = sum;
    return any;
}

static bool read_numeral(struct str text, size_t at, struct numeral *out)
{
    static const char *const names[] = {"조", "억", "만", NULL};
    static const double values[] = {1e12, 1e8, 1e4};
    *out = (struct numeral){.scale = 1, .last = 1e16};
    for (bool any = false;; any = true) {
        size_t i = at;
        double below, scale = 1;
        if (any && i < text.n && text.p[i] == ' ')
            i++;
        if (i >= text.n || !is_digit(text.p[i]) || !read_below(text, &i, &below, &scale)) {
            out->end = at;
            return any;
        }
        bool about = facts_take(text, &i, STR("여"));
        double unit = read_unit(text, &i, names, values);
        if (unit == 0)
            unit = 1;
        if (any && (unit >= out->last || below * unit >= out->last)) {
            out->end = at;
            return true;
        }
        out->value += below * unit;
        out->scale = scale * unit;
        out->big |= unit > 1;
        out->plain = !any && unit == 1 && scale == 1 && !about;
        out->about |= about;
        out->last = unit;
        at = i;
        if (unit == 1 || about) {
            out->end = at;
            return true;
        }
    }
}

/* ---- the unit ---- */

static bool currency(struct str text, size_t *at, const struct numeral *numeral, const char **unit)
{
    static const struct {
        const char *word, *unit;
    } currencies[] = {{"원", "KRW"}, {"달러", "USD"}, {"유로", "EUR"}, {"위안", "CNY"}, {"엔", "JPY"}};
    static const char *const no_currency[] = {"원칙", "원자", "원소", "원장",   "원형", "원심", "원년",      "원도심",
                                              "원론", "원룸", "원정", "원본",   "원료", "원인", "원 포인트", "원팀",
                                              "원고", "원내", "원외", "원스톱", "원주", "엔진", "엔지",      "엔젤",
                                              "엔터", "엔드", "엔비", "유로파", NULL};
    size_t i = *at;
    if (i < text.n && text.p[i] == ' ')
        i++;
    if (str_starts_any(str_slice(text, i, i + 16), no_currency))
        return false;
    size_t bul = i;
    if (numeral->big && facts_take(text, &bul, STR("불")) && facts_ends_name(text, bul, (const char *const[]){NULL})) {
        *at = bul;
        *unit = "USD";
        return true;
    }
    if (i == *at || numeral->big || numeral->scale > 1)
        for (size_t c = 0; c < sizeof currencies / sizeof *currencies; c++)
            if (facts_prefix(str_slice(text, i, text.n), currencies[c].word)) {
                *at = i + strlen(currencies[c].word);
                *unit = currencies[c].unit;
                return true;
            }
    return false;
}

/* 340억 투자, 340억을: 억 alone means won unless something else is counted. */
static bool bare_won(struct str text, size_t at, const struct numeral *numeral)
{
    static const char *const counted[] = {
        "명", "개", "건", "톤",   "주", "인", "회", "대",   "장",   "마리", "그루",     "쪽",   "t",  "k",
        "m",  "K",  "M",  "G",    "㎡", "㎥", "%",  "번",   "곳",   "년",   "배",       "리터", "평", "주식",
        "부", "권", "마", "송이", "봉", "병", "뷰", "조회", "토큰", "비트", "파라미터", "원",   NULL};
    static const char *const big[] = {"규모", "대", NULL};
    if (numeral->last < 1e8 || numeral->scale < 1e8)
        return false;
    size_t i = at < text.n && text.p[at] == ' ' ? at + 1 : at;
    if (str_starts_any(str_slice(text, i, i + 16), big))
        return true;
    return numeral->last == 1e8 && !str_starts_any(str_slice(text, i, i + 16), counted);
}

static bool counted(struct str text, size_t *at, const char **unit)
{
    static const struct {
        const char *word, *unit;
    } units[] = {{"명", "person"},
                 {"개사", "company"},
                 {"개 사", "company"},
                 {"개 기업", "company"},
                 {"개기업", "company"},
                 {"개 업체", "company"},
                 {"개업체", "company"},
                 {"개 회사", "company"},
                 {"개 중소기업", "company"},
                 {"개 스타트업", "company"},
                 {"개 창업기업", "company"},
                 {"개 벤처기업", "company"},
                 {"개 제조기업", "company"},
                 {"개 중소·", "company"},
                 {"개 강소기업", "company"},
                 {"개소", "place"},
                 {"팀", "team"},
                 {"개 팀", "team"},
                 {"개팀", "team"}};
    static const char *const no_unit[] = {"명품", "명소", "명절", "명령",   "명칭",    "명예",    "명문", "명인",
                                          "명장", "명단", "명산", "명승",   "명물",    "명작",    "명견", "팀장",
                                          "팀원", "팀별", "팀플", "개사업", "개 사업", "개 사례", NULL};
    size_t i = *at;
    if (i < text.n && text.p[i] == ' ')
        i++;
    struct str rest = str_slice(text, i, i + 24);
    if (str_starts_any(rest, no_unit) || (i > *at && facts_prefix(rest, "개소")))
        return false; /* 2026 개소식 */
    for (size_t u = 0; u < sizeof units / sizeof *units; u++)
        if (facts_prefix(rest, units[u].word)) {
            *unit = units[u].unit;
            *at = i + strlen(units[u].word);
            return true;
        }
    return false;
}

/* ---- what stands about it ---- */

static void read_before(struct str text, struct number *number)
{
    static const struct {
        struct str word;
        bool most, least;
    } words[] = {{LITERAL("약"), false, false},   {LITERAL("총"), false, false},   {LITERAL("최대"), true, false},
                 {LITERAL("최고"), true, false},  {LITERAL("최소"), false, true},  {LITERAL("최장"), true, false},
                 {LITERAL("무려"), false, false}, {LITERAL("모두"), false, false}, {LITERAL("각각"), false, false},
                 {LITERAL("연간"), false, false}, {LITERAL("연"), false, false},   {LITERAL("매년"), false, false},
                 {LITERAL("각"), false, false},   {LITERAL("$"), false, false},    {LITERAL("₩"), false, false}};
    number->from = number->begin;
    for (int round = 0; round < 3; round++) {
        size_t was = number->from;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            struct str word = words[i].word;
            if (!facts_word_before(text, number->from, word))
                continue;
            size_t end = text.p[number->from - 1] == ' ' ? number->from - 1 : number->from;
            if (!scan_boundary_before(text, end - word.n))
                continue;
            number->from = end - word.n;
            number->most |= words[i].most;
            number->least |= words[i].least;
            break;
        }
        if (number->from == was)
            return;
    }
}

static void read_after(struct str text, struct number *number)
{
    static const char *const about[] = {"여", "가량", "정도", "안팎", "내외", "규모", "상당", NULL};
    static const char *const least[] = {"이상", "넘는", "넘게", "초과", "을 넘", "를 넘", "을 웃도", "를 웃도", NULL};
    static const char *const most[] = {"이하", "미만", "이내", "한도", NULL};
    size_t at = number->end;
    (void)facts_take_any(text, &at, about);
    if (facts_take_any(text, &at, least))
        number->least = true;
    else if (facts_take_any(text, &at, most))
        number->most = true;
}

static bool take_dash(struct str text, size_t *at)
{
    static const char *const dashes[] = {"~", "∼", "～", "〜", "–", NULL};
    size_t i = *at;
    uint32_t c = facts_next(text, i);
    if (c != '~' && (c < 0x2000 || utf8_is_hangul(c)))
        return false;
    if (!facts_take_any(text, &i, dashes))
        return false;
    if (i < text.n && text.p[i] == ' ')
        i++;
    if (i >= text.n || !is_digit(text.p[i]))
        return false;
    *at = i;
    return true;
}

static int64_t whole(double value)
{
    return (int64_t)(value + 0.5);
}

/* Whether a unit of counted() or currency() can begin so. */
static bool is_unit(uint32_t c)
{
    static const uint32_t units[] = {U'원', U'달', U'유', U'위', U'엔', U'명', U'개', U'팀'};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (c == units[i])
            return true;
    return false;
}

/* A numeral, a range of two, or neither; *end is behind what was read in any case. */
static bool read_number(struct str text, size_t at, struct number *out, size_t *end)
{
    struct numeral first, second;
    *out = (struct number){.begin = at};
    if (!read_numeral(text, at, &first)) {
        while (at < text.n && (is_digit(text.p[at]) || text.p[at] == ','))
            at++;
        *end = at;
        return false;
    }
    *end = first.end;
    double lo = first.value, hi = first.value;
    struct numeral last = first;
    size_t i = first.end;
    if (facts_take(text, &i, STR("원")) ? take_dash(text, &i) : (i = first.end, take_dash(text, &i))) {
        if (read_numeral(text, i, &second) && second.value > 0) {
            hi = second.value;
            if (first.plain && !second.plain)
                lo *= second.scale;
            last = second;
            last.big |= first.big;
            *end = second.end;
        }
    }
    i = *end;
    if (!last.big && !is_unit(facts_next(text, i)))
        return false;
    const char *unit = NULL;
    if (currency(text, &i, &last, &unit))
        out->kind = NUMBER_MONEY;
    else if (i = *end, bare_won(text, i, &last))
        unit = "KRW";
    else if (i = *end, counted(text, &i, &unit))
        out->kind = NUMBER_COUNT;
    if (!unit || lo > hi || hi <= 0 || hi > (out->kind == NUMBER_MONEY ? 1e16 : 1e8))
        return false;
    out->unit = unit;
    out->lo = whole(lo);
    out->hi = whole(hi);
    out->end = *end = i;
    return true;
}

/* Has one of eight bytes the high half of a digit's? */
static bool may_have_digit(const char *bytes)
{
    static const uint64_t ones = 0x0101010101010101;
    uint64_t x;
    memcpy(&x, bytes, sizeof x);
    x = (x ^ ones * 0x30) & ones * 0xf0; /* 0 where it has */
    return (x - ones) & ~x & ones * 0x80;
}

void digits_find(struct str text, struct digits *out)
{
    *out = (struct digits){0};
    bool before = false;
    for (size_t at = 0; at < text.n && at < UINT32_MAX; at++) {
        if (at + 8 < text.n && !may_have_digit(text.p + at)) {
            at += 7;
            before = false;
            continue;
        }
        bool digit = is_digit(text.p[at]);
        if (digit && !before) {
            out->items = mem_grow(out->items, &out->room, out->n + 1, sizeof *out->items);
            out->items[out->n++] = (uint32_t)at;
        }
        before = digit;
    }
}

void numbers_find(struct str text, const struct digits *digits, struct numbers *out)
{
    *out = (struct numbers){0};
    size_t end = 0;
    for (size_t i = 0; i < digits->n; i++) {
        size_t at = digits->items[i];
        struct number number;
        if (at < end)
            continue;
        /* 제1조, A-1, 2.5 and 1:1 are no amounts; their digits are passed over all the same */
        if (read_number(text, at, &number, &end) && !facts_word_before(text, at, STR("제")) &&
            !(at > 0 && (text.p[at - 1] == '-' || text.p[at - 1] == ':' || text.p[at - 1] == '.'))) {
            read_before(text, &number);
            read_after(text, &number);
            out->items = mem_grow(out->items, &out->room, out->n + 1, sizeof *out->items);
            out->items[out->n++] = number;
        }
    }
}
