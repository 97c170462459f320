#include "layout/rehearsal.h"

#include "base/mem.h"
#include "layout/foot.h"

int layout_page_of(const struct layout *layout, struct str anchor)
{
    const struct target *target = targets_find(&layout->targets, anchor);
    return target && layout->places.known ? layout->places.pages[target - layout->targets.items] : 0;
}

int layout_number(const struct layout *layout)
{
    return layout->page + layout->sheet->page.number_start - 1;
}

int layout_total(const struct layout *layout)
{
    return layout->places.total;
}

void rehearsal_reached(struct layout *layout, struct str anchor)
{
    struct target *target = targets_find(&layout->targets, anchor);
    if (!target || target->page)
        return;
    target->page = layout_number(layout);
    if (layout->places.known && layout_page_of(layout, anchor) != target->page)
        layout->places.moved = true;
}

void rehearsal_numbered(struct layout *layout, unsigned note, unsigned number)
{
    struct places *places = &layout->places;
    if (!layout->sheet->note.by_page)
        return;
    layout->foot->notes[note - 1].number = number;
    if (places->known && places->numbers[note - 1] != number)
        places->moved = true;
}

void rehearsal_check(struct layout *layout)
{
    struct places *places = &layout->places;
    if (places->known && (places->moved || places->total != layout_number(layout)))
        flow_warn(layout, "moved-pages", "numbers of pages or notes may be wrong: the last pass moved some");
    places->known = false; /* said once */
}

void rehearsal_free(struct places *places)
{
    mem_free(places->pages);
    mem_free(places->numbers);
    *places = (struct places){0};
}

static bool wanted(const struct layout *layout)
{
    return !layout->rehearsal && (layout->targets.listed || (layout->sheet->note.by_page && layout->doc->n_notes) ||
                                  str_find(layout->sheet->page.number_form, STR("##"), 0) != SIZE_MAX);
}

/* Lays everything out for its places alone; `known` (from an earlier pass) passes to it. */
static bool rehearse(struct layout *layout, struct places known, struct places *out, struct err *err)
{
    struct diag_list unheard = {0};
    struct layout *pass = layout_new(layout->fonts, layout->upright, layout->doc, &unheard);
    struct page page;
    pass->rehearsal = true;
    pass->places = known;
    while (layout_next(pass, &page, err)) {
    }
    *out = (struct places){.known = true, .total = layout_number(pass)};
    out->pages = mem_alloc((pass->targets.n + 1) * sizeof *out->pages);
    for (size_t i = 0; i < pass->targets.n; i++)
        out->pages[i] = pass->targets.items[i].page;
    out->numbers = mem_alloc((layout->doc->n_notes + 1) * sizeof *out->numbers);
    for (size_t i = 0; i < layout->doc->n_notes; i++)
        out->numbers[i] = pass->foot->notes[i].number;
    layout_free(pass);
    diag_free(&unheard);
    return err->kind == ERR_NONE;
}

bool rehearsal_run(struct layout *layout, struct err *err)
{
    struct places first = {0}, second = {0};
    int most = 1;
    for (int i = 0; i < PLACES_DIGITS; i++)
        most *= 10;
    if (!wanted(layout))
        return true;
    bool ok = rehearse(layout, first, &first, err);
    if (ok && first.total >= most) {
        ok = rehearse(layout, first, &second, err);
        first = second;
    }
    layout->places = first;
    return ok;
}
