/* generate-corpus OUTDIR SEED [SOURCE]: writes several hundred sample pages and their expected.tsv. The same seed and
 * templates give the same bytes. SOURCE is the folder of cities.tsv and templates/ (tests/corpus by default). */
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "plan.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLOT(name, ...) slots_set(slots, name, arena_printf(arena, __VA_ARGS__))

struct report {
    size_t number, outlet;
    date_t day; /* of this report */
    bool dated;
    struct rng look; /* skin, clock, encoding */
};

static struct str sido_at(const struct city *city, date_t day)
{
    return city->since != DATE_NONE && day < city->since ? city->sido_before : city->sido;
}

static void set_city(struct arena *arena, struct slots *slots, const struct city *city, const struct city *other,
                     date_t day)
{
    struct str sido = sido_at(city, day), name = city->name, last = name, part, rest = name;
    while (str_field(&rest, ' ', &part))
        last = part;
    bool whole = city->code.p[2] == '0' || str_equal(city->code, STR("36110"));
    bool province = whole && str_equal(city->unit, STR("도"));
    SLOT("시", STR_FMT, STR_ARG(province ? sido : name));
    if (whole)
        SLOT("전체", STR_FMT, STR_ARG(sido));
    else
        SLOT("전체", STR_FMT " " STR_FMT, STR_ARG(sido), STR_ARG(last));
    SLOT("시도", STR_FMT, STR_ARG(sido));
    SLOT("약칭", STR_FMT, STR_ARG(city->short_name));
    SLOT("단위", STR_FMT, STR_ARG(city->unit));
    SLOT("장", STR_FMT, STR_ARG(city->head));
    SLOT("청", STR_FMT, STR_ARG(city->hall));
    SLOT("시2", STR_FMT, STR_ARG(other->name));
}

/* A day as a report of another day tells it. */
static const char *day_phrase(struct arena *arena, date_t day, date_t from)
{
    struct ymd a = date_split(day), b = date_split(from);
    if (a.year == b.year && a.month == b.month)
        return arena_printf(arena, day == from ? "%d일" : "지난 %d일", a.day);
    return arena_printf(arena, "지난달 %d일", a.day);
}

/* What all reports of an event agree on. */
static void set_facts(struct arena *arena, struct slots *slots, const struct plan *plan, const struct event *event,
                      date_t report_day)
{
    const struct template *template = &plan->templates[event->template];
    struct rng rng = {event->seed};
    int year = date_split(event->day).year;
    unsigned money = 12 + rng_below(&rng, 240), held = rng_below(&rng, 4);
    set_city(arena, slots, &plan->cities[event->city], &plan->cities[event->city2], event->day);
    SLOT("사업명", STR_FMT, STR_ARG(event->name));
    SLOT("금액", "%u억", money);
    SLOT("국비", "%u억", money * (30 + rng_below(&rng, 30)) / 100);
    SLOT("소액", "%u00만", 5 + rng_below(&rng, 45));
    SLOT("수1", "%u", 20 + rng_below(&rng, 60));
    SLOT("수2", "%u", 4 + rng_below(&rng, 16));
    SLOT("수3", "%u", 60 + rng_below(&rng, 300));
    SLOT("목표년", "%d", year + 1 + (int)rng_below(&rng, 3));
    slots_set(slots, "일", day_phrase(arena, event->day - (date_t)held, report_day));
    slots_set(slots, "발표", day_phrase(arena, event->day, report_day));
    struct str agency = text_fill(arena, &rng, slots, lines_pick(&rng, template->agencies));
    SLOT("기관", STR_FMT, STR_ARG(agency));
}

static const char *korean_date(struct arena *arena, date_t day)
{
    static const char *const weekdays[] = {"일", "월", "화", "수", "목", "금", "토"};
    struct ymd d = date_split(day);
    return arena_printf(arena, "%d년 %d월 %d일 %s요일", d.year, d.month, d.day, weekdays[date_weekday(day)]);
}

