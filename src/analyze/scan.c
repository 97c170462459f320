/* One pass over an article: its sections, its bylines, and the marks of both layers (names and cues). */
#include "analyze/facts.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <string.h>

enum { LEAD_LIMIT = 700, HEAD_LIMIT = 1600, BYLINE_LIMIT = 120 };

static uint32_t next_char(struct str text, size_t at)
{
    return at < text.n ? utf8_next(text, &at) : ' ';
}

static uint32_t char_before(struct str text, size_t at)
{
    return at > 0 ? utf8_previous(text, &at) : ' ';
}

static bool is_word_char(uint32_t c)
{
    return utf8_is_hangul(c) || (c < 128 ? (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') : false);
}

static bool is_latin(uint32_t c)
{
    return c < 128 && (c | 32) >= 'a' && (c | 32) <= 'z';
}

bool scan_boundary_before(struct str text, size_t at)
{
    return !is_word_char(char_before(text, at));
}

bool scan_boundary_after(struct str text, size_t at)
{
    return !is_word_char(next_char(text, at));
}

size_t scan_hangul_run(struct str text, size_t at)
{
    size_t end = at;
    while (end < text.n && end - at < 60) {
        size_t next = end;
        if (!utf8_is_hangul(utf8_next(text, &next)))
            break;
        end = next;
    }
    return end - at;
}

static bool listed(struct str run, const char *const *list, bool whole)
{
    for (; *list; list++) {
        const char *p = *list;
        if (run.n >= 3 && (p[0] != run.p[0] || p[1] != run.p[1] || p[2] != run.p[2]))
            continue; /* most differ in the first syllable */
        struct str item = str_from(*list);
        if (whole ? str_equal(run, item) : str_starts(run, item))
            return true;
    }
    return false;
}

/* "광양항", "오산역에서", but not 항공, 역량. */
static bool is_harbour(struct str run)
{
    static const char *const particles[] = {"은", "는",   "이",   "가", "을", "를", "의",
                                            "에", "에서", "으로", "과", "와", NULL};
    if (!str_starts(run, STR("항")) && !str_starts(run, STR("역")))
        return false;
    return run.n == 3 || listed(str_slice(run, 3, run.n), particles, true);
}

static enum follow follow_at(struct str text, size_t end)
{
    static const char *const subject[] = {"은", "는", "이", "가", "에서는", "측은", NULL};
    static const char *const with[] = {"와", "과", NULL};
    static const char *const particle[] = {"을",   "를",     "의",     "에",   "로",   "으로", "도",   "만",   "나",
                                           "이나", "에서",   "에서도", "서",   "까지", "부터", "에도", "에게", "보다",
                                           "처럼", "로부터", "만의",   "에는", "라는", "하고", "등",   "및",   NULL};
    static const char *const place[] = {
        "지역",     "시내",   "시민",       "군민",   "구민",   "도민",   "산단",   "국가산", "일반산", "산업단",
        "테크노",   "창조",   "산업진흥",   "경제",   "상공",   "상의",   "시의회", "군의회", "구의회", "시청",
        "군청",     "구청",   "시장",       "군수",   "구청장", "바이오", "의생명", "전자",   "지식",   "스타트업",
        "벤처",     "창업",   "센터",       "혁신",   "첨단",   "미래",   "특구",   "산업",   "공장",   "형",
        "발",       "권",     "시",         "청년",   "국제",   "로컬",   "문화",   "시립",   "도립",   "국립",
        "캠퍼스",   "공단",   "본부",       "항공",   "시티",   "기업",   "농공",   "제",     "투자",   "강소",
        "기술",     "인자위", "인적",       "디지털", "스마트", "반도체", "방산",   "국방",   "조선",   "연구",
        "과학",     "의료",   "대학",       "일자리", "여성",   "새로일", "시정",   "남부",   "북부",   "동부",
        "서부",     "유치",   "융합",       "로봇",   "드론",   "콘텐츠", "콘진",   "소상공", "중소",   "중기",
        "신용보증", "신보",   "정보",       "나노",   "소재",   "세라믹", "우주",   "원전",   "에너지", "수소",
        "도시",     "관광",   "경영자",     "무역",   "고용",   "노동",   "섬유",   "자동차", "뿌리",   "그린",
        "모빌리티", "한방",   "메디",       "헬스",   "물산업", "농업",   "수산",   "출자",   "출연",   "개발공사",
        "도시공사", "교육청", "교육지원청", "시의원", "도의원", NULL};
    static const char *const institution[] = {"진흥원", "재단",   "센터",   "연구원",   "공사",
                                              "협의회", "위원회", "연합회", "본부",     "지원단",
                                              "사업단", "추진단", "테크노", "산업단지", NULL};
    static const char *const landmark[] = {"공항",   "국제공항", "박물관", "미술관", "과학관", "경기장", "구장",
                                           "터미널", "병원",     "교도소", "훈련소", "유원지", "휴게소", NULL};
    struct str run = str_slice(text, end, end + scan_hangul_run(text, end));
    if (run.n == 0)
        return FOLLOW_NOTHING;
    if (listed(run, subject, true))
        return FOLLOW_SUBJECT;
    if (listed(run, with, true))
        return FOLLOW_WITH;
    if (listed(run, particle, true))
        return FOLLOW_PARTICLE;
    if (listed(run, landmark, false) || is_harbour(run))
        return FOLLOW_LANDMARK;
    return listed(run, place, false) || str_has_any(run, institution) ? FOLLOW_PLACE : FOLLOW_OTHER;
}

/* ---- sections ---- */

/* Brackets that hold a byline or dateline: [○○일보=△△ 기자], [△△/□□뉴스], (○○=□□통신). */
static void mask_bylines(struct scan *scan)
{
    static const char *const in_square[] = {"기자", "특파원", "뉴스", "일보", "신문", "타임", "=", "경제", NULL};
    static const char *const in_round[] = {"=", NULL};
    struct str text = scan->text;
    for (size_t at = 0; at < text.n && scan->n_masks < MAX_MASKS; at++) {
        bool square = text.p[at] == '[';
        if (!square && text.p[at] != '(')
            continue;
        struct str inside = str_slice(text, at, at + BYLINE_LIMIT);
        size_t close = str_find(inside, square ? STR("]") : STR(")"), 0);
        if (close == SIZE_MAX)
            continue;
        inside = str_slice(inside, 0, close);
        if (!str_has_any(inside, square ? in_square : in_round))
            continue;
        scan->masks[scan->n_masks].begin = at;
        scan->masks[scan->n_masks++].end = at + close + 1;
    }
}

/* End of the second sentence from `begin`, bounded. */
static size_t lead_end(struct str text, size_t begin)
{
    size_t at = begin, limit = begin + LEAD_LIMIT < text.n ? begin + LEAD_LIMIT : text.n;
    for (int sentences = 0; sentences < 2; sentences++) {
        size_t dot = str_find(text, STR("다."), at);
        if (dot == SIZE_MAX || dot + 4 > limit) {
            at = limit;
            break;
        }
        at = dot + 4;
    }
    while (at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80)
        at++;
    return at < text.n ? at : text.n;
}

static void find_sections(struct scan *scan, const struct article *article)
{
    size_t body = article->title.n + article->subtitle.n + 2;
    body = body < scan->text.n ? body : scan->text.n;
    scan->title_end = article->title.n;
    scan->lead_begin = body;
    /* What stands before a byline at the start of the body is a repeated subtitle or a caption. */
    for (size_t i = 0; i < scan->n_masks; i++)
        if (scan->masks[i].begin >= body && scan->masks[i].begin < body + HEAD_LIMIT && i < 2)
            scan->lead_begin = scan->masks[i].end;
    scan->subtitle_end = scan->lead_begin;
    scan->lead_end = lead_end(scan->text, scan->lead_begin);
}

static enum section section_of(const struct scan *scan, size_t at)
{
    if (at < scan->title_end)
        return SECTION_TITLE;
    if (at < scan->subtitle_end)
        return SECTION_SUBTITLE;
    return at < scan->lead_end ? SECTION_LEAD : SECTION_BODY;
}

/* ---- marks ---- */

struct scanner {
    const struct analyzer *analyzer;
    struct scan *scan;
};

static bool masked(const struct scan *scan, size_t at)
{
    for (size_t i = 0; i < scan->n_masks && scan->masks[i].begin <= at; i++)
        if (at < scan->masks[i].end)
            return true;
    return false;
}

static bool fits_boundaries(struct str text, bool left, bool right, struct match match)
{
    if (left && !scan_boundary_before(text, match.begin))
        return false;
    if (right && !scan_boundary_after(text, match.end))
        return false;
    if (is_latin((unsigned char)text.p[match.begin]) && is_latin(char_before(text, match.begin)))
        return false;
    return !(is_latin((unsigned char)text.p[match.end - 1]) && is_latin(next_char(text, match.end)));
}

/* Appends a match that ends later than all before; a longer one swallows those inside it, and of two that only
 * overlap the earlier stays. So the marks come out leftmost-longest in one pass. */
static void push(struct mark **marks, size_t *n, size_t *room, struct mark mark)
{
    while (*n > 0 && (*marks)[*n - 1].begin >= mark.begin)
        --*n;
    if (*n > 0 && (*marks)[*n - 1].end > mark.begin)
        return;
    *marks = mem_grow(*marks, room, *n + 1, sizeof **marks);
    (*marks)[(*n)++] = mark;
}

/* A name begins at a word boundary, or right after another name (경기시흥, 대구경북). */
static bool name_begins(const struct scan *scan, size_t begin)
{
    if (scan_boundary_before(scan->text, begin))
        return true;
    const struct mark *last = scan->n_names ? &scan->names[scan->n_names - 1] : NULL;
    return (last && last->end == begin && last->phrase->name->kind != NAME_NONE) ||
           !utf8_is_hangul(char_before(scan->text, begin));
}

static void found(void *context, struct match match)
{
    struct scanner *scanner = context;
    struct scan *scan = scanner->scan;
    const struct phrase *phrase = &scanner->analyzer->phrases[match.phrase];
    struct mark mark = {.begin = match.begin, .end = match.end, .phrase = phrase};
    const struct word *word = phrase->words;
    if (word && fits_boundaries(scan->text, word->left, word->right, match))
        push(&scan->words, &scan->n_words, &scan->room_words, mark);
    if (!fits_boundaries(scan->text, phrase->left, phrase->right, match))
        return;
    if (phrase->cues)
        push(&scan->cues, &scan->n_cues, &scan->room_cues, mark);
    if (phrase->name && name_begins(scan, match.begin))
        push(&scan->names, &scan->n_names, &scan->room_names, mark);
}

/* Moves the marks into the arena, drops those in bylines and sets their sections. */
static struct mark *settle(struct arena *arena, const struct scan *scan, struct mark *marks, size_t *n)
{
    struct mark *out = ARENA_ARRAY(arena, *n + 1, struct mark);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        if (masked(scan, marks[i].begin))
            continue;
        out[kept] = marks[i];
        out[kept++].section = section_of(scan, marks[i].begin);
    }
    mem_free(marks);
    *n = kept;
    return out;
}

static void set_follows(struct scan *scan)
{
    for (size_t i = scan->n_names; i-- > 0;) {
        struct mark *mark = &scan->names[i];
        const struct mark *next = i + 1 < scan->n_names ? mark + 1 : NULL;
        if (mark->phrase->name->kind == NAME_NONE)
            mark->follow = FOLLOW_OTHER;
        else
            mark->follow = next && next->begin == mark->end ? next->follow : follow_at(scan->text, mark->end);
    }
}

void scan_article(const struct analyzer *analyzer, struct arena *arena, const struct article *article, struct scan *out)
{
    *out = (struct scan){.text = article_text(arena, article)};
    mask_bylines(out);
    find_sections(out, article);
    struct scanner scanner = {.analyzer = analyzer, .scan = out};
    matcher_run(analyzer->matcher, out->text, found, &scanner);
    out->names = settle(arena, out, out->names, &out->n_names);
    set_follows(out);
    out->cues = settle(arena, out, out->cues, &out->n_cues);
    out->words = settle(arena, out, out->words, &out->n_words);
}
