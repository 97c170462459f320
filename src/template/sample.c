/* A brief made up so that it has one of everything: what `template check` holds a template against, and tests read. */
#include "template/template.h"

enum { GYEONGGI, SIHEUNG, GOYANG, POCHEON, PAJU, BUSAN, PLACES };

#define TEXT(word)                                                                                                     \
    {                                                                                                                  \
        word, sizeof(word) - 1                                                                                         \
    }
/* A city of 경기도. */
#define CITY(number, word)                                                                                             \
    {                                                                                                                  \
        .unit = number, .code = number, .parent = "41000", .type = REGION_SI, .sido = TEXT("경기도"),                  \
        .name = TEXT(word), .full_name = TEXT("경기도 " word),                                                         \
    }

static const struct region places[PLACES] = {
    [GYEONGGI] = {.unit = "41000",
                  .code = "41000",
                  .type = REGION_SIDO,
                  .sido = TEXT("경기도"),
                  .short_name = TEXT("경기"),
                  .full_name = TEXT("경기도")},
    [SIHEUNG] = CITY("41390", "시흥시"),
    [GOYANG] = CITY("41280", "고양시"),
    [POCHEON] = CITY("41650", "포천시"),
    [PAJU] = CITY("41480", "파주시"),
    [BUSAN] = {.unit = "26000",
               .code = "26000",
               .type = REGION_SIDO,
               .sido = TEXT("부산광역시"),
               .full_name = TEXT("부산광역시")},
};
static const struct category categories[] = {{TEXT("startup"), TEXT("창업"), TEXT("start-ups")},
                                             {TEXT("bio"), TEXT("바이오"), TEXT("bio")},
                                             {TEXT("manufacturing"), TEXT("제조"), TEXT("manufacturing")}};
enum { CATEGORIES = sizeof categories / sizeof *categories, MONTHS = 13 };

/* The initiatives, in the order of printing. */
static const struct plan {
    int place, other;    /* other: a second region or -1 */
    unsigned categories; /* bits */
    const char *title, *stage;
    int day, articles;
    double score;
} plans[] = {
    {SIHEUNG, -1, 2, "바이오 시제품 제작소 문 열어…입주 기업 20곳", "운영", 3, 3, 0.95},
    {SIHEUNG, -1, 3, "예비창업자 실험실 지원사업 공모", "공모", 8, 1, 0.92},
    {SIHEUNG, GOYANG, 4, "두 도시 제조 교류전 개최", "운영", 25, 2, 0.9},
    {GOYANG, -1, 1, "청년 창업 펀드 100억 원 조성 협약", "협약", 16, 2, 0.9},
    {GYEONGGI, BUSAN, 4, "뿌리산업 제조혁신 기본계획 연구용역 착수", "연구용역", 10, 1, 0.9},
    {POCHEON, -1, 1, "폐교 활용 창업 공간 조성 검토", "", 29, 1, 0.6},
};
enum { PLANS = sizeof plans / sizeof *plans };

static struct brief_city *city_at(struct brief *b, const struct region *region)
{
    for (size_t i = 0; i < b->n_cities; i++)
        if (b->cities[i].region == region)
            return &b->cities[i];
    return NULL;
}

/* Past counts in proportion to `size`, so that the numbers differ. */
static void fill_past(struct span_counts *counts, int64_t size)
{
    counts->previous = (struct counts){size, 2 * size};
    counts->year_ago = (struct counts){size / 2, size};
    counts->twelve_months = (struct counts){9 * size + counts->now.initiatives, 14 * size + counts->now.articles};
}

static void count(struct span_counts *counts, const struct plan *plan)
{
    counts->now.initiatives++;
    counts->now.articles += plan->articles;
}

