#include "layout/numbers.h"

#include <uchar.h>

enum {
    SIP = 0xc2ed,    /* 십 */
    BAEK = 0xbc31,   /* 백 */
    CHEON = 0xcc9c,  /* 천 */
    MAN = 0xb9cc,    /* 만 */
    EOK = 0xc5b5,    /* 억 */
    JO = 0xc870,     /* 조 */
    GYEONG = 0xacbd, /* 경 */
    YEO = 0xc5ec,    /* 여: "25만여" */
    JE = 0xc81c,     /* 제: "제3조" */
    HANG = 0xd56d,   /* 항 */
    HO = 0xd638,     /* 호 */
    UI = 0xc758,     /* 의: "제3조의2" */
    SI = 0xc2dc,     /* 시 */
    BUN = 0xbd84,    /* 분 */
};

/* Counting words and units that follow a number: by their first character, and longer ones first where one begins
 * another. */
static const char32_t *const units_after[] = {
    U"%p",   U"%",    U"Gbps",     U"GHz",      U"GW",   U"GB",   U"Hz",     U"Mbps", U"MHz",      U"MW",
    U"MB",   U"TB",   U"cm",       U"g",        U"ha",   U"km",   U"kg",     U"kW",   U"kV",       U"mm",
    U"m²",   U"m",    U"t",        U"℃",        U"㎎",   U"㎏",   U"㎖",     U"㎜",   U"㎝",       U"㎞",
    U"㎡",   U"㎢",   U"㎥",       U"㏊",       U"가구", U"가지", U"개월간", U"개월", U"개년",     U"개소",
    U"개사", U"개국", U"개교",     U"개",       U"건",   U"곳",   U"과",     U"교",   U"군데",     U"권",
    U"그루", U"급",   U"기",       U"길",       U"년간", U"년도", U"년",     U"단계", U"단",       U"달러",
    U"달",   U"대",   U"도",       U"동",       U"등급", U"등",   U"리터",   U"마리", U"말",       U"매",
    U"면",   U"명",   U"미터",     U"밀리미터", U"박",   U"배",   U"번째",   U"번",   U"부",       U"분기",
    U"분",   U"사",   U"살",       U"상",       U"석",   U"선",   U"세대",   U"세",   U"센티미터", U"수",
    U"시간", U"시",   U"식",       U"실",       U"쌍",   U"엔",   U"여",     U"원",   U"월",       U"위안",
    U"위",   U"유로", U"인",       U"일간",     U"일",   U"자리", U"장",     U"절",   U"점",       U"조",
    U"종",   U"주년", U"주일",     U"주",       U"쪽",   U"차례", U"차",     U"채",   U"척",       U"초",
    U"층",   U"칸",   U"킬로그램", U"킬로미터", U"톤",   U"판",   U"퍼센트", U"편",   U"평",       U"포인트",
    U"필지", U"학년", U"항",       U"헥타르",   U"호",   U"홀",   U"회",     U"％"};

/* What may stand after a unit within its 어절: the first syllable of a 조사 or of a word such as 이상, 규모, 가량. */
static const char32_t after_unit[] = U"이가은는을를의에로으와과도만씩정가쯤안규까부당여대간째꼴짜보마중넘";

static bool is_multiplier(uint32_t c)
{
    return c == SIP || c == BAEK || c == CHEON || c == MAN || c == EOK || c == JO || c == GYEONG;
}

static bool is_syllable(uint32_t c)
{
    return c >= 0xac00 && c <= 0xd7a3;
}

static bool is_latin(uint32_t c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

bool number_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19);
}

/* Length in units of `word` at `from`, 0 where it is not there. */
static size_t match(const struct unit *units, size_t from, size_t to, const char32_t *word)
{
    size_t n = 0;
    for (; word[n]; n++)
        if (from + n >= to || units[from + n].cp != word[n])
            return 0;
    return n;
}

/* Length of the unit word at `from`, 0 where there is none. */
static size_t unit_word(const struct unit *units, size_t from, size_t to)
{
    enum { WORDS = sizeof units_after / sizeof *units_after };
    if (from >= to)
        return 0;
    uint32_t c = units[from].cp;
    size_t low = 0, high = WORDS;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (units_after[middle][0] < c)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < WORDS && units_after[low][0] == c; low++) {
        size_t n = match(units, from, to, units_after[low]);
        bool cut_latin = n && is_latin(c) && from + n < to && is_latin(units[from + n].cp);
        if (n && !cut_latin)
            return n;
    }
    return 0;
}

static bool may_follow_unit(uint32_t c)
{
    if (!is_syllable(c))
        return true;
    for (const char32_t *at = after_unit; *at; at++)
        if (*at == c)
            return true;
    return false;
}

