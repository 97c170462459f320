/* The lists of a scope: initiatives and their articles in the order of printing, what has no certain day, what is
 * doubtful. */
#include "brief/build.h"

#include <stdlib.h>
#include <string.h>

/* An initiative and where it is listed: at the first of its places in the scope. */
struct entry {
    const struct item *item;
    size_t position; /* in out->cities */
};

static size_t listed_at(const struct make *make, const struct record *record)
{
    for (size_t i = 0; i < record->n_places; i++)
        if (make->places[record->places[i]])
            return record->places[i];
    return NO_PLACE;
}

/* By city in the order of the city table (its rank, then its code), first day, key. */
static int by_city_and_day(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->position != y->position)
        return x->position < y->position ? -1 : 1;
    if (x->item->brief.first != y->item->brief.first)
        return x->item->brief.first < y->item->brief.first ? -1 : 1;
    return str_compare(x->item->brief.key, y->item->brief.key);
}

static struct entry *list_entries(struct make *make, size_t *n)
{
    const struct brief_data *data = make->data;
    struct entry *entries = ARENA_ARRAY(make->arena, data->n_items, struct entry);
    *n = 0;
    for (size_t i = 0; i < data->n_items; i++) {
        const struct record *record = data->items[i].record;
        if (make_covers(make, record))
            entries[(*n)++] = (struct entry){&data->items[i], make->position[listed_at(make, record)]};
    }
    if (*n)
        qsort(entries, *n, sizeof *entries, by_city_and_day);
    return entries;
}

static struct brief_source scoped_source(const struct make *make, const struct brief_source *source)
{
    struct brief_source copy = *source;
    copy.categories += make->first_category;
    return copy;
}

/* Numbers an initiative and its sources. */
static void put_initiative(struct make *make, const struct entry *entry)
{
    struct brief *out = make->out;
    const struct brief_initiative *from = &entry->item->brief;
    struct brief_initiative *to = &out->initiatives[out->n_initiatives++];
    *to = *from;
    to->number = (int)out->n_initiatives;
    to->categories += make->first_category;
    to->place = out->cities[entry->position].region;
    to->articles = ARENA_ARRAY(make->arena, to->n_articles, const struct brief_source *);
    for (size_t i = 0; i < to->n_articles; i++) {
        struct brief_source *source = &out->sources[out->n_sources++];
        *source = scoped_source(make, from->articles[i]);
        source->number = (int)out->n_sources;
        to->articles[i] = source;
    }
    fact_copy(make->arena, from, to->articles, to);
}

static void set_initiatives(struct make *make)
{
    struct brief *out = make->out;
    size_t n, sources = 0;
    const struct entry *entries = list_entries(make, &n);
    for (size_t i = 0; i < n; i++)
        sources += entries[i].item->brief.n_articles;
    out->initiatives = ARENA_ARRAY(make->arena, n, struct brief_initiative);
    out->sources = ARENA_ARRAY(make->arena, sources, struct brief_source);
    for (size_t i = 0; i < n; i++)
        put_initiative(make, &entries[i]);
}

static void set_doubtful(struct make *make)
{
    struct brief *out = make->out;
    out->doubtful = ARENA_ARRAY(make->arena, out->n_sources, struct brief_source);
    for (size_t i = 0; i < out->n_sources; i++)
        if (out->sources[i].score < BRIEF_REVIEW_SCORE)
            out->doubtful[out->n_doubtful++] = out->sources[i];
    for (size_t i = 0; i < out->n_initiatives; i++) /* its score is the best of its articles */
        out->doubtful_initiatives += out->initiatives[i].score < BRIEF_REVIEW_SCORE;
}

/* Likewise an article alone: one of its regions and one of its categories. */
static bool source_in_scope(const struct make *make, const struct brief_source *source)
{
    bool place = make->out->scope.n_regions == 0, category = make->out->scope.category == 0;
    for (size_t i = 0; i < source->n_regions && !place; i++)
        place = make->places[data_place(make->data, source->regions[i])];
    return place && (category || source->categories[make->first_category]);
}

static void set_undated(struct make *make)
{
    const struct brief_data *data = make->data;
    make->out->undated = ARENA_ARRAY(make->arena, data->n_undated, struct brief_source);
    for (size_t i = 0; i < data->n_undated; i++)
        if (source_in_scope(make, &data->undated[i]))
            make->out->undated[make->out->n_undated++] = scoped_source(make, &data->undated[i]);
}

void make_lists(struct make *make)
{
    set_initiatives(make);
    set_doubtful(make);
    set_undated(make);
}