static void add_cities(struct arena *arena, struct brief *b)
{
    static const struct {
        int place, rank, previous_rank;
        int64_t past, population;
    } rows[] = {{SIHEUNG, 1, 2, 3, 518000},
                {GOYANG, 2, 1, 4, 1076000},
                {GYEONGGI, 3, 3, 1, 0},
                {POCHEON, 3, 0, 0, 48000},
                {PAJU, 0, 3, 1, 497000}};
    b->n_cities = sizeof rows / sizeof *rows;
    b->cities = ARENA_ARRAY(arena, b->n_cities, struct brief_city);
    for (size_t i = 0; i < b->n_cities; i++) {
        struct brief_city *city = &b->cities[i];
        city->region = &places[rows[i].place];
        city->by_category = ARENA_ARRAY(arena, CATEGORIES, struct span_counts);
        city->months = ARENA_ARRAY(arena, MONTHS, int64_t);
        city->rank = rows[i].rank;
        city->previous_rank = rows[i].previous_rank;
        city->nation_rank = 10 * rows[i].rank;
        city->sido_rank = rows[i].rank;
        city->is_new = rows[i].place == POCHEON;
        city->population = rows[i].population ? rows[i].population : -1;
        city->population_day = date_from(2023, 12, 31);
        fill_past(&city->total, rows[i].past);
        for (size_t k = 0; k < MONTHS; k++)
            city->months[k] = rows[i].past ? (int64_t)k % (rows[i].past + 1) : 0;
    }
}

static void count_plan(struct brief *b, const struct plan *plan)
{
    const int ids[2] = {plan->place, plan->other};
    count(&b->total, plan);
    count(&b->sidos[0].total, plan);
    for (size_t c = 0; c < CATEGORIES; c++)
        if (plan->categories >> c & 1) {
            count(&b->by_category[c], plan);
            count(&b->sidos[0].by_category[c], plan);
        }
    for (size_t i = 0; i < 2; i++) {
        struct brief_city *city = ids[i] >= 0 ? city_at(b, &places[ids[i]]) : NULL;
        if (!city)
            continue;
        count(&city->total, plan);
        for (size_t c = 0; c < CATEGORIES; c++)
            if (plan->categories >> c & 1)
                count(&city->by_category[c], plan);
    }
}

static void add_source(struct arena *arena, struct brief *b, struct brief_initiative *one, const struct plan *plan,
                       int k)
{
    static const char *const outlets[] = {"가나일보", "한빛신문", ""};
    struct brief_source *source = &b->sources[b->n_sources++];
    int number = (int)b->n_sources;
    source->number = number;
    source->key = str_from(arena_printf(arena, "a%015d", number));
    source->title = k ? str_from(arena_printf(arena, "%s(%d보)", plan->title, k + 1)) : one->title;
    source->outlet = str_from(outlets[k]);
    source->url = k == 1 ? STR("") : str_from(arena_printf(arena, "https://news.example.kr/a?id=%d", number));
    source->published = date_from(2024, 1, plan->day + k);
    source->basis = BASIS_PUBLISHED;
    source->date_evidence = STR("기사입력 2024. 1.");
    source->source = STR("news.jsonl");
    source->regions = one->regions;
    source->n_regions = one->n_regions;
    source->categories = one->categories;
    source->initiative = one->key;
    source->is_initiative = true;
    source->corrected = number == 2;
    source->score = plan->score;
    one->articles[one->n_articles++] = source;
}

static void add_initiative(struct arena *arena, struct brief *b, const struct plan *plan)
{
    struct brief_initiative *one = &b->initiatives[b->n_initiatives++];
    one->number = (int)b->n_initiatives;
    one->key = str_from(arena_printf(arena, "i%015d", one->number));
    one->title = str_from(plan->title);
    one->stage = str_from(plan->stage);
    one->regions = ARENA_ARRAY(arena, 2, const struct region *);
    one->regions[one->n_regions++] = &places[plan->place];
    one->place = one->regions[0];
    if (plan->other >= 0)
        one->regions[one->n_regions++] = &places[plan->other];
    one->categories = ARENA_ARRAY(arena, CATEGORIES, bool);
    for (size_t c = 0; c < CATEGORIES; c++)
        one->categories[c] = plan->categories >> c & 1;
    one->articles = ARENA_ARRAY(arena, (size_t)plan->articles, const struct brief_source *);
    one->first = date_from(2024, 1, plan->day);
    one->last = one->first + plan->articles - 1;
    one->score = plan->score;
    one->in_period_only = b->n_initiatives != 2;
    one->n_outlets = (size_t)plan->articles;
    for (int k = 0; k < plan->articles; k++)
        add_source(arena, b, one, plan, k);
    count_plan(b, plan);
}

