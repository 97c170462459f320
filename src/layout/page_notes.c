/* The foot of a page: notes above each other under a short rule, as near to the lines that call them as can be. A line
 * stands on a page only with the first two lines of each of its notes; what a page has no room for goes on at the foot
 * of the next one, before that page's own notes (RULES.md rows 26, 27). Notes called inside columns have the page's
 * width.
 */
#include "layout/foot.h"
#include "layout/page_flow.h"

#include "base/mem.h"

#include <math.h>

static const float most_of_page = 0.7F;   /* of a body's height */
static const float most_repeated = 0.25F; /* … by notes of a repeated header */
enum { MOST_FAULTS = 20 };                /* that are named, of each kind */

static void report_faults(struct layout *layout)
{
    static const struct {
        const char *code, *what;
    } kinds[] = {[NOTE_UNKNOWN] = {"unknown-note", "is not defined"},
                 [NOTE_UNUSED] = {"unused-note", "is called by nothing"},
                 [NOTE_TWICE] = {"duplicate-note", "is defined again: the first one holds"}};
    size_t count[3] = {0};
    for (size_t i = 0; i < layout->doc->n_note_faults; i++) {
        const struct note_fault *fault = &layout->doc->note_faults[i];
        if (count[fault->kind]++ < MOST_FAULTS)
            diag_add(layout->diag, DIAG_WARNING, kinds[fault->kind].code, fault->file, fault->line, 0,
                     "the note [^" STR_FMT "] %s", STR_ARG(str_head(fault->name, 80)), kinds[fault->kind].what);
    }
}

void foot_begin(struct layout *layout)
{
    report_faults(layout);
    if (!layout->doc->n_notes)
        return;
    struct arena *arena = arena_new();
    layout->foot = ARENA_NEW(arena, struct foot);
    layout->foot->arena = arena;
    layout->foot->notes = ARENA_ARRAY(arena, layout->doc->n_notes, struct note_state);
}

void foot_end(struct layout *layout)
{
    if (!layout->foot)
        return;
    mem_free(layout->foot->due);
    mem_free(layout->foot->here);
    arena_free(layout->foot->arena);
}

float foot_height(const struct layout *layout)
{
    return layout->foot ? layout->foot->height : 0;
}

float foot_room(const struct layout *layout)
{
    float height = style_body_height(layout->upright);
    return (layout->lying ? fminf(height, style_body_height(layout->lying)) : height) * most_of_page;
}

float foot_most(const struct layout *layout)
{
    return style_body_height(layout->sheet) * most_of_page;
}

bool foot_left(const struct layout *layout)
{
    return layout->foot && layout->foot->due_head < layout->foot->due_end;
}

/* Rule and gaps above the first note of a page. */
static float overhead(const struct layout *layout)
{
    const struct note_style *style = &layout->sheet->note;
    return style->above + (style->rule > 0 ? layout->sheet->distance.hairline : 0) + style->below;
}

float foot_need(struct layout *layout, size_t from, size_t n, bool whole)
{
    struct foot *foot = layout->foot;
    float need = 0, last = 0;
    if (!foot)
        return 0;
    foot->question++;
    for (size_t i = from; i < from + n; i++) {
        for (const struct note_call *call = page_waiting(layout, i)->calls; call; call = call->next) {
            struct note_state *note = note_state(layout, call->note);
            if (note->page || note->asked == foot->question)
                continue;
            note->asked = foot->question;
            if (!note->strips)
                note_set(layout, call->note, false);
            need += note->height;
            last = note->height - note->least;
        }
    }
    if (need <= 0)
        return 0;
    if (foot_left(layout))
        return INFINITY;
    return need - (whole ? 0 : last) + (foot->height > 0 ? 0 : overhead(layout));
}

static void make_room(struct foot *foot, size_t more)
{
    if (foot->due_head && foot->due_head * 2 >= foot->due_end) {
        for (size_t i = foot->due_head; i < foot->due_end; i++)
            foot->due[i - foot->due_head] = foot->due[i];
        foot->due_end -= foot->due_head;
        foot->due_head = 0;
    }
    foot->due = mem_grow(foot->due, &foot->due_room, foot->due_end + more, sizeof *foot->due);
}

static void make_due(struct layout *layout, unsigned number)
{
    struct foot *foot = layout->foot;
    struct note_state *note = note_state(layout, number);
    if (note->page)
        return;
    if (!note->strips)
        note_set(layout, number, false);
    note->page = layout->page;
    rehearsal_numbered(layout, number, ++foot->given);
    make_room(foot, note->n);
    for (size_t i = 0; i < note->n; i++)
        foot->due[foot->due_end++] = (struct foot_strip){.strip = note->strips[i], .first = i == 0};
    note->strips = NULL;
}

