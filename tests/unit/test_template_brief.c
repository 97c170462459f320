/* The templates over briefs made by hand, as golden documents: tests/golden/TEMPLATE-NAME/doc.txt. UPDATE_GOLDEN=1
 * writes them anew; read the difference before committing it. */
#include "base/file.h"
#include "template/template.h"
#include "template/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct region places[] = {
    {.unit = "41000", .code = "41000", .type = REGION_SIDO, .sido = {"경기도", 9}, .full_name = {"경기도", 9}},
    {.unit = "41390",
     .code = "41390",
     .type = REGION_SI,
     .sido = {"경기도", 9},
     .name = {"시흥시", 9},
     .full_name = {"경기도 시흥시", 19}},
    {.unit = "41280",
     .code = "41280",
     .type = REGION_SI,
     .sido = {"경기도", 9},
     .name = {"고양시", 9},
     .full_name = {"경기도 고양시", 19}},
    {.unit = "47110",
     .code = "47110",
     .type = REGION_SI,
     .sido = {"경상북도", 12},
     .name = {"포항시", 9},
     .full_name = {"경상북도 포항시", 22}},
    {.unit = "26000",
     .code = "26000",
     .type = REGION_SIDO,
     .sido = {"부산광역시", 15},
     .full_name = {"부산광역시", 15}},
    {.unit = "47000", .code = "47000", .type = REGION_SIDO, .sido = {"경상북도", 12}, .full_name = {"경상북도", 12}},
};
enum { GYEONGGI, SIHEUNG, GOYANG, POHANG, BUSAN, GYEONGBUK };

static const struct category three[] = {{{"startup", 7}, {"창업", 6}, {NULL, 0}},
                                        {{"bio", 3}, {"바이오", 9}, {NULL, 0}},
                                        {{"manufacturing", 13}, {"제조", 6}, {NULL, 0}}};
static const struct category four[] = {{{"startup", 7}, {"창업", 6}, {NULL, 0}},
                                       {{"bio", 3}, {"바이오", 9}, {NULL, 0}},
                                       {{"manufacturing", 13}, {"제조", 6}, {NULL, 0}},
                                       {{"tourism", 7}, {"관광", 6}, {NULL, 0}}};

/* One initiative of the made-up month: where, category, days, outlets. */
struct plan {
    int place, other; /* other: a second region or -1 */
    unsigned categories;
    const char *title, *stage;
    int day, articles;
    int64_t previous; /* of the city */
};

static struct counts *columns(struct arena *arena, size_t n, int64_t per)
{
    struct counts *counts = ARENA_ARRAY(arena, n, struct counts);
    for (size_t i = 0; i < n; i++)
        counts[i] = (struct counts){per, per};
    return counts;
}

static struct brief *empty_brief(struct arena *arena, const struct category *categories, size_t n)
{
    struct brief *b = ARENA_NEW(arena, struct brief);
    b->taxonomy = (struct taxonomy){categories, n};
    b->from = date_from(2024, 1, 1);
    b->to = date_from(2024, 1, 31);
    b->previous_from = date_from(2023, 12, 1);
    b->previous_to = date_from(2023, 12, 31);
    b->year_ago_from = date_from(2023, 1, 1);
    b->year_ago_to = date_from(2023, 1, 31);
    b->twelve_from = date_from(2023, 2, 1);
    b->twelve_to = b->to;
    b->by_category = ARENA_ARRAY(arena, n, struct span_counts);
    b->cutoff = date_from(2024, 1, 31);
    b->rules_version = STR("1-3f2a");
    b->n_trend = 13;
    b->trend = ARENA_ARRAY(arena, b->n_trend, struct brief_month);
    for (int i = 0; i < 13; i++) {
        b->trend[i].month = date_add_months(b->from, i - 12);
        b->trend[i].by_category = columns(arena, n, 0);
    }
    return b;
}

