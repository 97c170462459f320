/* Values of the findings: a kind, and what it is about. Which there are is the brief's rule, the words are the
 * template's. */
#include "template/context.h"

static const char *const kinds[CLAIM_KINDS] = {
    [CLAIM_CHANGE] = "증감결과",  [CLAIM_RISE] = "증가지역결과", [CLAIM_FALL] = "감소지역결과",
    [CLAIM_LEADERS] = "최다결과", [CLAIM_CATEGORY] = "분야결과", [CLAIM_NEW] = "신규결과",
    [CLAIM_MONEY] = "금액결과",   [CLAIM_DUE] = "일정결과",
};

static int64_t first_of(const struct brief_claim *claim)
{
    return claim->cities[0]->total.now.initiatives;
}

static int64_t last_of(const struct brief_claim *claim)
{
    return claim->cities[claim->n_cities - 1]->total.now.initiatives;
}

static void set_places(const struct maker *m, struct value *item, const struct brief_claim *claim)
{
    struct value *list = value_list(m->arena);
    size_t n = claim->n_cities <= LISTED ? claim->n_cities : LISTED;
    for (size_t i = 0; i < n; i++)
        value_share(add_item(m, list, i, n), city_map(m, claim->cities[i]));
    set_bool(m, item, "결과도시같음", claim->n_cities > 0 && first_of(claim) == last_of(claim));
    set_list(m, item, "결과도시", list);
    set_number(m, item, "결과도시수", (int64_t)claim->n_cities);
    set_bool(m, item, "결과도시여럿", claim->n_cities > 1);
    set_bool(m, item, "결과도시많음", claim->n_cities > LISTED);
}

/* The counts that CHANGE and CATEGORY speak of: now under 사업수, the other span's under names with 견준. */
static void set_compared(const struct maker *m, struct value *item, const struct brief_claim *claim)
{
    const struct brief *b = m->brief;
    bool year = claim->against_year, category = claim->kind == CLAIM_CATEGORY && claim->category < b->taxonomy.n;
    const struct span_counts *counts = category && b->by_category ? &b->by_category[claim->category] : &b->total;
    int64_t base = year ? counts->year_ago.initiatives : counts->previous.initiatives;
    set_text(m, item, "분야", category ? b->taxonomy.items[claim->category].label : STR(""));
    set_bool(m, item, "전년견줌", year);
    set_number(m, item, "사업수", counts->now.initiatives);
    set_number(m, item, "견준수집기사수", year ? b->collected_year_ago.articles : b->collected_previous.articles);
    set_comparison(m, item, "견준", counts->now.initiatives, base, &claim->change);
}

void claims_set(const struct maker *m, struct value *map)
{
    const struct brief *b = m->brief;
    struct value *list = value_list(m->arena);
    for (size_t i = 0; i < b->n_claims; i++) {
        const struct brief_claim *claim = &b->claims[i];
        struct value *item = add_item(m, list, i, b->n_claims);
        set_bool(m, item, "앞셋", i < 3);
        for (size_t k = 0; k < CLAIM_KINDS; k++)
            set_bool(m, item, kinds[k], claim->kind == (enum brief_claim_kind)k);
        set_places(m, item, claim);
        set_compared(m, item, claim);
        if (claim->initiative && claim->money)
            set_money(m, item, claim->initiative, claim->money);
        if (claim->target)
            set_target(m, item, claim->target);
        if (claim->initiative)
            value_share(item, initiative_map(m, claim->initiative));
    }
    set_list(m, map, "결과목록", list);
    set_bool(m, map, "결과있음", b->n_claims > 0);
}