/* Notes called by notes come right after the one that the text calls: as they are numbered (template/notes.c). */
void foot_call(struct layout *layout, const struct strip *strip)
{
    struct foot *foot = layout->foot;
    for (const struct note_call *call = strip->calls; call; call = call->next) {
        size_t done = foot->due_end - foot->due_head;
        make_due(layout, call->note);
        for (; foot->due_head + done < foot->due_end; done++) {
            const struct strip *inner = foot->due[foot->due_head + done].strip;
            for (const struct note_call *next = inner->calls; next; next = next->next)
                make_due(layout, next->note);
        }
    }
}

static void put_here(struct layout *layout, struct foot_strip next)
{
    struct foot *foot = layout->foot;
    if (foot->height <= 0)
        foot->height = overhead(layout);
    next.y = foot->height + (foot->n_here ? next.strip->before : 0);
    foot->height = next.y + next.strip->height;
    foot->here = mem_grow(foot->here, &foot->here_room, foot->n_here + 1, sizeof *foot->here);
    foot->here[foot->n_here++] = next;
}

/* Height of the next due strips that stay together, and their number. */
static size_t due_chunk(const struct layout *layout, float *height)
{
    const struct foot *foot = layout->foot;
    size_t n = 0;
    *height = 0;
    for (size_t i = foot->due_head; i < foot->due_end; i++, n++) {
        const struct foot_strip *next = &foot->due[i];
        if (n && (next->first || next->strip->glue != GLUE_HARD))
            break;
        *height += (n || foot->n_here ? next->strip->before : 0) + next->strip->height;
    }
    return n;
}

void foot_fill(struct layout *layout, float most)
{
    struct foot *foot = layout->foot;
    bool alone = layout->page_empty && foot_height(layout) <= 0;
    while (foot_left(layout)) {
        float height, used = foot->height > 0 ? foot->height : overhead(layout);
        size_t n = due_chunk(layout, &height);
        if (used + height > most + page_epsilon) {
            if (!alone) /* the next page has more room */
                return;
            n = 1;
        }
        alone = false;
        for (size_t i = 0; i < n; i++)
            put_here(layout, foot->due[foot->due_head++]);
    }
}

void foot_new_page(struct layout *layout)
{
    struct foot *foot = layout->foot;
    if (!foot)
        return;
    foot->n_here = 0;
    foot->height = 0;
    foot->given = 0;
    foot_fill(layout, foot_most(layout));
}

void foot_repeat(struct layout *layout, const struct strip *head, float room)
{
    struct foot *foot = layout->foot;
    float need = foot_height(layout) > 0 ? 0 : overhead(layout);
    for (const struct note_call *call = head->calls; call; call = call->next)
        need += note_state(layout, call->note)->height;
    if (!head->calls || foot_left(layout) || need > room || need > style_body_height(layout->sheet) * most_repeated)
        return;
    foot->question++;
    for (const struct note_call *call = head->calls; call; call = call->next) {
        struct note_state *note = note_state(layout, call->note);
        if (note->page == layout->page || note->strips || note->asked == foot->question)
            continue;
        note->asked = foot->question;
        if (note->number > foot->given) /* which is not given again here */
            foot->given = note->number;
        note_set(layout, call->note, true);
        for (size_t i = 0; i < note->n; i++)
            put_here(layout, (struct foot_strip){.strip = note->strips[i], .first = i == 0, .again = true});
        note->strips = NULL;
    }
}

void foot_place(struct layout *layout)
{
    const struct note_style *style = &layout->sheet->note;
    struct foot *foot = layout->foot;
    if (!foot)
        return;
    foot_fill(layout, foot->height + page_bottom(layout) - layout->y); /* what the body did not want */
    if (foot->height <= 0)
        return;
    const float top = page_bottom(layout);
    layout->slot++;
    if (style->rule > 0)
        page_op(layout, "the rule above notes",
                (struct op){.kind = OP_RECT,
                            .x = layout->sheet->page.left + layout->shift,
                            .y = top + style->above,
                            .w = fminf(style->rule, style_body_width(layout->sheet)),
                            .h = layout->sheet->distance.hairline,
                            .colour = layout->sheet->palette.gray_50,
                            .artifact = true});
    for (size_t i = 0; i < foot->n_here; i++) {
        page_strip(layout, foot->here[i].strip, top + foot->here[i].y, foot->here[i].again);
        flow_release(layout, foot->here[i].strip);
    }
}
