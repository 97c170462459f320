/* The smaller facts of an initiative: read from findings, each kept once with the first article that says it. Amounts
 * are listed and never added up: a total, its shares, a limit and a goal are different things, and two reports of one
 * sum would count twice. */
#include "brief/build.h"

#include <stdlib.h>
#include <string.h>

static bool read_agency(struct load *load, struct str value, struct brief_agency *out, struct err *err)
{
    struct str place, name;
    if (!finding_agency(value, &place, &name))
        return false;
    out->name = str_copy(load->arena, name);
    if (str_equal(place, STR("national")))
        return true;
    out->region = data_counted_region(load->data, place, err);
    return out->region;
}

static bool read_money(struct load *load, struct str value, struct brief_money *out)
{
    struct amount_value amount;
    if (!finding_amount(value, true, &amount) || amount.unit.n >= sizeof out->currency)
        return false;
    *out = (struct brief_money){.lo = amount.lo, .hi = amount.hi, .role = str_copy(load->arena, amount.role)};
    memcpy(out->currency, amount.unit.p, amount.unit.n);
    return true;
}

static bool read_target(struct load *load, struct str value, struct brief_target *out)
{
    struct target_value target;
    if (!finding_target(value, &target))
        return false;
    *out =
        (struct brief_target){.first = target.first, .last = target.last, .event = str_copy(load->arena, target.event)};
    return true;
}

bool fact_read(struct load *load, enum finding_kind kind, struct str value, struct fact *out, struct err *err)
{
    bool good = false;
    *out = (struct fact){.kind = kind};
    switch (kind) {
    case FINDING_AGENCY: good = read_agency(load, value, &out->agency, err); break;
    case FINDING_MONEY: good = read_money(load, value, &out->money); break;
    case FINDING_TARGET: good = read_target(load, value, &out->target); break;
    case FINDING_ZONE:
        good = value.n > 0;
        out->zone = str_copy(load->arena, value);
        break;
    default: break;
    }
    return good || err_set(err, ERR_CONFIG, "the %s '" STR_FMT "' of the database cannot be read: analyse again",
                           finding_kind_name(kind), STR_ARG(str_head(value, 100)));
}

void fact_begin(struct arena *arena, struct brief_initiative *to, size_t n)
{
    to->agencies = ARENA_ARRAY(arena, n, struct brief_agency);
    to->money = ARENA_ARRAY(arena, n, struct brief_money);
    to->targets = ARENA_ARRAY(arena, n, struct brief_target);
    to->zones = ARENA_ARRAY(arena, n, struct str);
}

static void add_agency(struct brief_initiative *to, const struct brief_agency *agency)
{
    for (size_t i = 0; i < to->n_agencies; i++)
        if (to->agencies[i].region == agency->region && str_equal(to->agencies[i].name, agency->name))
            return;
    to->agencies[to->n_agencies++] = *agency;
}

int target_order(const struct brief_target *a, const struct brief_target *b)
{
    if (a->last != b->last)
        return a->last < b->last ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return str_compare(a->event, b->event);
}

static void add_target(struct brief_initiative *to, const struct brief_target *target)
{
    for (size_t i = 0; i < to->n_targets; i++)
        if (target_order(&to->targets[i], target) == 0)
            return;
    to->targets[to->n_targets++] = *target;
}

static void add_zone(struct brief_initiative *to, struct str zone)
{
    for (size_t i = 0; i < to->n_zones; i++)
        if (str_equal(to->zones[i], zone))
            return;
    to->zones[to->n_zones++] = zone;
}

void fact_add(struct brief_initiative *to, const struct fact *fact, const struct brief_source *source)
{
    struct fact known = *fact;
    switch (fact->kind) {
    case FINDING_AGENCY:
        known.agency.source = source;
        add_agency(to, &known.agency);
        break;
    case FINDING_MONEY:
        known.money.source = source;
        amount_add(to, &known.money);
        break;
    case FINDING_TARGET:
        known.target.source = source;
        add_target(to, &known.target);
        break;
    default: add_zone(to, fact->zone);
    }
}

static int by_target(const void *a, const void *b)
{
    return target_order(a, b);
}

void fact_end(struct brief_initiative *to)
{
    amounts_settle(to);
    if (to->n_targets)
        qsort(to->targets, to->n_targets, sizeof *to->targets, by_target);
}

static void *copy_array(struct arena *arena, const void *from, size_t n, size_t size)
{
    void *copy = arena_array(arena, n, size);
    if (n)
        memcpy(copy, from, n * size);
    return copy;
}

void fact_copy(struct arena *arena, const struct brief_initiative *from, const struct brief_source **articles,
               struct brief_initiative *to)
{
    const struct brief_source *first = from->articles[0]; /* they lie side by side */
    to->agencies = copy_array(arena, from->agencies, from->n_agencies, sizeof *to->agencies);
    to->money = copy_array(arena, from->money, from->n_money, sizeof *to->money);
    to->targets = copy_array(arena, from->targets, from->n_targets, sizeof *to->targets);
    for (size_t i = 0; i < to->n_agencies; i++)
        to->agencies[i].source = articles[from->agencies[i].source - first];
    for (size_t i = 0; i < to->n_money; i++)
        to->money[i].source = articles[from->money[i].source - first];
    for (size_t i = 0; i < to->n_targets; i++)
        to->targets[i].source = articles[from->targets[i].source - first];
}
