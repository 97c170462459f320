#include "layout/numbers.h"

#include "base/str.h"
#include "base/utf8.h"

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
};

/* Counting words and units that follow a number. Longer ones first where one begins another. */
static const char *const units_after[] = {
    "개월",     "개년",     "개소", "개사",     "개국",   "개교", "개",   "가구",   "가지", "건",   "곳",   "과",
    "교",       "군데",     "권",   "그루",     "급",     "기",   "길",   "년",     "단계", "단",   "달러", "달",
    "대",       "도",       "동",   "등급",     "등",     "리터", "마리", "말",     "매",   "면",   "명",   "미터",
    "밀리미터", "박",       "배",   "번째",     "번",     "부",   "분기", "분",     "사",   "살",   "상",   "석",
    "선",       "세대",     "세",   "센티미터", "수",     "시간", "시",   "식",     "실",   "쌍",   "엔",   "여",
    "월",       "위안",     "위",   "원",       "유로",   "인",   "일",   "자리",   "장",   "점",   "절",   "조",
    "종",       "주년",     "주일", "주",       "쪽",     "차례", "차",   "채",     "척",   "초",   "층",   "칸",
    "킬로그램", "킬로미터", "톤",   "판",       "퍼센트", "편",   "평",   "포인트", "필지", "학년", "항",   "헥타르",
    "호",       "홀",       "회",   "㎡",       "㎢",     "㎥",   "㎞",   "㎝",     "㎜",   "㎏",   "㎎",   "㎖",
    "㏊",       "℃",        "％",   "%p",       "%",      "km",   "kg",   "cm",     "mm",   "ha",   "kW",   "MW",
    "GW",       "kV",       "GB",   "TB",       "MB",     "Gbps", "Mbps", "Hz",     "GHz",  "MHz",  "m²",   "m",
    "t",        "g",        NULL};

/* What may stand after a unit within its 어절: the first syllable of a 조사 or of a word such as 이상, 규모, 가량. */
static const char after_unit[] = "이가은는을를의에로으와과도만씩정가쯤안규까부당여대간째꼴짜보마중넘";

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

/* Length in units of the text `word` at `from`, 0 where it is not there. */
static size_t match(const struct unit *units, size_t from, size_t to, const char *word)
{
    struct str s = str_from(word);
    size_t i = from;
    for (size_t at = 0; at < s.n; i++)
        if (i >= to || units[i].cp != utf8_next(s, &at))
            return 0;
    return i - from;
}

/* Length of the unit word at `from`, 0 where there is none. */
static size_t unit_word(const struct unit *units, size_t from, size_t to)
{
    for (const char *const *word = units_after; *word && from < to; word++) {
        size_t n = match(units, from, to, *word);
        bool cut_latin = n && is_latin(units[from].cp) && from + n < to && is_latin(units[from + n].cp);
        if (n && !cut_latin)
            return n;
    }
    return 0;
}

static bool may_follow_unit(uint32_t c)
{
    if (!is_syllable(c))
        return true;
    struct str s = {after_unit, sizeof after_unit - 1};
    for (size_t at = 0; at < s.n;)
        if (utf8_next(s, &at) == c)
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
        if (end < to && end == i + 1)
            keep(&units[end]); /* 5G, 3차: never straight behind the digit */
    }
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
    if (to - from == 1 && units[from].cp == JE && number_digit(units[next].cp))
        return BREAK_KEPT;
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
