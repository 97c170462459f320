/* What one mention of a place says of it: that it acts, is visited, is only a venue, or one of many. */
#include "analyze/rules.h"

#include <string.h>

/* The mention is where something happens or is looked at, not who acts: "○○시 △△호텔에서", "○○를 방문". Ground is
 * broken and doors are opened at the site itself. */
static bool is_venue(const struct mentions *in, const struct mark *mark)
{
    static const char *const visit[] = {"방문", "찾아", "견학", "벤치마킹", "둘러", NULL};
    static const char *const at[] = {"에서 ", "에서\n", "서 열", NULL};
    static const char *const address[] = {"호텔(", "호텔 (", "빌딩(",
                                          "회관(", "장소",   NULL}; /* what follows is theirs */
    static const char *const hall[] = {"호텔", "빌딩", "회관", "리조트", NULL};
    static const char *const stop[] = {"는 ", "은 ", "가 ", "다.", NULL};
    static const char *const built[] = {"기공식", "착공식", "준공식", "개소식", "개관식", "개원식", "현판식", NULL};
    struct str text = in->scan->text;
    if (mark->follow == FOLLOW_SUBJECT || mark->follow == FOLLOW_WITH)
        return false;
    if (str_has_any(str_slice(text, mark->begin > 45 ? mark->begin - 45 : 0, mark->begin), address))
        return true;
    size_t until = mark->end;
    for (int words = 0; until < text.n && words < 4 && until - mark->end < 90; until++)
        words += text.p[until] == ' ';
    if (str_has_any(str_slice(text, mark->end, until), stop))
        return false;
    if (!str_has_any(str_slice(text, mark->end, until), at) && !str_has_any(str_slice(text, mark->end, until), visit) &&
        !str_has_any(str_slice(text, mark->end, until), hall))
        return false;
    return !str_has_any(str_slice(text, mark->end, mark->end + 160), built);
}

/* Names joined by "·", "," or a blank, around mark i: their number and the first of them. */
static size_t row_length(const struct mentions *in, size_t i, size_t *begin)
{
    const struct scan *scan = in->scan;
    size_t first = i, last = i;
    while (first > 0 && i - first < 6 && scan->names[first].begin - scan->names[first - 1].end <= 4)
        first--;
    while (last + 1 < scan->n_names && last - i < 6 && scan->names[last + 1].begin - scan->names[last].end <= 4)
        last++;
    *begin = first;
    return last - first + 1;
}

/* "대전창조경제혁신센터는", "대전창조경제혁신센터(센터장 △△△)는": the institution of that name acts. */
static bool run_is_subject(struct str text, size_t begin)
{
    static const char *const particles[] = {"은", "는", "이", "가", "와", "과", NULL};
    enum { SHORTEST = 9, BRACKET = 90 }; /* bytes */
    struct str run = str_slice(text, begin, begin + scan_hangul_run(text, begin));
    size_t end = begin + run.n;
    if (run.n > SHORTEST && str_ends_any(run, particles))
        return true;
    if (run.n < SHORTEST || end >= text.n || text.p[end] != '(')
        return false;
    size_t close = str_find(str_slice(text, 0, end + BRACKET), STR(")"), end);
    if (close == SIZE_MAX)
        return false;
    struct str after = str_slice(text, close + 1, text.n);
    return str_starts(after, STR("·")) || str_is_any(str_slice(after, 0, scan_hangul_run(after, 0)), particles);
}

/* "○○대 창업지원단은", "○○대, 창업중심대학 선정": a university acts, with a programme on public money. */
static bool runs_programme(struct str text, const struct mark *mark)
{
    static const char *const units[] = {"창업지원단", "창업보육",   "창업교육",   "창업중심",   "창업선도",
                                        "창업패키지", "산학협력단", "산단캠퍼스", "이노폴리스", "기술지주",
                                        "RISE",       "LINC",       "라이즈",     "글로컬",     NULL};
    struct str rest = str_slice(text, mark->end, mark->end + 60);
    size_t at = SIZE_MAX;
    for (const char *const *unit = units; *unit && at == SIZE_MAX; unit++)
        at = str_find(rest, str_from(*unit), 0);
    if (at == SIZE_MAX || mark->follow == FOLLOW_SUBJECT || mark->follow == FOLLOW_WITH || rest.p[0] == ',')
        return at != SIZE_MAX;
    at += mark->end;
    size_t end = at + scan_hangul_run(text, at);
    return run_is_subject(text, at) || (end < text.n && strchr(",-(", text.p[end]));
}

/* "인천공항 인근 …": not the venue but what lies around it. */
static bool is_near(struct str text, size_t end)
{
    static const char *const around[] = {" 인근", " 일대", " 일원", " 배후", " 주변", NULL};
    return str_starts_any(str_slice(text, end, text.n), around);
}

static double kind_weight(const struct mentions *in, const struct mark *mark)
{
    const struct name *name = mark->phrase->name;
    if (mark->follow == FOLLOW_LANDMARK && name->kind < NAME_PLACE)
        return 0.2; /* 광양항, 과천과학관: there, but not the city */
    switch (name->kind) {
    case NAME_FULL:
    case NAME_SIDO_FULL: return 1;
    case NAME_BARE: return mark->follow == FOLLOW_PLACE ? 0.9 : mark->follow == FOLLOW_OTHER ? 0.6 : 0.75;
    case NAME_SIDO_BARE: return mark->follow == FOLLOW_PLACE ? 0.75 : 0.55;
    case NAME_PLACE: return 0.6;
    case NAME_AGENCY: return 1;
    case NAME_UNIVERSITY: return !in->place_leads && runs_programme(in->scan->text, mark) ? 0.6 : 0.15;
    case NAME_VENUE: return is_near(in->scan->text, mark->end) ? 0.5 : 0.05;
    default: return 0;
    }
}