/* Date, clock and the odds and ends of a page. */
static void set_page(struct arena *arena, struct slots *slots, const struct outlet *outlet, struct report *report)
{
    static const char *const surnames[] = {"김", "이", "박", "최", "정", "조", "윤", "한", "오", "서"};
    static const char *const weekdays[] = {"일", "월", "화", "수", "목", "금", "토"};
    struct rng *rng = &report->look;
    struct ymd d = date_split(report->day);
    int hour = 7 + (int)rng_below(rng, 13);
    SLOT("Y", "%d", d.year);
    SLOT("y", "%02d", d.year % 100);
    SLOT("M", "%02d", d.month);
    SLOT("D", "%02d", d.day);
    SLOT("n", "%d", d.month);
    SLOT("d", "%d", d.day);
    SLOT("h", "%02d", hour);
    SLOT("h12", "%d", (hour + 11) % 12 + 1);
    slots_set(slots, "오전", hour < 12 ? "오전" : "오후");
    SLOT("m", "%02u", rng_below(rng, 60));
    SLOT("s", "%02u", rng_below(rng, 60));
    slots_set(slots, "요일", weekdays[date_weekday(report->day)]);
    slots_set(slots, "오늘", korean_date(arena, report->day + 180 + (date_t)rng_below(rng, 500)));
    slots_set(slots, "수정일", arena_printf(arena, "%s", date_iso(report->day + 30 + (date_t)rng_below(rng, 300)).p));
    struct ymd edit = date_split(report->day + (date_t)rng_below(rng, 2));
    SLOT("수정", "%d.%02d.%02d", edit.year, edit.month, edit.day);
    SLOT("매체", STR_FMT, STR_ARG(outlet->name));
    SLOT("홈", STR_FMT, STR_ARG(outlet->domain));
    SLOT("주소", STR_FMT, STR_ARG(outlet->address));
    SLOT("시청주소", STR_FMT " 시민로 %u", STR_ARG(slots_get(slots, STR("전체"))), 1 + rng_below(rng, 300));
    SLOT("우편", "%05u", 1000 + rng_below(rng, 62000));
    SLOT("전화", "0%u-000-%04u", 31 + rng_below(rng, 33), rng_below(rng, 10000));
    SLOT("메일", "desk%zu@" STR_FMT, report->number, STR_ARG(outlet->domain));
    SLOT("기자", "%s○○", surnames[rng_below(rng, 10)]);
    SLOT("조회", "%u", 1000 + rng_below(rng, 9000));
    SLOT("댓글", "%u", rng_below(rng, 4));
    SLOT("사진", "%u", 1 + rng_below(rng, 3));
    SLOT("면", "%u", 2 + rng_below(rng, 17));
    SLOT("기온", "%d", (int)rng_below(rng, 30) - 6);
    slots_set(slots, "분류", rng_percent(rng, 50) ? "지역경제" : "경제");
}

static struct article_text write_article(struct arena *arena, struct rng *words, const struct slots *slots,
                                         const struct template *template)
{
    struct article_text article = {.title = text_fill(arena, words, slots, lines_pick(words, template->titles))};
    if (template->subtitles.n > 0 && rng_percent(words, 40))
        article.subtitle = text_fill(arena, words, slots, lines_pick(words, template->subtitles));
    article.paragraphs.items = ARENA_ARRAY(arena, template->n_blocks, struct str);
    for (size_t i = 0; i < template->n_blocks; i++) {
        if (template->blocks[i].optional && rng_percent(words, 40))
            continue;
        article.paragraphs.items[article.paragraphs.n++] =
            text_fill(arena, words, slots, lines_pick(words, template->blocks[i].variants));
    }
    return article;
}

