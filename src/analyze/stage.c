/* How far the work is: the stage whose words weigh most, after what lies ahead is told from what is done. */
#include "analyze/rules.h"

#include <math.h>
#include <string.h>

enum { MAX_STAGES = 16, WORDS_BACK = 5, BYTES_BACK = 120, BYTES_AFTER = 40 };

/* ---- is it still ahead? ---- */

enum when { WHEN_UNKNOWN, WHEN_PAST, WHEN_AHEAD };

/* The ending of the cue's own word, and the next few words of its sentence. */
static enum when when_after(struct str text, size_t end)
{
    static const char *const past[] = {"했",        "됐",          "되었",      "하였",  "한 ",
                                       "된 ",       "해 ",         "하고 ",     "돼 ",   "식을 열었",
                                       "식을 가졌", "식을 개최했", "식이 열렸", " 완료", NULL};
    static const char *const ahead[] = {"할",      "될",      "하기로",  "을 목표", "를 목표", " 목표",   " 예정",
                                        "될 예정", "을 앞두", "를 앞두", " 앞두",   " 앞둔",   "을 앞둔", "를 앞둔",
                                        "을 준비", "를 준비", " 준비",   " 계획",   "을 계획", "를 계획", "을 위해",
                                        "을 위한", "를 위한", "까지 ",   " 지연",   " 촉구",   " 연기",   "은 제자리",
                                        "이 지연", "을 촉구", " 추진",   "을 추진", "를 추진", NULL};
    struct str after = str_slice(text, end, end + BYTES_AFTER);
    if (str_starts_any(after, past))
        return WHEN_PAST;
    return str_starts_any(after, ahead) ? WHEN_AHEAD : WHEN_UNKNOWN;
}

/* Digits before one of 년, 월 and 일 at the start of a word; -1 where it is no such thing. */
static int number_before(struct str word, struct str unit, struct str *rest)
{
    int value = 0;
    size_t i = 0;
    while (i < word.n && i < 4 && word.p[i] >= '0' && word.p[i] <= '9')
        value = value * 10 + (word.p[i++] - '0');
    *rest = str_slice(word, i, word.n);
    if (i == 0 || !str_starts(*rest, unit))
        return -1;
    *rest = str_slice(*rest, unit.n, rest->n);
    return value;
}

struct clock {
    int year, month, day; /* of publication; -1 where unknown */
    int said_year, said_month, said_day;
    enum when said;
};

/* One word before the cue. Some words only tell the time when they stand alone: 올 is not 올림, 이미 is not 이미지. */
static void read_when(struct clock *clock, struct str word)
{
    static const char *const past[] = {"지난", "작년", "전년", "최근", NULL};
    static const char *const past_alone[] = {"이미", "앞서", NULL};
    static const char *const ahead[] = {"내년",   "내후년", "하반기", "상반기", "내달",  "연내",  "연말", "새해",
                                        "이르면", "올해",   "1분기",  "2분기",  "3분기", "4분기", NULL};
    static const char *const ahead_alone[] = {"올", "오는", "다음", "향후", "다음달", NULL};
    struct str rest;
    int value;
    if (str_starts_any(word, past) || str_is_any(word, past_alone))
        clock->said = WHEN_PAST;
    else if (clock->said == WHEN_UNKNOWN && (str_starts_any(word, ahead) || str_is_any(word, ahead_alone)))
        clock->said = WHEN_AHEAD;
    else if ((value = number_before(word, STR("년"), &rest)) >= 1900)
        clock->said_year = value;
    else if ((value = number_before(word, STR("월"), &rest)) >= 1 && value <= 12)
        clock->said_month = value;
    else if ((value = number_before(word, STR("일"), &rest)) >= 1 && value <= 31)
        clock->said_day = value;
}

