/* Footnotes as they are set: marks in the text, strips of a note. */
#include "layout/foot.h"

#include "base/mem.h"
#include "template/doc.h"

#include <math.h>
#include <string.h>

static const float mark_gap = 3; /* points between a note's mark and its text */

static bool note_exists(const struct layout *layout, unsigned note)
{
    return layout->foot && note && note <= layout->doc->n_notes;
}

/* --- marks --- */

/* "1)", "주1)", "*" … (RULES.md row 27). A sign alone is repeated up to four times, then it is counted: "*5". */
static struct str mark_text_of(struct arena *arena, struct str form, unsigned number)
{
    enum { MOST_SIGNS = 4 };
    struct buf text = {0};
    bool counts = str_find(form, STR("#"), 0) != SIZE_MAX;
    for (size_t i = 0; counts && i < form.n; i++) {
        if (form.p[i] == '#')
            buf_printf(&text, "%u", number);
        else
            buf_char(&text, form.p[i]);
    }
    for (unsigned i = 0; !counts && i < (number <= MOST_SIGNS ? number : 1); i++)
        buf_str(&text, form);
    if (!text.n || (!counts && number > MOST_SIGNS))
        buf_printf(&text, "%u", number);
    struct str result = str_copy(arena, buf_view(&text));
    buf_free(&text);
    return result;
}

void note_marks(struct layout *layout)
{
    const struct note_style *style = &layout->sheet->note;
    struct foot *foot = layout->foot;
    for (unsigned i = 1; foot && i <= layout->doc->n_notes; i++) {
        struct note_state *note = &foot->notes[i - 1];
        unsigned number = i;
        if (style->by_page)
            number = layout->places.known && layout->places.numbers[i - 1] ? layout->places.numbers[i - 1] : 1;
        note->mark = mark_text_of(foot->arena, style->form, number);
        note->call = str_from(arena_printf(foot->arena, "#fn:%u", i));
        note->back = str_from(arena_printf(foot->arena, "#fnref:%u", i));
    }
}

const struct run *note_runs(struct layout *layout, struct arena *arena, const struct run *runs, size_t n)
{
    size_t first = 0;
    while (first < n && !note_exists(layout, runs[first].note))
        first++;
    if (first == n)
        return runs;
    struct run *copy = ARENA_ARRAY(arena, n, struct run);
    memcpy(copy, runs, n * sizeof *copy);
    for (size_t i = first; i < n; i++) {
        if (!note_exists(layout, runs[i].note))
            continue;
        const struct note_state *note = note_state(layout, runs[i].note);
        copy[i].text = note->mark;
        copy[i].link = note->call;
        copy[i].flags |= RUN_SUPER;
    }
    return copy;
}

unsigned note_link(const struct layout *layout, struct str link, bool *back)
{
    unsigned note = 0;
    size_t at = str_starts(link, STR("#fn:")) ? 4 : str_starts(link, STR("#fnref:")) ? 7 : link.n;
    *back = at == 7;
    for (; at < link.n && link.p[at] >= '0' && link.p[at] <= '9' && note < 100000000; at++)
        note = note * 10 + (unsigned)(link.p[at] - '0');
    if (!note_exists(layout, note))
        return 0;
    const struct note_state *state = note_state(layout, note);
    return link.p == (*back ? state->back : state->call).p ? note : 0;
}

void note_calls(struct layout *layout, struct strip *strip, const struct op *ops, size_t n, float x)
{
    for (size_t i = 0; i < n; i++) {
        bool back;
        unsigned note = ops[i].kind == OP_LINK ? note_link(layout, ops[i].link, &back) : 0;
        if (!note || back)
            continue;
        struct note_call *call = ARENA_NEW(flow_arena(layout), struct note_call);
        call->note = note;
        *strip->last_call = call;
        strip->last_call = &call->next;
        struct note_state *state = note_state(layout, note);
        if (!state->tag)
            elements_note(layout, note);
        if (!state->anchored)
            strip_op(layout, strip,
                     (struct op){.kind = OP_ANCHOR, .x = x + ops[i].x, .text = str_slice(state->back, 1, SIZE_MAX)});
        state->anchored = true;
    }
}

/* --- setting a note --- */

/* Width of notes: one may begin on a page of one kind and end on one of the other. */
static float note_measure(const struct layout *layout)
{
    float width = style_body_width(layout->upright);
    return layout->lying ? fminf(width, style_body_width(layout->lying)) : width;
}