/* A past with some initiatives every month. */
static void add_past(struct arena *arena, struct brief *b)
{
    for (int i = 0; i < 12; i++) {
        b->trend[i].total = (struct counts){2 + i % 4, 3 + i};
        b->trend[i].by_category = columns(arena, b->taxonomy.n, 1);
        b->trend[i].collected = 1180 + 20 * i;
    }
    b->collected_previous.articles = b->trend[11].collected;
    b->collected_year_ago.articles = b->trend[0].collected;
    b->collected_previous.covered = b->collected_year_ago.covered = true;
    b->tells_new = true;
    b->total.previous = b->trend[11].total;
    b->total.year_ago = b->trend[0].total;
    for (size_t k = 0; k < b->taxonomy.n; k++) {
        b->by_category[k].previous = b->trend[11].by_category[k];
        b->by_category[k].year_ago = b->trend[0].by_category[k];
        b->by_category[k].twelve_months = (struct counts){11, 11};
    }
    b->total.twelve_months = (struct counts){38, 96};
}

static struct brief_city *city_at(struct brief *b, const struct region *region)
{
    for (size_t i = 0; i < b->n_cities; i++)
        if (b->cities[i].region == region)
            return &b->cities[i];
    struct brief_city *city = &b->cities[b->n_cities++];
    city->region = region;
    return city;
}

static void count(struct span_counts *counts, int64_t articles)
{
    counts->now.initiatives++;
    counts->now.articles += articles;
    counts->twelve_months.initiatives++;
    counts->twelve_months.articles += articles;
}

static void add_source(struct arena *arena, struct brief *b, struct brief_initiative *one, const struct plan *plan,
                       int k)
{
    struct brief_source *source = &b->sources[b->n_sources++];
    source->number = (int)b->n_sources;
    source->key = str_from(arena_printf(arena, "a%d", source->number));
    source->title = k ? str_from(arena_printf(arena, "[지역] %s (%d보)", plan->title, k + 1)) : str_from(plan->title);
    source->outlet = k == 2 ? STR("") : str_from(k ? "한빛신문" : "가나일보");
    source->url =
        k == 1 ? STR("") : str_from(arena_printf(arena, "https://news.example.kr/a?id=%d&x=|%%", source->number));
    source->published = date_from(2024, 1, plan->day + k);
    source->basis = BASIS_PUBLISHED;
    source->regions = one->regions;
    source->n_regions = one->n_regions;
    source->categories = one->categories;
    source->score = 0.9;
    source->is_initiative = true;
    one->articles[one->n_articles++] = source;
}

static void add_initiative(struct arena *arena, struct brief *b, const struct plan *plan)
{
    struct brief_initiative *one = &b->initiatives[b->n_initiatives++];
    int ids[2] = {plan->place, plan->other};
    one->number = (int)b->n_initiatives;
    one->key = str_from(arena_printf(arena, "i%d", one->number));
    one->title = str_from(plan->title);
    one->stage = str_from(plan->stage);
    one->regions = ARENA_ARRAY(arena, 2, const struct region *);
    one->categories = ARENA_ARRAY(arena, b->taxonomy.n, bool);
    one->articles = ARENA_ARRAY(arena, (size_t)plan->articles, const struct brief_source *);
    one->place = &places[plan->place];
    one->n_outlets = (size_t)plan->articles;
    one->in_period_only = true;
    one->first = date_from(2024, 1, plan->day);
    one->last = date_from(2024, 1, plan->day + plan->articles - 1);
    count(&b->total, plan->articles);
    for (size_t c = 0; c < b->taxonomy.n; c++)
        if ((one->categories[c] = plan->categories >> c & 1))
            count(&b->by_category[c], plan->articles);
    for (int i = 0; i < 2 && ids[i] >= 0; i++) {
        struct brief_city *city = city_at(b, &places[ids[i]]);
        one->regions[one->n_regions++] = city->region;
        if (!city->by_category)
            city->by_category = ARENA_ARRAY(arena, b->taxonomy.n, struct span_counts);
        count(&city->total, plan->articles);
        for (size_t c = 0; c < b->taxonomy.n; c++)
            if (one->categories[c])
                count(&city->by_category[c], plan->articles);
    }
    for (int k = 0; k < plan->articles; k++)
        add_source(arena, b, one, plan, k);
}

