/* Groups → initiatives. An article a little below the line whose group holds one that counts reports the same
 * initiative and counts with it; its own score stays, so that every grouping starts from the same. */
#include "analyze/grouping.h"
#include "analyze/rules.h"
#include "analyze/sets.h"

#include <stdlib.h>
#include <string.h>

struct grouped {
    const struct member *const *members; /* of a component, in key order */
    size_t *order;                       /* of members by group, then main article first */
    size_t *groups;
};

static const struct member *nth(const struct grouped *grouped, size_t i)
{
    return grouped->members[grouped->order[i]];
}

/* The main article: one that counts by itself, dated before undated, the earliest, the longest, the least key. */
static int main_first(const void *a, const void *b, void *context)
{
    const struct grouped *grouped = context;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    const struct candidate *i = &grouped->members[x]->row, *j = &grouped->members[y]->row;
    if (grouped->groups[x] != grouped->groups[y])
        return grouped->groups[x] < grouped->groups[y] ? -1 : 1;
    if (i->counts != j->counts)
        return i->counts ? -1 : 1;
    if (i->day != j->day)
        return j->day == DATE_NONE || (i->day != DATE_NONE && i->day < j->day) ? -1 : 1;
    if (i->length != j->length)
        return i->length > j->length ? -1 : 1;
    return (x > y) - (x < y);
}

/* Moves `first` to the front of a set. */
static const struct str *fronted(struct arena *arena, const struct str *set, size_t n, struct str first)
{
    struct str *out = ARENA_ARRAY(arena, n + 1, struct str);
    size_t k = 0;
    out[k++] = first;
    for (size_t i = 0; i < n; i++)
        if (!str_equal(set[i], first))
            out[k++] = set[i];
    return out;
}

enum { MAX_VOICES = 64 }; /* articles of a group that have a say in its cities and categories */

struct set {
    const struct str *items;
    size_t n;
};

static struct set set_of(const struct member *member, bool cities)
{
    const struct entry *entry = &member->entry;
    return cities ? (struct set){entry->units, entry->n_units} : (struct set){entry->categories, entry->n_categories};
}

static bool has(struct set set, struct str value)
{
    return set_has(set.items, set.n, value);
}

/* What at least half of the articles that count by themselves name, of the cities more than half or half with the main
 * article: a city is a figure of its own, a category only a view. All that the main one names where there is none. */
static struct set majority(struct arena *arena, const struct grouped *grouped, size_t begin, size_t end, bool cities)
{
    struct set main = set_of(nth(grouped, begin), cities), out = {NULL, 0};
    while (!nth(grouped, end - 1)->row.counts)
        end--;
    if (end > begin + MAX_VOICES)
        end = begin + MAX_VOICES;
    for (size_t i = begin; i < end; i++) {
        struct set set = set_of(nth(grouped, i), cities);
        for (size_t c = 0; c < set.n; c++) {
            size_t seen = 0;
            for (size_t k = begin; k < end; k++)
                seen += has(set_of(nth(grouped, k), cities), set.items[c]);
            if (2 * seen > end - begin || (2 * seen == end - begin && (!cities || has(main, set.items[c]))))
                set_add(arena, &out.items, &out.n, set.items[c]);
        }
    }
    return out.n > 0 ? out : main;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9e3779b97f4a7c15ULL;
    return hash ^ hash >> 29;
}

/* Of all that is stored of an initiative; its title is that of its first article. Never 0. */
static int64_t digest_of(const struct initiative_record *record, const struct grouped *grouped, size_t begin)
{
    uint64_t hash = mix(str_hash(str_from(record->key)), str_hash(record->stage));
    for (size_t i = 0; i < record->n_articles; i++)
        hash = mix(mix(hash, (uint64_t)record->articles[i]), (uint64_t)nth(grouped, begin + i)->row.day);
    for (size_t i = 0; i < record->n_units; i++)
        hash = mix(hash, str_hash(record->units[i]));
    for (size_t i = 0; i < record->n_categories; i++)
        hash = mix(hash, str_hash(record->categories[i]) + 1);
    return (int64_t)(hash | 1);
}