/* A stated month without a publication date is taken for one to come, as headlines use it (3월 개관). */
static enum when compare(const struct clock *clock)
{
    if (clock->said == WHEN_PAST)
        return WHEN_PAST;
    if (clock->said_year >= 0 && clock->year >= 0 && clock->said_year != clock->year)
        return clock->said_year > clock->year ? WHEN_AHEAD : WHEN_PAST;
    if (clock->said == WHEN_AHEAD)
        return WHEN_AHEAD;
    if (clock->said_month >= 0) {
        if (clock->month < 0 || clock->said_month > clock->month)
            /* in January last December is nearer than the next */
            return clock->month >= 0 && clock->said_year < 0 && clock->said_month - clock->month > 9 ? WHEN_PAST
                                                                                                     : WHEN_AHEAD;
        if (clock->said_month < clock->month)
            return clock->said_year < 0 && clock->month - clock->said_month > 8 ? WHEN_AHEAD : WHEN_PAST;
    }
    if (clock->said_day >= 0 && clock->day >= 0)
        return clock->said_day > clock->day ? WHEN_AHEAD : WHEN_PAST;
    return WHEN_UNKNOWN;
}

/* The time words among the last few words of the cue's clause. */
static enum when when_before(struct str text, size_t begin, date_t published)
{
    struct clock clock = {-1, -1, -1, -1, -1, -1, WHEN_UNKNOWN};
    if (published != DATE_NONE) {
        struct ymd p = date_split(published);
        clock.year = p.year;
        clock.month = p.month;
        clock.day = p.day;
    }
    size_t least = begin > BYTES_BACK ? begin - BYTES_BACK : 0, end = begin, at = begin;
    for (int words = 0; words < WORDS_BACK && at > least;) {
        char c = text.p[at - 1];
        if (c == '\n' || c == '.' || c == ',')
            break;
        if (c == ' ' && end > at) {
            read_when(&clock, str_slice(text, at, end));
            words++;
        }
        at--;
        if (c == ' ')
            end = at;
    }
    if (end > at && (at == 0 || at > least))
        read_when(&clock, str_slice(text, at, end));
    return compare(&clock);
}

/* An event is of the running programme before it as after it: only what is built, opened or begun can lie ahead. */
static bool is_ahead(const struct scan *scan, const struct mark *mark, date_t published)
{
    if (str_equal(mark->phrase->text, STR("개최")))
        return false;
    enum when when = when_after(scan->text, mark->end);
    if (when == WHEN_UNKNOWN)
        when = when_before(scan->text, mark->begin, published);
    return when == WHEN_AHEAD;
}

/* ---- weighing ---- */

struct stage {
    struct str key;
    double sum, strongest;
    struct mark mark;
};

struct stages {
    struct stage items[MAX_STAGES];
    size_t n;
    bool planned; /* some of 구상 is a later stage that lies ahead */
};

static struct stage *stage_of(struct stages *stages, struct str key)
{
    for (size_t s = 0; s < stages->n; s++)
        if (str_equal(stages->items[s].key, key))
            return &stages->items[s];
    if (stages->n == MAX_STAGES)
        return NULL;
    stages->items[stages->n] = (struct stage){.key = key};
    return &stages->items[stages->n++];
}

/* 공모사업 is what a programme is called whatever its stage, unless one is won; [○○ 선정기업] heads a series. */
static bool is_tag(struct str text, const struct mark *mark)
{
    static const char *const programme[] = {"사업 현장", "사업에 선제", "사업 대응", "사업 추진", "사업 발굴",
                                            "사업 점검", "가 ",         "주 ",       "펀드",      NULL};
    static const char *const series[] = {"기업]", " 기업]", NULL};
    struct str after = str_slice(text, mark->end, mark->end + BYTES_AFTER);
    return str_starts_any(after, programme) || (mark->section == SECTION_TITLE && str_starts_any(after, series));
}