static void add_plans(struct arena *arena, struct brief *b, const struct plan *plans, size_t n)
{
    b->cities = ARENA_ARRAY(arena, 2 * n + 2, struct brief_city);
    b->initiatives = ARENA_ARRAY(arena, n, struct brief_initiative);
    b->sources = ARENA_ARRAY(arena, 3 * n, struct brief_source);
    for (size_t i = 0; i < n; i++)
        add_initiative(arena, b, &plans[i]);
    b->cities_now = (int64_t)b->n_cities;
    int rank = 0;
    for (size_t i = 0; i < b->n_cities; i++) { /* the plans are in the order of the ranks */
        bool tie = i && b->cities[i].total.now.initiatives == b->cities[i - 1].total.now.initiatives;
        rank = tie ? rank : (int)i + 1;
        b->cities[i].rank = rank;
    }
    b->collected.articles = 1503;
    b->collected.covered = true;
    b->trend[12].total = b->total.now;
    b->trend[12].collected = b->collected.articles;
    for (size_t k = 0; k < b->taxonomy.n; k++)
        b->trend[12].by_category[k] = b->by_category[k].now;
}

static const struct plan busy[] = {
    {SIHEUNG, -1, 2, "바이오 시제품 제작소 문 열어…입주 기업 20곳", "운영", 3, 3, 0},
    {SIHEUNG, -1, 3, "예비창업자 *실험실* 지원사업 공모", "공모", 8, 1, 0},
    {POHANG, -1, 1, "청년 창업 <펀드> 100억 원 조성 협약", "협약", 16, 2, 0},
    {POHANG, -1, 4, "철강 부품 제조 | 스마트공장 보급 계획", "", 22, 1, 0},
    {GYEONGGI, -1, 4, "뿌리산업 제조혁신 [기본계획] 연구용역 착수", "연구용역", 10, 1, 0},
    {GOYANG, BUSAN, 5, "두 도시 공동 창업·제조 교류전 개최", "운영", 25, 1, 0},
};

static void add_sidos(struct arena *arena, struct brief *b)
{
    static const int ids[] = {BUSAN, GYEONGGI, GYEONGBUK};
    static const int64_t now[] = {1, 4, 2};
    b->sidos = ARENA_ARRAY(arena, 3, struct brief_city);
    b->n_sidos = 3;
    for (int i = 0; i < 3; i++) {
        b->sidos[i].region = &places[ids[i]];
        b->sidos[i].by_category = ARENA_ARRAY(arena, b->taxonomy.n, struct span_counts);
        b->sidos[i].total.now.initiatives = now[i];
    }
}

static void add_undated(struct arena *arena, struct brief *b)
{
    static const struct region *one_place[] = {&places[SIHEUNG]};
    b->undated = ARENA_ARRAY(arena, 2, struct brief_source);
    b->n_undated = 2;
    for (int i = 0; i < 2; i++) {
        struct brief_source *source = &b->undated[i];
        source->title = i ? STR("의료기기 <임상> 지원센터 유치") : STR("창업 경진대회 | 참가자 모집");
        source->outlet = STR("다라뉴스");
        source->url = i ? STR("javascript:alert(1)") : STR("https://news.example.kr/u");
        source->basis = i ? BASIS_INFERRED : BASIS_UNKNOWN;
        source->published = DATE_NONE;
        source->lo = i ? date_from(2023, 6, 1) : DATE_NONE;
        source->hi = i ? date_from(2023, 6, 30) : DATE_NONE;
        source->date_evidence = i ? STR("관련 기사의 날짜") : STR("");
        source->regions = one_place;
        source->n_regions = 1;
        source->categories = ARENA_ARRAY(arena, b->taxonomy.n, bool);
        source->categories[i] = true;
    }
}

static struct brief *normal_brief(struct arena *arena, const struct category *categories, size_t n)
{
    struct brief *b = empty_brief(arena, categories, n);
    add_past(arena, b);
    add_plans(arena, b, busy, sizeof busy / sizeof *busy);
    b->cities[0].total.previous = (struct counts){1, 2};
    b->cities[0].previous_rank = 2;
    b->cities[1].total.previous = (struct counts){3, 6};
    b->cities[1].previous_rank = 1;
    b->cities[3].is_new = true;
    b->cities[4].is_new = true;
    add_sidos(arena, b);
    add_undated(arena, b);
    b->doubtful = ARENA_ARRAY(arena, 1, struct brief_source);
    b->doubtful[0] = b->sources[4];
    b->doubtful[0].score = 0.55;
    b->n_doubtful = 1;
    return b;
}