static void keep(struct unit *unit)
{
    if (unit->level > BREAK_KEPT && unit->level != BREAK_FORCED)
        unit->level = BREAK_KEPT;
}

void numbers_keep(struct unit *units, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (units[i].cp == '(' && i > from && i + 2 < to && units[i + 2].cp == ')') /* 16일(화) */
            keep(&units[i]);
        if (!number_digit(units[i].cp))
            continue;
        if (i > from && units[i - 1].cp == JE)
            keep(&units[i]);
        size_t end = i + 1;
        if (end < to && number_digit(units[end].cp))
            continue;
        while (end < to && (is_multiplier(units[end].cp) || units[end].cp == YEO))
            keep(&units[end++]);
        size_t length = unit_word(units, end, to);
        for (size_t k = 0; k < length; k++)
            keep(&units[end + k]);
        size_t after = end + length;
        uint32_t last = units[after - 1].cp;
        if ((last == JO || last == HANG || last == HO) && after + 1 < to && units[after].cp == UI &&
            number_digit(units[after + 1].cp)) {
            keep(&units[after]); /* 제12조의2 */
            keep(&units[after + 1]);
        }
        if (end < to && end == i + 1)
            keep(&units[end]); /* 5G, 3차: never straight behind the digit */
    }
}

/* "①", "№", "No." and "제" in front of a word or number. */
static bool heads(const struct unit *units, size_t from, size_t to, size_t next)
{
    bool number = number_digit(units[next].cp);
    if (to - from == 1)
        return number_heads(units[from].cp) || (units[from].cp == JE && number);
    return number && to - from == 3 && units[from].cp == 'N' && units[from + 1].cp == 'o' && units[from + 2].cp == '.';
}

/* 제3조 before 제2항, 10시 before 30분. */
static bool goes_on_smaller(const struct unit *units, size_t from, size_t to, size_t next, size_t next_end)
{
    uint32_t last = units[to - 1].cp;
    bool law = units[next].cp == JE && units[from].cp == JE && (last == JO || last == HANG || number_digit(last));
    if (!law && (last != SI || to - from < 2 || !number_digit(units[to - 2].cp)))
        return false;
    size_t digits = next + law, end = digits;
    while (end < next_end && number_digit(units[end].cp))
        end++;
    if (end == digits || end == next_end)
        return false;
    return law ? units[end].cp == HANG || units[end].cp == HO : units[end].cp == BUN;
}

/* What a number ends with: the 어절 [from, to) is …digit, …digit + multipliers, or the same + 여. */
enum number_end { NOT_NUMBER, DIGIT, MULTIPLIER };

static enum number_end number_end(const struct unit *units, size_t from, size_t to)
{
    size_t end = to;
    if (end > from && units[end - 1].cp == YEO)
        end--;
    size_t multipliers = end;
    while (end > from && is_multiplier(units[end - 1].cp))
        end--;
    if (end == from || !number_digit(units[end - 1].cp))
        return NOT_NUMBER;
    return end < multipliers ? MULTIPLIER : DIGIT;
}

/* "2024." or "1." before "16." or "16": dates as offices write them. */
static bool date_goes_on(const struct unit *units, size_t from, size_t to, size_t next, size_t next_end)
{
    size_t digits = 0;
    while (digits < 4 && to - 1 > from + digits && number_digit(units[to - 2 - digits].cp))
        digits++;
    if (units[to - 1].cp != '.' || digits == 0)
        return false;
    size_t n = next;
    while (n < next_end && n - next < 3 && number_digit(units[n].cp))
        n++;
    if (n == next || n - next > 2)
        return false;
    return n == next_end || !(is_syllable(units[n].cp) || is_latin(units[n].cp) || number_digit(units[n].cp));
}

uint8_t numbers_belong(const struct unit *units, size_t from, size_t to, size_t next, size_t next_end)
{
    if (to - from <= 3 && heads(units, from, to, next))
        return BREAK_KEPT;
    if (goes_on_smaller(units, from, to, next, next_end))
        return BREAK_LONE;
    if (date_goes_on(units, from, to, next, next_end))
        return BREAK_KEPT;
    enum number_end end = number_end(units, from, to);
    if (end == NOT_NUMBER)
        return BREAK_SPACE;
    if (end == MULTIPLIER && number_digit(units[next].cp))
        return BREAK_LONE;
    size_t multipliers = next;
    while (multipliers < next_end && is_multiplier(units[multipliers].cp))
        multipliers++;
    if (multipliers > next && (multipliers == next_end || unit_word(units, multipliers, next_end)))
        return BREAK_KEPT;
    size_t length = unit_word(units, next, next_end);
    return length && (next + length == next_end || may_follow_unit(units[next + length].cp)) ? BREAK_KEPT : BREAK_SPACE;
}
