#include "base/mem.h"
#include "base/utf8.h"
#include "template/build.h"

enum { PROBES = 64, MOST_LOST = 20 };

static size_t find(const struct anchors *anchors, struct str name)
{
    if (!anchors->room)
        return SIZE_MAX;
    uint64_t hash = str_hash(name);
    for (size_t i = 0; i < PROBES; i++) {
        size_t at = (size_t)(hash + i) & (anchors->room - 1);
        if (!anchors->names[at].p || str_equal(anchors->names[at], name))
            return at;
    }
    return SIZE_MAX;
}

static void grow(struct anchors *anchors)
{
    struct anchors bigger = *anchors;
    bigger.n = 0;
    bigger.room = anchors->room ? anchors->room * 2 : 256;
    bigger.names = mem_alloc(mem_mul(bigger.room, sizeof *bigger.names));
    bigger.uses = mem_alloc(mem_mul(bigger.room, sizeof *bigger.uses));
    for (size_t i = 0; i < bigger.room; i++)
        bigger.names[i] = (struct str){0};
    for (size_t i = 0; i < anchors->room; i++) {
        size_t at = anchors->names[i].p ? find(&bigger, anchors->names[i]) : SIZE_MAX;
        if (at == SIZE_MAX)
            continue;
        bigger.names[at] = anchors->names[i];
        bigger.uses[at] = anchors->uses[i];
        bigger.n++;
    }
    mem_free(anchors->names);
    mem_free(anchors->uses);
    *anchors = bigger;
}

/* Takes a name; false where it is taken already. *uses then counts this wish too. */
static bool take(struct anchors *anchors, struct str name, size_t *uses)
{
    if (anchors->n * 2 >= anchors->room)
        grow(anchors);
    size_t at = find(anchors, name);
    if (at == SIZE_MAX) { /* only for crafted collisions: nothing links there then */
        *uses = 0;
        return true;
    }
    if (anchors->names[at].p) {
        *uses = ++anchors->uses[at];
        return false;
    }
    anchors->names[at] = name;
    anchors->uses[at] = 1;
    anchors->n++;
    return true;
}

static struct str unique(struct build *build, struct str name)
{
    size_t uses = 0, unused = 0;
    if (take(&build->anchors, name, &uses))
        return name;
    for (;;) {
        struct str next = str_from(arena_printf(build->arena, STR_FMT "-%zu", STR_ARG(name), uses));
        if (take(&build->anchors, next, &unused))
            return next;
        take(&build->anchors, name, &uses);
    }
}

struct str anchor_from_text(struct build *build, struct str text)
{
    struct buf out = {0};
    for (size_t at = 0; at < text.n && out.n < 200;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (c >= 'A' && c <= 'Z')
            buf_char(&out, (char)(c + 'a' - 'A'));
        else if (utf8_is_letter(c))
            buf_add(&out, text.p + from, at - from);
        else if (out.n && out.p[out.n - 1] != '-' && (c == ' ' || c == '-' || c == '_' || c == '.'))
            buf_char(&out, '-');
    }
    while (out.n && out.p[out.n - 1] == '-')
        out.n--;
    struct str name = out.n ? str_copy(build->arena, buf_view(&out)) : STR("section");
    buf_free(&out);
    return unique(build, name);
}

bool anchor_set(struct build *build, struct block *block, struct str name, int line)
{
    size_t uses = 0;
    if (take(&build->anchors, name, &uses))
        block->anchor = name;
    else if (build->source->strict)
        return build_fault(build, line, "the anchor {#" STR_FMT "} is there twice", STR_ARG(name));
    else
        block->anchor = unique(build, name);
    return true;
}

void anchors_of_captions(struct build *build, struct block *first)
{
    for (struct block *block = first; block; block = block->next) {
        bool caption = str_equal(block->style, STR("caption")) || str_equal(block->style, STR("figure"));
        if ((block->kind == BLOCK_CHART || (block->kind == BLOCK_PARAGRAPH && caption)) && !block->anchor.n)
            block->anchor = unique(build, STR("caption"));
        anchors_of_captions(build, block->children); /* the tree is at most MAX_DEPTH deep */
    }
}

struct str build_link(struct build *build, struct str text, int line)
{
    struct source *source = build->source;
    size_t refused = source->refused_links;
    struct str link = expand_link(build->arena, source, text);
    if (!source->faults)
        return link;
    struct source_place place = build_place(build, line);
    if (source->refused_links > refused && refused < MOST_LOST)
        fault_warn(source->faults, "refused-link", place.file, place.line,
                   "the link to " STR_FMT " is left out: only http, https, mailto and #name are allowed",
                   STR_ARG(str_head(expand_text(build->arena, source, text), 80)));
    build->anchors.links = mem_grow(build->anchors.links, &build->anchors.links_room, build->anchors.n_links + 1,
                                    sizeof *build->anchors.links);
    build->anchors.links[build->anchors.n_links++] = (struct link_place){link.p, place};
    return link;
}

/* By the bytes that it owns; where it is not known, the template as a whole. */
static struct source_place place_of(const struct build *build, struct str link)
{
    for (size_t i = 0; i < build->anchors.n_links; i++)
        if (build->anchors.links[i].link == link.p)
            return build->anchors.links[i].place;
    return (struct source_place){build->source->name, 0};
}

static void check(struct build *build, struct str *link)
{
    const struct anchors *anchors = &build->anchors;
    if (!link->n || link->p[0] != '#')
        return;
    size_t at = find(anchors, str_slice(*link, 1, link->n));
    if (at != SIZE_MAX && anchors->names[at].p)
        return;
    struct source_place place = place_of(build, *link);
    if (build->source->faults && build->lost_links++ < MOST_LOST)
        fault_warn(build->source->faults, "unknown-anchor", place.file, place.line,
                   "a link to " STR_FMT " leads nowhere with these values", STR_ARG(*link));
    *link = STR("");
}

static void check_cells(struct build *build, struct cell *cells, size_t n)
{
    for (size_t i = 0; cells && i < n; i++)
        for (size_t k = 0; k < cells[i].n; k++)
            check(build, &cells[i].runs[k].link);
}

void anchors_check(struct build *build, struct block *first)
{
    for (struct block *block = first; block; block = block->next) {
        for (size_t i = 0; i < block->n; i++)
            check(build, &block->runs[i].link);
        for (size_t i = 0; i < block->n_cards; i++)
            check(build, &block->cards[i].link);
        for (size_t i = 0; block->chart && i < block->chart->n; i++)
            check(build, &block->chart->rows[i].link);
        if (block->table) {
            check_cells(build, block->table->header, block->table->columns);
            check_cells(build, block->table->cells, block->table->columns * block->table->rows);
        }
        anchors_check(build, block->children); /* the tree is at most MAX_DEPTH deep */
    }
}

void anchors_free(struct anchors *anchors)
{
    mem_free(anchors->names);
    mem_free(anchors->uses);
    mem_free(anchors->links);
    *anchors = (struct anchors){0};
}