/* Some blanks between Hangul become U+00A0, some line ends CR LF, some files CP949. */
static struct str dress(struct arena *arena, struct rng *rng, struct str text, const char **encoding)
{
    bool nbsp = rng_percent(rng, 8), crlf = rng_percent(rng, 12), cp949 = !nbsp && rng_percent(rng, 14);
    struct buf out = {0};
    for (size_t i = 0; i < text.n; i++) {
        bool inside = i > 0 && i + 1 < text.n && (text.p[i - 1] & 0x80) && (text.p[i + 1] & 0x80);
        if (nbsp && text.p[i] == ' ' && inside && rng_percent(rng, 25))
            buf_text(&out, "\xC2\xA0");
        else if (crlf && text.p[i] == '\n')
            buf_text(&out, "\r\n");
        else
            buf_char(&out, text.p[i]);
    }
    struct str dressed = str_copy(arena, buf_view(&out));
    buf_free(&out);
    *encoding = "utf-8";
    iconv_t converter = cp949 ? iconv_open("CP949", "UTF-8") : (iconv_t)-1;
    if (converter == (iconv_t)-1)
        return dressed;
    size_t in_left = dressed.n, room = dressed.n + 1, out_left = room;
    char *in = arena_copy(arena, dressed.p, dressed.n), *bytes = arena_alloc(arena, room), *to = bytes;
    size_t converted = iconv(converter, &in, &in_left, &to, &out_left);
    iconv_close(converter);
    if (converted != 0 || in_left != 0)
        return dressed; /* a character that CP949 has not */
    *encoding = "cp949";
    return (struct str){bytes, room - out_left};
}

static bool write_file(const char *path, struct str bytes, struct err *err)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return err_set(err, ERR_CREATE, "%s: cannot create", path);
    bool written = fwrite(bytes.p, 1, bytes.n, file) == bytes.n;
    if (fclose(file) != 0 || !written)
        return err_set(err, ERR_IO, "%s: cannot write", path);
    return true;
}

static void expect_row(struct arena *arena, struct buf *table, const struct plan *plan, const struct event *event,
                       const struct report *report, const char *encoding, const struct page *page,
                       const struct article_text *article, struct str outlet)
{
    const struct template *template = &plan->templates[event->template];
    bool counted = !str_equal(template->category, STR("none"));
    const char *day = report->dated ? arena_printf(arena, "%s", date_iso(report->day).p) : "";
    struct str code = plan->cities[event->city].code, code2 = plan->cities[event->city2].code;
    buf_printf(table, "pages/g%04zu.txt\t%s\t" STR_FMT, report->number, encoding,
               STR_ARG(template->no_city ? STR("none") : code));
    if (template->two_cities)
        buf_printf(table, ";" STR_FMT, STR_ARG(code2));
    buf_printf(table, "\t" STR_FMT "\t%s\t%s\t%s\t%s\t%s", STR_ARG(counted ? template->category : STR("")),
               counted ? "yes" : "no", day, report->dated ? "published" : "unknown", day, day);
    buf_printf(table, "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT, STR_ARG(page_lines(arena, page, LINE_TITLE)),
               STR_ARG(page_lines(arena, page, LINE_BODY)), STR_ARG(page_lines(arena, page, LINE_OPTIONAL)));
    buf_printf(table, "\t" STR_FMT "\t" STR_FMT, STR_ARG(article->title), STR_ARG(outlet));
    buf_printf(table, counted ? "\tN%04zu" : "\t", event->id);
    buf_printf(table, event->related ? "\tR%04zu" : "\t", event->related);
    buf_printf(table, "\t" STR_FMT "\n", STR_ARG(template->file));
}