static bool load_part(void *user, struct str name, const char **file, struct str *text)
{
    struct arena *arena = user;
    struct buf bytes = {0};
    struct err err = {0};
    *file = arena_printf(arena, "templates/" STR_FMT ".md", STR_ARG(name));
    bool good = file_read(*file, 1 << 20, &bytes, &err);
    *text = str_copy(arena, buf_view(&bytes));
    buf_free(&bytes);
    return good;
}

static bool render_with(struct arena *arena, const char *name, const struct value *context, struct doc *doc)
{
    const struct template_loader loader = {load_part, arena, NULL};
    struct template_source source = {.loader = &loader};
    struct err err = {0};
    bool good = load_part(arena, str_from(name), &source.name, &source.text) &&
                template_make(arena, &source, context, doc, &err);
    if (!good)
        print_error("%s\n", err.text);
    return good;
}

static bool render(struct arena *arena, const struct brief *b, struct doc *doc)
{
    return render_with(arena, "monthly", template_context(arena, b), doc);
}

/* The golden document of the template that `name` begins with. */
static void check_golden(struct arena *arena, const struct brief *b, const char *name)
{
    struct doc doc;
    struct buf dump = {0}, golden = {0};
    struct err err = {0};
    struct str template = str_slice(str_from(name), 0, str_find(str_from(name), STR("-"), 0));
    char *path = arena_printf(arena, "tests/golden/%s/doc.txt", name);
    assert_true(render_with(arena, str_copy(arena, template).p, template_context(arena, b), &doc));
    doc_dump(&doc, &dump);
    if (getenv("UPDATE_GOLDEN")) {
        assert_true(file_make_directory(arena_printf(arena, "tests/golden/%s", name), &err));
        assert_true(file_publish(path, buf_view(&dump), &err));
    }
    if (!file_read(path, 1 << 24, &golden, &err))
        fail_msg("%s", err.text);
    struct str want = buf_view(&golden), have = buf_view(&dump), x, y = {0};
    for (size_t line = 1; str_line(&want, &x); line++) {
        if (!str_line(&have, &y) || !str_equal(x, y))
            fail_msg("%s:%zu: expected \"" STR_FMT "\", got \"" STR_FMT "\"", path, line, STR_ARG(x), STR_ARG(y));
    }
    assert_int_equal(golden.n, dump.n);
    buf_free(&dump);
    buf_free(&golden);
}

/* One of everything, in each of the templates. */
static void test_golden_sample(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    check_golden(arena, template_sample(arena), "monthly-sample");
    check_golden(arena, template_sample(arena), "summary-sample");
    struct brief *b = template_sample(arena);
    b->period = PERIOD_QUARTER;
    b->to = date_from(2024, 3, 31);
    b->previous_from = date_from(2023, 10, 1);
    b->year_ago_to = date_from(2023, 3, 31);
    b->on_previous = (struct brief_change){0.001, 0.001, true};
    b->on_year_ago = (struct brief_change){0.4, 0.4, false};
    check_golden(arena, b, "quarterly-sample");
    arena_free(arena);
}

/* One city, one category, a year: what is compared with itself is left out. */
static void test_golden_scopes(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct brief *b = template_sample(arena);
    const struct region *city = b->cities[0].region;
    b->scope = (struct brief_scope){&city, 1, 0};
    b->n_cities = 1;
    b->cities_now = 1;
    b->n_sidos = 0;
    b->n_initiatives = 3;
    b->n_sources = 6;
    b->n_doubtful = b->doubtful_initiatives = 0;
    b->total.now = (struct counts){3, 6};
    check_golden(arena, b, "monthly-city");
    b = template_sample(arena);
    b->taxonomy.n = 1;
    b->period = PERIOD_YEAR;
    b->to = date_from(2024, 12, 31);
    b->twelve_from = b->from;
    b->previous_is_year_ago = true;
    check_golden(arena, b, "monthly-year-category");
    arena_free(arena);
}