/* The state of a walk over the note's blocks; everything else of the layout stays. */
static void enter(struct layout *layout, const struct note *note, tag_id tag, float room)
{
    layout->frames = mem_alloc(sizeof *layout->frames);
    layout->frames[0] = (struct frame){
        .kind = BLOCK_GROUP,
        .tag = tag,
        .next = note->first,
        .body = &layout->sheet->styles[STYLE_FOOTNOTE],
        .x = layout->upright->page.left + room,
        .measure = note_measure(layout) - room,
    };
    layout->depth = layout->frames_room = 1;
    layout->queue = NULL;
    layout->queue_head = layout->queue_end = layout->queue_room = 0;
    layout->table = NULL;
    layout->caption = NULL;
    layout->caption_tag = 0;
    layout->space = 0;
    layout->flush = layout->keep_next = layout->page_break = layout->after_object = layout->after_kept = false;
    layout->waiting_marks = 0;
    layout->group = 0;
    layout->group_loose = layout->group_begun = layout->group_floats = false;
    layout->whole_box = 0;
    layout->listing = (struct listing){0};
    layout->at_foot = layout->was_at_foot = layout->bare = false;
    layout->columns = (struct column_set){0};
    layout->in_note = true;
    layout->turned = false;
}

/* Room for the widest mark to be expected, so that notes of a page are in line, and a gap; half the line at most. */
static float mark_room(struct layout *layout, const struct note_state *note)
{
    const struct text_style *style = flow_style(layout, STYLE_FOOTNOTE);
    unsigned last = layout->sheet->note.by_page ? 9 : (unsigned)layout->doc->n_notes;
    struct str widest = mark_text_of(flow_arena(layout), layout->sheet->note.form, last);
    float width = fmaxf(flow_width_plain(layout, note->mark, style), flow_width_plain(layout, widest, style));
    return mark_gap + fminf(width, note_measure(layout) / 2);
}

static void put_mark(struct layout *layout, struct strip *strip, const struct note_state *note, float room, bool again)
{
    const struct text_style *style = flow_style(layout, STYLE_FOOTNOTE);
    struct text_style flat = *style;
    struct run *run = ARENA_NEW(flow_arena(layout), struct run);
    struct paragraph text;
    flat.justify = false;
    *run = (struct run){.text = note->mark, .link = note->back};
    flat.indent = 0;
    flow_set(layout, run, 1, &flat, room - mark_gap + 0.05F, &text);
    if (text.n > 1)
        flow_warn(layout, "mark-cut", "the mark " STR_FMT " of a note is too wide and was cut",
                  STR_ARG(str_head(note->mark, 60)));
    strip_lines(layout, strip, &text, 0, 1, style, layout->upright->page.left, 0);
    if (!again)
        strip_op(layout, strip,
                 (struct op){
                     .kind = OP_ANCHOR, .x = layout->upright->page.left, .text = str_slice(note->call, 1, SIZE_MAX)});
}

static void measure(struct note_state *note)
{
    bool together = true;
    note->height = note->least = 0;
    for (size_t i = 0; i < note->n; i++) {
        note->height += note->strips[i]->before + note->strips[i]->height;
        together = together && (i == 0 || note->strips[i]->glue == GLUE_HARD);
        if (together)
            note->least = note->height;
    }
}

void note_set(struct layout *layout, unsigned number, bool again)
{
    struct note_state *note = note_state(layout, number);
    struct layout outer = *layout;
    const float room = mark_room(layout, note);
    enter(layout, &layout->doc->notes[number - 1], note->tag, room);
    while (flow_step(layout)) {
    }
    if (layout->queue_end == layout->queue_head) { /* a note without text: its mark alone */
        layout->depth = 1;
        flow_strip(layout, "footnote", 0, flow_style(layout, STYLE_FOOTNOTE)->leading, GLUE_NONE);
    }
    note->n = layout->queue_end - layout->queue_head;
    note->strips = ARENA_ARRAY(flow_arena(layout), note->n, struct strip *);
    memcpy(note->strips, layout->queue + layout->queue_head, note->n * sizeof(struct strip *));
    layout->tag = tags_get(layout->tags, note->tag)->first;
    struct strip *strip = note->strips[0];
    struct piece *text = strip->last;
    put_mark(layout, strip, note, room, again);
    if (text) { /* the mark is drawn first: some readers take the text as it is drawn */
        strip->last->next = strip->pieces;
        strip->pieces = text->next;
        text->next = NULL;
        strip->last = text;
    }
    measure(note);
    mem_free(layout->queue);
    mem_free(layout->frames);
    outer.memory = layout->memory;
    outer.depth_warned = layout->depth_warned;
    outer.room_warned = layout->room_warned;
    *layout = outer;
}