static void make_record(struct arena *arena, const struct grouped *grouped, size_t begin, size_t end,
                        struct initiative_record *record)
{
    const struct member *main = nth(grouped, begin);
    int64_t *ids = ARENA_ARRAY(arena, end - begin, int64_t);
    for (size_t i = begin; i < end; i++)
        ids[i - begin] = nth(grouped, i)->row.article;
    *record = (struct initiative_record){.articles = ids, .n_articles = end - begin, .stage = main->row.stage};
    /* groups[] holds the least index, and members are in key order */
    memcpy(record->key, grouped->members[grouped->groups[grouped->order[begin]]]->row.key, ARTICLE_KEY);
    record->key[0] = 'i';
    struct set units = majority(arena, grouped, begin, end, true);
    struct set categories = majority(arena, grouped, begin, end, false);
    struct str list = main->row.units, first = {NULL, 0};
    str_field(&list, ' ', &first);
    record->units = fronted(arena, units.items, units.n, has(units, first) ? first : units.items[0]);
    record->n_units = units.n;
    record->categories = categories.items;
    record->n_categories = categories.n;
    record->digest = digest_of(record, grouped, begin);
}

/* ---- articles that count with another ---- */

/* Turns what the rules say of an article into what follows from `main`, the article that it counts with. */
static void promote(struct arena *arena, const struct member *main, struct analysis *analysis)
{
    struct findings findings = {.arena = arena};
    const char *key = main->row.key;
    for (size_t f = 0; f < analysis->n; f++) {
        struct finding finding = analysis->findings[f];
        if (finding.kind == FINDING_INITIATIVE) {
            finding.value = STR("yes");
            finding.score = analysis->score;
            finding.rule = str_from(arena_printf(arena, "initiative/same-release:%s", key));
            finding.begin = finding.end = 0;
        }
        findings_add(&findings, finding);
    }
    for (size_t c = 0; c < main->entry.n_categories; c++)
        findings_add(&findings,
                     (struct finding){.kind = FINDING_CATEGORY,
                                      .value = main->entry.categories[c],
                                      .rank = (int)c,
                                      .score = analysis->score,
                                      .rule = str_from(arena_printf(arena, "category/same-release:%s", key))});
    analysis->findings = findings.items;
    analysis->n = findings.n;
    analysis->is_initiative = true;
}

/* Stores the verdict on an article below the line unless it is stored: main is what it counts with, NULL for nothing.
 */
static bool put_verdict(struct store *store, const struct analyzer *analyzer, struct arena *arena,
                        const struct member *member, const struct member *main, struct err *err)
{
    struct article article;
    struct analysis analysis;
    struct str promoted = STR("");
    if (main)
        promoted = str_from(arena_printf(arena, "%s " STR_FMT, main->row.key, STR_ARG(main->row.categories)));
    if (str_equal(promoted, member->row.promoted))
        return true;
    if (!grouping_read_article(store, arena, member->row.article, &article, err))
        return false;
    analyze_article(analyzer, arena, &article, &analysis);
    if (main)
        promote(arena, main, &analysis);
    return store_put_promotion(store, article.id, analyzer_version(analyzer), &analysis, promoted, err);
}

/* ---- one group ---- */

/* A group without an article that counts by itself is nothing. */
static bool put_group(struct store *store, const struct analyzer *analyzer, struct arena *arena,
                      const struct grouped *grouped, size_t begin, size_t end, struct err *err)
{
    const struct member *main = nth(grouped, begin)->row.counts ? nth(grouped, begin) : NULL;
    struct initiative_record record = {.digest = 0};
    bool stored = true;
    if (main)
        make_record(arena, grouped, begin, end, &record);
    for (size_t i = begin; i < end; i++) {
        const struct member *member = nth(grouped, i);
        if (member->row.views == CANDIDATE_RULES)
            continue;
        stored = stored && member->row.digest == record.digest;
        if (!member->row.counts && !put_verdict(store, analyzer, arena, member, main, err))
            return false;
        if (!main && member->row.digest != 0 && !store_dissolve(store, member->row.article, err))
            return false;
    }
    return !main || stored || store_put_initiatives(store, &record, 1, err);
}

bool grouping_put(struct store *store, const struct analyzer *analyzer, struct arena *arena,
                  const struct member *const *members, size_t n, const struct candidate_edge *edges, size_t n_edges,
                  const struct links *links, struct err *err)
{
    size_t *groups = ARENA_ARRAY(arena, n + 1, size_t), *order = ARENA_ARRAY(arena, n + 1, size_t);
    struct grouped grouped = {.members = members, .order = order, .groups = groups};
    grouping_join(arena, members, n, edges, n_edges, links, groups);
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    qsort_r(order, n, sizeof *order, main_first, &grouped);
    for (size_t begin = 0, end; begin < n; begin = end) {
        for (end = begin; end < n && groups[order[end]] == groups[order[begin]];)
            end++;
        if (!put_group(store, analyzer, arena, &grouped, begin, end, err))
            return false;
    }
    return true;
}