/* The facts of the first initiative and of the fourth. */
static void add_facts(struct arena *arena, struct brief *b)
{
    static struct str zones[] = {TEXT("시흥바이오클러스터")};
    struct brief_initiative *first = &b->initiatives[0], *fund = &b->initiatives[3];
    const struct brief_source *source = first->articles[0], *other = fund->articles[0];
    const struct brief_agency agencies[] = {{STR("시흥산업진흥원"), &places[SIHEUNG], source},
                                            {STR("한국산업기술진흥원"), NULL, source}};
    const struct brief_money money[] = {{"KRW", 7100000000, 7100000000, STR("total"), 0.9, true, true, source},
                                        {"KRW", 4000000000, 4000000000, STR("national"), 0.9, false, false, source},
                                        {"KRW", 3100000000, 3100000000, STR("local"), 0.9, false, false, source},
                                        {"KRW", -1, 30000000, STR("limit"), 0.9, false, false, source}};
    const struct brief_target targets[] = {{date_from(2024, 3, 1), date_from(2024, 3, 31), STR("개소"), source},
                                           {date_from(2024, 7, 1), date_from(2024, 12, 31), STR("준공"), source}};
    first->n_agencies = first->n_targets = 2;
    first->agencies = ARENA_ARRAY(arena, 2, struct brief_agency);
    first->targets = ARENA_ARRAY(arena, 2, struct brief_target);
    for (size_t i = 0; i < 2; i++) {
        first->agencies[i] = agencies[i];
        first->targets[i] = targets[i];
    }
    first->n_money = 4;
    first->money = ARENA_ARRAY(arena, 4, struct brief_money);
    for (size_t i = 0; i < 4; i++)
        first->money[i] = money[i];
    first->zones = zones;
    first->n_zones = 1;
    fund->n_money = 1;
    fund->money = ARENA_ARRAY(arena, 1, struct brief_money);
    fund->money[0] = (struct brief_money){"KRW", 10000000000, 12000000000, STR("investment"), 0.9, false, false, other};
}

/* Bodies and what is due, both of the first initiative. */
static void add_lists(struct arena *arena, struct brief *b)
{
    const struct brief_initiative *first = &b->initiatives[0];
    b->n_schedule = 2;
    b->schedule = ARENA_ARRAY(arena, 2, struct brief_event);
    for (size_t i = 0; i < 2; i++)
        b->schedule[i] = (struct brief_event){first, &first->targets[i]};
    b->n_bodies = 2;
    b->bodies = ARENA_ARRAY(arena, 2, struct brief_body);
    for (size_t i = 0; i < 2; i++) {
        struct brief_body *body = &b->bodies[i];
        *body = (struct brief_body){.name = first->agencies[i].name, .region = first->agencies[i].region};
        body->initiatives = ARENA_ARRAY(arena, 1, const struct brief_initiative *);
        body->initiatives[0] = first;
        body->n_initiatives = 1;
        body->regions = first->regions;
        body->n_regions = first->n_regions;
    }
}

static void add_claims(struct arena *arena, struct brief *b)
{
    const struct brief_city **leader = ARENA_ARRAY(arena, 1, const struct brief_city *);
    leader[0] = &b->cities[0];
    b->claims = ARENA_ARRAY(arena, CLAIM_KINDS, struct brief_claim);
    b->n_claims = CLAIM_KINDS;
    for (size_t i = 0; i < CLAIM_KINDS; i++) {
        struct brief_claim *claim = &b->claims[i];
        claim->kind = (enum brief_claim_kind)i;
        claim->cities = leader;
        claim->n_cities = 1;
        claim->change = (struct brief_change){0.01, 0.01, true};
        claim->weight = CLAIM_KINDS - (double)i;
        claim->initiative = &b->initiatives[0];
        claim->money = &b->initiatives[0].money[0];
        claim->target = &b->initiatives[0].targets[0];
    }
}

static void add_doubts(struct arena *arena, struct brief *b)
{
    b->doubtful = ARENA_ARRAY(arena, 1, struct brief_source);
    b->doubtful[0] = b->sources[b->n_sources - 1];
    b->n_doubtful = b->doubtful_initiatives = 1;
    b->undated = ARENA_ARRAY(arena, 2, struct brief_source);
    b->n_undated = 2;
    for (size_t i = 0; i < 2; i++) {
        b->undated[i] = b->sources[0];
        b->undated[i].number = 0;
        b->undated[i].title = i ? STR("의료기기 임상 지원센터 유치") : STR("창업 경진대회 참가자 모집");
        b->undated[i].published = DATE_NONE;
        b->undated[i].basis = i ? BASIS_INFERRED : BASIS_UNKNOWN;
        b->undated[i].lo = i ? date_from(2024, 1, 1) : DATE_NONE;
        b->undated[i].hi = i ? date_from(2024, 1, 31) : DATE_NONE;
    }
}