static void test_golden_normal(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    check_golden(arena, normal_brief(arena, three, 3), "monthly-normal");
    arena_free(arena);
}

static void test_golden_empty_month(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct brief *b = empty_brief(arena, three, 3);
    add_past(arena, b);
    b->collected.articles = b->trend[12].collected = 240;
    add_undated(arena, b);
    check_golden(arena, b, "monthly-empty");
    arena_free(arena);
}

static void test_golden_one_initiative(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct brief *b = empty_brief(arena, three, 3);
    add_past(arena, b);
    b->trend[3] = (struct brief_month){.month = b->trend[3].month, .by_category = columns(arena, 3, 0)};
    add_plans(arena, b, &busy[2], 1);
    check_golden(arena, b, "monthly-one");
    arena_free(arena);
}

static void test_golden_first_month_ever(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct brief *b = empty_brief(arena, three, 3);
    add_plans(arena, b, busy, sizeof busy / sizeof *busy);
    add_sidos(arena, b);
    check_golden(arena, b, "monthly-first");
    arena_free(arena);
}

static void test_golden_nothing_collected(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct brief *b = empty_brief(arena, three, 3);
    add_past(arena, b);
    b->cutoff = date_from(2023, 12, 28);
    check_golden(arena, b, "monthly-no-data");
    arena_free(arena);
}

/* The first table that has a column of that name in its second line; the test fails where there is none. */
static const struct table *find_table(const struct block *first, struct str name)
{
    const struct table *found = NULL;
    for (const struct block *block = first; block && !found; block = block->next) {
        if (block->children)
            found = find_table(block->children, name);
        for (size_t i = 0; block->kind == BLOCK_TABLE && i < block->table->columns && block->table->rows; i++)
            if (block->table->cells[i].n && str_equal(block->table->cells[i].runs[0].text, name))
                found = block->table;
    }
    return found;
}

static void test_a_fourth_category_gets_its_column(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct doc doc;
    assert_true(render(arena, normal_brief(arena, four, 4), &doc));
    const struct table *table = find_table(doc.first, STR("관광"));
    assert_non_null(table);
    assert_int_equal(table->columns, 12);
    assert_true(str_equal(table->cells[6].runs[0].text, STR("관광")));
    arena_free(arena);
}

/* The figures of the document against the struct: nothing is lost or changed on the way. */
static void test_table_figures_are_those_of_the_brief(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct doc doc;
    struct brief *b = normal_brief(arena, three, 3);
    assert_true(render(arena, b, &doc));
    const struct table *table = find_table(doc.first, STR("제조"));
    assert_non_null(table);
    assert_int_equal(table->rows, b->n_cities + 2);
    for (size_t i = 0; i < b->n_cities; i++) {
        const struct cell *row = table->cells + (i + 1) * table->columns;
        assert_int_equal(strtol(row[0].runs[0].text.p, NULL, 10), b->cities[i].rank);
        for (size_t k = 0; k < 3; k++)
            assert_int_equal(strtol(row[3 + k].runs[0].text.p, NULL, 10), b->cities[i].by_category[k].now.initiatives);
        assert_int_equal(strtol(row[6].runs[0].text.p, NULL, 10), b->cities[i].total.now.initiatives);
        assert_int_equal(strtol(row[7].runs[0].text.p, NULL, 10), b->cities[i].total.now.articles);
    }
    arena_free(arena);
}

static void test_no_percentage_on_a_small_base(void **state)
{
    (void)state;
    for (int64_t base = 0; base < 8; base++) {
        struct arena *arena = arena_new();
        struct doc doc;
        struct buf dump = {0};
        struct brief *b = normal_brief(arena, three, 3);
        b->total.previous.initiatives = base;
        b->total.year_ago.initiatives = 0;
        assert_true(render(arena, b, &doc));
        doc_dump(&doc, &dump);
        size_t at = str_find(buf_view(&dump), STR("증감}"), 0);
        size_t end = str_find(buf_view(&dump), STR("\n"), at);
        struct str sentence = str_slice(buf_view(&dump), at, end);
        bool percent = str_find(sentence, STR("%"), 0) != SIZE_MAX;
        assert_int_equal(percent, base >= 5 && base != b->total.now.initiatives);
        buf_free(&dump);
        arena_free(arena);
    }
}