/* 우수기관 선정 praises what has been done; 공모에 선정 begins something. */
static bool is_praise(struct str text, const struct mark *mark)
{
    static const char *const praise[] = {"우수기관",  "최우수",      "우수 기관", "우수참여", "우수 참여",
                                         "우수 자치", "우수 지자체", "‘우수",     "'우수",    "최고 등급",
                                         "최고등급",  "대상에",      "빛낸",      NULL};
    static const char *const call[] = {"공모", "사업", "과제", NULL};
    enum { BACK = 60 };
    if (str_find(mark->phrase->text, STR("선정"), 0) == SIZE_MAX)
        return false;
    struct str before = str_slice(text, mark->begin > BACK ? mark->begin - BACK : 0, mark->begin);
    return str_has_any(before, praise) && !str_has_any(before, call);
}

/* Marks that are part of other words, or of the age of a government: 우수상품, 수상태양광, 민선 8기 출범 이후. */
static bool is_other(struct str text, const struct mark *mark)
{
    static const char *const on_water[] = {"태양", "레저", "스포츠", "스키", "교통", "버스", "택시",
                                           "무대", "안전", "구조",   "하다", "한",   NULL};
    static const char *const since[] = {"(", " 이후", " 이래", " 후", "한 지", " 때", " 당시", NULL};
    struct str after = str_slice(text, mark->end, mark->end + BYTES_AFTER);
    if (str_equal(mark->phrase->text, STR("수상")))
        return !scan_boundary_before(text, mark->begin) || str_starts_any(after, on_water);
    return str_equal(mark->phrase->text, STR("출범")) && str_starts_any(after, since);
}

static void weigh(const struct scan *scan, const struct cue *cue, const struct mark *mark, date_t published,
                  struct stages *stages)
{
    static const double weights[SECTIONS] = {3, 1.5, 2, 0.3};
    static const struct str plan = {"구상", sizeof "구상" - 1};
    double value = cue->weight * weights[mark->section];
    bool call = str_equal(cue->key, STR("공모")), praise = call && is_praise(scan->text, mark);
    if ((call && is_tag(scan->text, mark)) || is_other(scan->text, mark))
        return;
    bool later = str_equal(cue->key, STR("착수")) || str_equal(cue->key, STR("운영"));
    bool ahead = later && is_ahead(scan, mark, published);
    struct stage *stage = stage_of(stages, ahead ? plan : praise ? STR("성과") : cue->key);
    if (!stage)
        return;
    stages->planned |= ahead;
    stage->sum += value;
    if (value > stage->strongest) {
        stage->strongest = value;
        stage->mark = *mark;
    }
}

/* The heaviest. A plan whose study, contract or call is what the article reports is at that. */
static const struct stage *heaviest(struct stages *stages)
{
    const struct stage *best = NULL;
    for (size_t s = 0; s < stages->n; s++)
        if (!best || stages->items[s].sum > best->sum)
            best = &stages->items[s];
    if (!best || !stages->planned || !str_equal(best->key, STR("구상")))
        return best;
    for (size_t s = 0; s < stages->n; s++)
        if (str_equal(stages->items[s].key, STR("연구용역")) && stages->items[s].sum >= 1)
            return &stages->items[s];
    return best;
}

void stage_find(const struct scan *scan, const struct article *article, struct findings *out)
{
    struct stages stages = {.n = 0};
    date_t published = article->basis >= BASIS_METADATA ? article->published : DATE_NONE;
    for (size_t i = 0; i < scan->n_cues; i++)
        for (const struct cue *cue = scan->cues[i].phrase->cues; cue; cue = cue->next)
            if (cue->class == CUE_STAGE)
                weigh(scan, cue, &scan->cues[i], published, &stages);
    const struct stage *best = heaviest(&stages);
    double second = 0;
    for (size_t s = 0; best && s < stages.n; s++)
        if (&stages.items[s] != best && stages.items[s].sum <= best->sum)
            second = fmax(second, stages.items[s].sum);
    /* below it more than a quarter are wrong: then none is better */
    static const double least_score = 0.5;
    double score = best ? best->sum / (best->sum + second + 1) : 0;
    if (score < least_score)
        return;
    findings_add(out, (struct finding){.kind = FINDING_STAGE,
                                       .value = best->key,
                                       .score = score,
                                       .rule = STR("stage/cue"),
                                       .begin = best->mark.begin,
                                       .end = best->mark.end});
}