static void set_spans(struct brief *b)
{
    b->from = date_from(2024, 1, 1);
    b->to = date_from(2024, 1, 31);
    b->period = PERIOD_MONTH;
    b->previous_from = date_from(2023, 12, 1);
    b->previous_to = date_from(2023, 12, 31);
    b->year_ago_from = date_from(2023, 1, 1);
    b->year_ago_to = date_from(2023, 1, 31);
    b->twelve_from = date_from(2023, 2, 1);
    b->twelve_to = b->to;
    b->collected = (struct brief_coverage){240, 30, b->from, b->to, true};
    b->collected_previous = (struct brief_coverage){236, 31, b->previous_from, b->previous_to, true};
    b->collected_year_ago = (struct brief_coverage){180, 28, b->year_ago_from, b->year_ago_to, true};
    b->tells_new = true;
    b->cutoff = b->to;
    b->rules_version = STR("1-0a1b");
}

static void add_months(struct arena *arena, struct brief *b)
{
    b->n_trend = MONTHS;
    b->trend = ARENA_ARRAY(arena, MONTHS, struct brief_month);
    for (int i = 0; i < MONTHS; i++) {
        struct brief_month *month = &b->trend[i];
        int64_t here = i + 1 == MONTHS ? b->total.now.initiatives : 4 + i % 5;
        month->month = date_add_months(b->from, i + 1 - MONTHS);
        month->collected = i + 1 == MONTHS ? b->collected.articles : 180 + 56 * i / (MONTHS - 2);
        month->total = (struct counts){here, 2 * here};
        month->by_category = ARENA_ARRAY(arena, CATEGORIES, struct counts);
        for (int k = 0; k < CATEGORIES; k++)
            month->by_category[k] = i + 1 == MONTHS ? b->by_category[k].now : (struct counts){1 + (i + k) % 3, 2};
    }
}

struct brief *template_sample(struct arena *arena)
{
    static const struct region *const scope[] = {&places[GYEONGGI]};
    struct brief *b = ARENA_NEW(arena, struct brief);
    b->taxonomy = (struct taxonomy){categories, CATEGORIES};
    b->scope = (struct brief_scope){scope, 1, 0};
    set_spans(b);
    b->by_category = ARENA_ARRAY(arena, CATEGORIES, struct span_counts);
    b->category_on_previous = ARENA_ARRAY(arena, CATEGORIES, struct brief_change);
    b->category_on_year_ago = ARENA_ARRAY(arena, CATEGORIES, struct brief_change);
    b->n_sidos = 1;
    b->sidos = ARENA_ARRAY(arena, 1, struct brief_city);
    b->sidos[0] = (struct brief_city){.region = &places[GYEONGGI], .population = 13630000, .per_100k = 0.04};
    b->sidos[0].population_day = date_from(2023, 12, 31);
    b->sidos[0].by_category = ARENA_ARRAY(arena, CATEGORIES, struct span_counts);
    add_cities(arena, b);
    b->initiatives = ARENA_ARRAY(arena, PLANS, struct brief_initiative);
    b->sources = ARENA_ARRAY(arena, 3 * PLANS, struct brief_source);
    for (size_t i = 0; i < PLANS; i++)
        add_initiative(arena, b, &plans[i]);
    for (size_t k = 0; k < CATEGORIES; k++)
        fill_past(&b->by_category[k], 2 + (int64_t)k);
    fill_past(&b->total, 8);
    fill_past(&b->sidos[0].total, 8);
    for (size_t i = 0; i < b->n_cities; i++) {
        struct brief_city *city = &b->cities[i];
        fill_past(&city->total, city->total.previous.initiatives);
        city->months[MONTHS - 1] = city->total.now.initiatives;
        city->per_100k =
            city->population > 0 ? 1e5 * (double)city->total.now.initiatives / (double)city->population : 0;
        b->cities_now += city->total.now.initiatives > 0;
    }
    add_months(arena, b);
    add_facts(arena, b);
    add_lists(arena, b);
    add_claims(arena, b);
    add_doubts(arena, b);
    return b;
}