static bool write_report(struct arena *arena, const char *directory, const struct source *source,
                         const struct plan *plan, const struct event *event, struct report *report, struct rng words,
                         struct buf *table, struct err *err)
{
    struct slots slots = {0};
    const struct outlet *outlet = &source->outlets[report->outlet];
    const struct template *template = &plan->templates[event->template];
    set_facts(arena, &slots, plan, event, report->day);
    set_page(arena, &slots, outlet, report);
    struct article_text article = write_article(arena, &words, &slots, template);
    struct page page = {0};
    page_render(&page, arena, &report->look, source, report->outlet, &slots, &article, report->dated);
    const char *encoding, *path = arena_printf(arena, "%s/pages/g%04zu.txt", directory, report->number);
    struct str bytes = dress(arena, &report->look, buf_view(&page.text), &encoding);
    expect_row(arena, table, plan, event, report, encoding, &page, &article, outlet->name);
    page_free(&page);
    return write_file(path, bytes, err);
}

/* All reports of one event: the first is dated unless the event is undated; later ones come the same or the next day,
 * in another outlet, in other words or (one in three) in the same words. */
static bool write_event(struct arena *arena, const char *directory, const struct source *source,
                        const struct plan *plan, const struct event *event, size_t *number, struct buf *table,
                        struct err *err)
{
    struct rng rng = {event->seed ^ 0x5DEECE66Du};
    size_t *outlets = ARENA_ARRAY(arena, source->n_outlets, size_t);
    for (size_t i = 0; i < source->n_outlets; i++)
        outlets[i] = i;
    rng_shuffle(&rng, outlets, source->n_outlets);
    struct rng first_words = {rng_below(&rng, UINT32_MAX)};
    bool national = plan->templates[event->template].no_city;
    for (size_t copy = 0, at = 0; copy < event->reports && at < source->n_outlets; at++) {
        const struct outlet *outlet = &source->outlets[outlets[at]];
        if (outlet->domain.n == 0 && national)
            continue; /* a city hall does not report other people's news */
        struct report report = {.number = ++*number, .outlet = outlets[at], .dated = !(event->undated && copy == 0)};
        report.day = event->day + (copy > 0 && rng_percent(&rng, 40));
        struct rng words = {rng_below(&rng, UINT32_MAX)};
        report.look.state = rng_below(&rng, UINT32_MAX);
        if (copy == 0 || rng_percent(&rng, 33))
            words = first_words;
        if (!write_report(arena, directory, source, plan, event, &report, words, table, err))
            return false;
        copy++;
    }
    return true;
}

static bool generate(const char *directory, uint64_t seed, const char *from, struct err *err)
{
    struct arena *arena = arena_new(), *scratch = arena_new();
    struct source source = {0};
    struct plan *plan = ARENA_NEW(arena, struct plan);
    struct buf table = {0};
    size_t number = 0;
    bool done = plan_load(arena, from, &source, plan, err) &&
                file_make_directory(arena_printf(arena, "%s/pages", directory), err);
    if (done) {
        plan_make(plan, seed);
        buf_text(&table,
                 "file\tencoding\tcities\tcategories\tinitiative\tdate\tbasis\tlo\thi\ttitle_lines\tbody_lines\t"
                 "optional_lines\ttitle\toutlet\tgroup\trelated\tnote\n");
    }
    for (size_t i = 0; done && i < plan->n; i++) {
        arena_reset(scratch);
        done = write_event(scratch, directory, &source, plan, &plan->events[i], &number, &table, err);
    }
    done = done && write_file(arena_printf(arena, "%s/expected.tsv", directory), buf_view(&table), err);
    buf_free(&table);
    mem_free(plan->events);
    arena_free(scratch);
    arena_free(arena);
    return done;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    char *end = NULL;
    unsigned long long seed = argc >= 3 ? strtoull(argv[2], &end, 10) : 0;
    if (argc < 3 || argc > 4 || end == argv[2] || *end) {
        fputs("usage: generate-corpus OUTDIR SEED [SOURCE]\n", stderr);
        return ERR_USAGE;
    }
    if (!generate(argv[1], seed, argc == 4 ? argv[3] : "tests/corpus", &err)) {
        fprintf(stderr, "generate-corpus: error: %s\n", err.text);
        return (int)err.kind;
    }
    return 0;
}