/* A 시·도 that only says where the next name lies: "경기도 시흥시". */
static bool only_qualifies(const struct mentions *in, size_t i)
{
    if (i + 1 >= in->scan->n_names || in->chosen[i + 1] == UINT16_MAX)
        return false;
    const struct mark *next = &in->scan->names[i + 1];
    return places_qualifier(in->scan, i + 1) == &in->scan->names[i] && next->phrase->name->kind != NAME_AGENCY &&
           places_belongs(in->analyzer, in->chosen[i + 1], in->chosen[i]);
}

/* "대전·세종·충북·충남 4개 시도가": a row that says how many it is. */
static bool names_their_number(struct str rest)
{
    static const char *const units[] = {"개 시", "개 도", "개 군", "개 지자체", "개 광역", NULL};
    if (str_starts(rest, STR(" 등")))
        rest = str_slice(rest, STR(" 등").n, rest.n);
    if (rest.n < 4 || rest.p[0] != ' ' || rest.p[1] < '2' || rest.p[1] > '4')
        return false;
    return str_has_any(str_slice(rest, 2, 9), units);
}

/* "○○시는", "○○시(시장 …)", "○○시와", "○○시·": who acts, in title or lead. */
static bool acts(const struct mentions *in, const struct mark *mark)
{
    static const char *const heads[] = {"(시장", "(군수", "(구청장", "(도지사", "(청장",
                                        "(원장", "·",     ",",       " 등 ",    NULL};
    struct str rest = str_slice(in->scan->text, mark->end, mark->end + 16);
    if (mark->follow == FOLLOW_WITH && mark->phrase->name->kind == NAME_BARE)
        return false; /* 춘천과 원주의 …: whether they act the last of them says */
    if (mark->follow == FOLLOW_SUBJECT || mark->follow == FOLLOW_WITH ||
        (mark->follow == FOLLOW_PLACE && run_is_subject(in->scan->text, mark->end)))
        return true;
    if (names_their_number(rest))
        return true;
    return str_starts_any(rest, heads) &&
           (mark->phrase->name->kind == NAME_FULL || mark->phrase->name->kind == NAME_SIDO_FULL ||
            mark->section == SECTION_TITLE);
}

/* Do marks i and i + 1 belong together, "구미·칠곡", "경남도와 사천시"? A comma may part subject and place instead. */
static bool joined(const struct scan *scan, size_t i)
{
    static const char *const joints[] = {"", " ", "·", "ㆍ", "‧", "・", "-", "/", "와 ", "과 ", "시·", "군·", NULL};
    return str_is_any(str_slice(scan->text, scan->names[i].end, scan->names[i + 1].begin), joints);
}

/* Names that belong together act together. */
static bool row_acts(const struct mentions *in, size_t i)
{
    const struct scan *scan = in->scan;
    size_t first = i, last = i;
    while (first > 0 && i - first < 6 && joined(scan, first - 1))
        first--;
    while (last + 1 < scan->n_names && last - i < 6 && joined(scan, last))
        last++;
    for (size_t j = first; j <= last; j++)
        if (acts(in, &scan->names[j]))
            return true;
    return false;
}

/* "인천·경기 등 5곳", "김해 물결산단 등 17곳", "천안 등지": a few of more than four. */
static bool names_some_of_many(struct str text, size_t end)
{
    static const char *const units[] = {"곳",        "개 지역", "개 시",   "개 도", "개 군",
                                        "개 지자체", "개 광역", "개 도시", NULL};
    struct str rest = str_slice(text, end, end + 60);
    if (str_starts(rest, STR(" 등지")))
        return true;
    size_t zone = rest.n > 0 && rest.p[0] == ' ' ? 1 + scan_hangul_run(rest, 1) : 0;
    if (!str_starts(rest, STR(" 등 ")))
        rest = str_slice(rest, zone, rest.n);
    if (!str_starts(rest, STR(" 등 ")))
        return false;
    size_t at = STR(" 등 ").n, digits = at;
    while (digits < rest.n && rest.p[digits] >= '0' && rest.p[digits] <= '9')
        digits++;
    if (digits == at || (digits == at + 1 && rest.p[at] < '5'))
        return false;
    return str_starts_any(str_slice(rest, digits, rest.n), units);
}

static bool row_is_some_of_many(const struct mentions *in, size_t first, size_t n)
{
    return names_some_of_many(in->scan->text, in->scan->names[first + n - 1].end);
}

struct mention mention_of(const struct mentions *in, size_t i)
{
    const struct mark *mark = &in->scan->names[i];
    struct mention out = {.weight = kind_weight(in, mark)};
    bool venue = mark->section != SECTION_TITLE && is_venue(in, mark);
    out.acts = !venue && mark->section != SECTION_BODY && row_acts(in, i);
    out.in_row = row_length(in, i, &out.row);
    if (venue)
        out.weight *= 0.3;
    bool many = out.in_row > 4 || (mark->section != SECTION_BODY && row_is_some_of_many(in, out.row, out.in_row));
    if (only_qualifies(in, i))
        out.weight *= many ? 1 : 0.1; /* "경기도 ○○·△△ 등 20곳" is about the province */
    else if (many)
        out.weight *= 0.3; /* an enumeration of places is about none of them */
    return out;
}