/* Thirds of a month by their names; an aim beside a year is no event, alone or joined to one. */
static void test_what_is_due_is_said_as_people_say_it(void **state)
{
    (void)state;
    static const struct {
        int first_month, first_day, last_month, last_day;
        const char *event, *when; /* when: NULL for what is left out */
    } cases[] = {{1, 21, 1, 31, "마감", "2024년 1월 말"},
                 {2, 21, 2, 29, "개소", "2024년 2월 말"},
                 {3, 1, 3, 10, "개소", "2024년 3월 초"},
                 {3, 11, 3, 20, "준공", "2024년 3월 중순"},
                 {3, 1, 3, 31, "착공", "2024년 3월"},
                 {3, 11, 4, 20, "공모", "2024. 3. 11.~2024. 4. 20."},
                 {3, 21, 3, 30, "접수", "2024. 3. 21.~2024. 3. 30."},
                 {1, 1, 12, 31, "목표", NULL},
                 {1, 1, 12, 31, "조성", "2024년"},
                 {1, 1, 6, 30, "투입", NULL}};
    enum { CASES = sizeof cases / sizeof *cases };
    struct arena *arena = arena_new();
    struct brief *b = template_sample(arena);
    struct brief_initiative *one = &b->initiatives[0];
    one->targets = ARENA_ARRAY(arena, CASES, struct brief_target);
    one->n_targets = CASES;
    b->n_schedule = 0;
    for (size_t i = 0; i < CASES; i++)
        one->targets[i] = (struct brief_target){date_from(2024, cases[i].first_month, cases[i].first_day),
                                                date_from(2024, cases[i].last_month, cases[i].last_day),
                                                str_from(cases[i].event), one->articles[0]};
    const struct value *map = template_context(arena, b);
    const struct item *due = value_get(value_get(map, STR("사업목록"))->first->value, STR("시기목록"))->first;
    for (size_t i = 0; i < CASES; i++) {
        if (!cases[i].when)
            continue;
        assert_non_null(due);
        struct str when = value_get(due->value, STR("시기"))->text, event = value_get(due->value, STR("내용"))->text;
        if (!str_equal(when, str_from(cases[i].when)) || !str_equal(event, str_from(cases[i].event)))
            fail_msg("%s %s is " STR_FMT " " STR_FMT, cases[i].when, cases[i].event, STR_ARG(when), STR_ARG(event));
        due = due->next;
    }
    assert_null(due);
    arena_free(arena);
}

/* What is not to be compared has neither a change nor a verdict; what shows no difference says so. */
static void test_a_table_compares_what_the_front_page_does(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct brief *b = normal_brief(arena, three, 3);
    struct doc doc;
    struct buf dump = {0};
    b->collected_year_ago.covered = false;
    b->on_previous = b->on_year_ago = (struct brief_change){0.4, 0.4, false};
    assert_true(render_with(arena, "quarterly", template_context(arena, b), &doc));
    doc_dump(&doc, &dump);
    size_t at = str_find(buf_view(&dump), STR("{strong :사업 합계}"), 0);
    struct str row = str_slice(buf_view(&dump), at, str_find(buf_view(&dump), STR("\n"), at));
    if (!str_ends(row, STR("| 차이 없음 | 2 |  | ")))
        fail_msg(STR_FMT, STR_ARG(row));
    buf_free(&dump);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden_sample),
        cmocka_unit_test(test_golden_scopes),
        cmocka_unit_test(test_golden_normal),
        cmocka_unit_test(test_golden_empty_month),
        cmocka_unit_test(test_golden_one_initiative),
        cmocka_unit_test(test_golden_first_month_ever),
        cmocka_unit_test(test_golden_nothing_collected),
        cmocka_unit_test(test_a_fourth_category_gets_its_column),
        cmocka_unit_test(test_table_figures_are_those_of_the_brief),
        cmocka_unit_test(test_no_percentage_on_a_small_base),
        cmocka_unit_test(test_what_is_due_is_said_as_people_say_it),
        cmocka_unit_test(test_a_table_compares_what_the_front_page_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
