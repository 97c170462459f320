#include "layout/flow.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void add_generation(struct generations *memory)
{
    struct arena *arena = memory->n_spare ? memory->spare[--memory->n_spare] : arena_new();
    memory->live = mem_grow(memory->live, &memory->live_room, memory->n_live + 1, sizeof *memory->live);
    memory->live[memory->n_live++] = (struct generation){.arena = arena, .id = ++memory->last_id};
    memory->used = false;
}

struct arena *flow_arena(struct layout *layout)
{
    struct generations *memory = &layout->memory;
    if (!memory->n_live)
        add_generation(memory);
    memory->used = true;
    return memory->live[memory->n_live - 1].arena;
}

size_t flow_generation(struct layout *layout)
{
    flow_arena(layout);
    return layout->memory.live[layout->memory.n_live - 1].id;
}

static struct generation *find_generation(struct layout *layout, size_t id)
{
    struct generations *memory = &layout->memory;
    for (size_t i = memory->n_live; i-- > 0 && memory->live[i].id >= id;) {
        if (memory->live[i].id == id)
            return &memory->live[i];
    }
    return NULL;
}

static void keep(struct layout *layout, size_t id)
{
    struct generation *generation = find_generation(layout, id);
    if (generation)
        generation->keep = true;
}

/* A strip in the queue holds on to its own generation and to those of what it points to. */
static void hold(struct layout *layout, size_t id)
{
    struct generation *generation = find_generation(layout, id);
    if (generation)
        generation->waiting++;
}

static void let_go(struct layout *layout, size_t id)
{
    struct generation *generation = find_generation(layout, id);
    if (generation)
        generation->waiting--;
}

void flow_release(struct layout *layout, const struct strip *strip)
{
    let_go(layout, strip->birth);
    if (strip->added)
        let_go(layout, strip->added);
    for (const struct decor *decor = strip->decor; decor; decor = decor->outer)
        let_go(layout, decor->birth);
    if (strip->head)
        let_go(layout, strip->head->birth);
}

struct strip *flow_take(struct layout *layout)
{
    struct strip *strip = layout->queue[layout->queue_head++];
    flow_release(layout, strip);
    return strip;
}

void strip_head(struct layout *layout, struct strip *strip, const struct strip *head)
{
    strip->head = head;
    if (head)
        hold(layout, head->birth);
}

/* Marks the generations of what is open or half set. */
static void mark(struct layout *layout)
{
    if (layout->depth) {
        for (const struct decor *decor = flow_top(layout)->decor; decor; decor = decor->outer)
            keep(layout, decor->birth);
    }
    if (layout->table)
        table_keep(layout->table, layout, keep);
}

void flow_recycle(struct layout *layout)
{
    struct generations *memory = &layout->memory;
    mark(layout);
    size_t n = 0;
    for (size_t i = 0; i < memory->n_live; i++) {
        if (memory->live[i].keep || memory->live[i].waiting) {
            memory->live[i].keep = false;
            memory->live[n++] = memory->live[i];
            continue;
        }
        arena_reset(memory->live[i].arena);
        memory->spare = mem_grow(memory->spare, &memory->spare_room, memory->n_spare + 1, sizeof(struct arena *));
        memory->spare[memory->n_spare++] = memory->live[i].arena;
    }
    memory->n_live = n;
    if (!n || memory->used)
        add_generation(memory);
}

void flow_free(struct layout *layout)
{
    struct generations *memory = &layout->memory;
    for (size_t i = 0; i < memory->n_live; i++)
        arena_free(memory->live[i].arena);
    for (size_t i = 0; i < memory->n_spare; i++)
        arena_free(memory->spare[i]);
    mem_free(memory->live);
    mem_free(memory->spare);
    mem_free(layout->queue);
    mem_free(layout->adrift);
    mem_free(layout->frames);
}

static void enqueue(struct layout *layout, struct strip *strip)
{
    if (layout->queue_head && layout->queue_head * 2 >= layout->queue_end) {
        size_t waiting = layout->queue_end - layout->queue_head;
        memmove(layout->queue, layout->queue + layout->queue_head, waiting * sizeof(struct strip *));
        layout->queue_head = 0;
        layout->queue_end = waiting;
    }
    layout->queue = mem_grow(layout->queue, &layout->queue_room, layout->queue_end + 1, sizeof(struct strip *));
    layout->queue[layout->queue_end++] = strip;
}

/* Marks wait for the first strip of their item, which may be inside an inner list, "○ - text", or a box. */
static void put_marks(struct layout *layout, struct strip *strip)
{
    const struct text_style beside = flow_mark_style(layout, flow_top(layout));
    const tag_id tag = layout->tag;
    for (size_t i = layout->depth; i-- > 0 && layout->waiting_marks;) {
        struct frame *frame = &layout->frames[i];
        if (!frame->mark_waits)
            continue;
        frame->mark_waits = false;
        layout->waiting_marks--;
        struct arena *arena = flow_arena(layout);
        struct paragraph text;
        struct str mark = {arena_copy(arena, frame->mark, strlen(frame->mark)), strlen(frame->mark)};
        struct text_style style = flow_mark_style(layout, frame);
        const float room = frame->x - frame->mark_x;
        flow_set_plain(layout, mark, &style, room, &text);
        float right = text.n ? fminf(frame->widest_mark, room) - text.lines[0].width : 0;
        if (text.n > 1)
            flow_warn(layout, "mark-cut", "the mark %.60s is too wide for its list and was cut", frame->mark);
        layout->tag = frame->label;
        strip_lines(layout, strip, &text, 0, 1, &style, frame->mark_x + fmaxf(right, 0),
                    style_baseline(&beside) - style_baseline(&style));
    }
    layout->waiting_marks = 0;
    layout->tag = tag;
}

/* What glues a strip to the last one: the innermost group that both are in, if nothing stronger does. */
static void glue_strip(struct layout *layout, struct strip *strip, enum glue wanted)
{
    strip->glue = layout->keep_next ? GLUE_HARD : wanted;
    if (layout->group && layout->group_begun) {
        strip->group = layout->group;
        strip->loose = layout->group_loose;
    } else if (layout->whole_box && layout->box_begun) {
        strip->group = layout->whole_box;
        strip->loose = layout->box_loose;
        strip->boxed = true;
    }
    if (strip->glue == GLUE_NONE && strip->group)
        strip->glue = GLUE_GROUP;
    if (layout->page_break || (layout->at_foot && !layout->was_at_foot))
        strip->glue = GLUE_NONE;
    layout->group_begun = layout->group != 0;
    layout->box_begun = layout->whole_box != 0;
}

struct strip *flow_loose_strip(struct layout *layout, const char *what, float height)
{
    struct strip *strip = ARENA_NEW(flow_arena(layout), struct strip);
    strip->what = what;
    strip->height = height;
    strip->decor = flow_top(layout)->decor;
    strip->birth = flow_generation(layout);
    strip->last_call = &strip->calls;
    return strip;
}

struct strip *flow_strip(struct layout *layout, const char *what, float before, float height, enum glue glue)
{
    struct strip *strip = flow_loose_strip(layout, what, height);
    strip->before = layout->flush ? 0 : fmaxf(before, layout->space);
    glue_strip(layout, strip, glue);
    strip->page_break = layout->page_break;
    strip->at_foot = layout->at_foot;
    strip->columns = layout->columns;
    strip->floats = layout->group_floats ? layout->group : 0;
    strip->turned = layout->turned;
    strip->bare = layout->bare;
    hold(layout, strip->birth);
    for (const struct decor *decor = strip->decor; decor; decor = decor->outer)
        hold(layout, decor->birth);
    layout->was_at_foot = layout->at_foot;
    layout->space = 0;
    layout->caption = NULL;
    layout->flush = layout->keep_next = layout->page_break = layout->at_foot = layout->after_object = false;
    layout->after_kept = false;
    enqueue(layout, strip);
    if (layout->waiting_marks && height > 0) { /* an anchor is no line to stand beside */
        strip->height = fmaxf(height, flow_mark_style(layout, flow_top(layout)).leading);
        put_marks(layout, strip);
    }
    return strip;
}

static void strip_piece(struct layout *layout, struct strip *strip, const struct op *ops, size_t n, float x, float y)
{
    if (!n)
        return;
    struct piece *piece = ARENA_NEW(flow_arena(layout), struct piece);
    const size_t now = flow_generation(layout);
    if (strip->birth != now && strip->added != now) { /* a caption: all that it gets is made in one flow_step */
        strip->added = now;
        hold(layout, now);
    }
    *piece = (struct piece){.ops = ops, .n = n, .x = x, .y = y, .tag = layout->tag};
    if (strip->last)
        strip->last->next = piece;
    else
        strip->pieces = piece;
    strip->last = piece;
}

void strip_op(struct layout *layout, struct strip *strip, struct op op)
{
    struct op *copy = ARENA_NEW(flow_arena(layout), struct op);
    *copy = op;
    strip_piece(layout, strip, copy, 1, 0, 0);
}

void strip_rect(struct layout *layout, struct strip *strip, float x, float y, float w, float h, struct colour colour)
{
    strip_op(layout, strip,
             (struct op){.kind = OP_RECT, .x = x, .y = y, .w = w, .h = h, .colour = colour, .artifact = true});
}

void strip_lines(struct layout *layout, struct strip *strip, const struct paragraph *text, size_t from, size_t to,
                 const struct text_style *style, float x, float y)
{
    for (size_t i = from; i < to && i < text->n; i++) {
        float line_y = y + (float)(i - from) * style->leading + style_baseline(style);
        strip_piece(layout, strip, text->lines[i].ops, text->lines[i].n, x, line_y);
        if (layout->foot)
            note_calls(layout, strip, text->lines[i].ops, text->lines[i].n, x);
    }
}

struct decor *flow_decor(struct layout *layout, struct decor *outer, float x, float w, struct colour colour)
{
    struct decor *decor = ARENA_NEW(flow_arena(layout), struct decor);
    *decor = (struct decor){.outer = outer,
                            .depth = outer ? outer->depth + 1 : 1,
                            .filled = true,
                            .colour = colour,
                            .x = x,
                            .w = w,
                            .birth = flow_generation(layout)};
    return decor;
}

float flow_room(const struct layout *layout)
{
    float room = layout->in_note  ? foot_room(layout)
                 : layout->turned ? style_body_height(layout->lying)
                                  : style_body_height(layout->upright);
    for (const struct decor *decor = layout->frames[layout->depth - 1].decor; decor; decor = decor->outer)
        room -= 2 * decor->pad;
    return room;
}

void flow_set(struct layout *layout, const struct run *runs, size_t n, const struct text_style *style, float measure,
              struct paragraph *out)
{
    struct text_style fitting;
    *out = (struct paragraph){0};
    if (fabsf(style->indent) > measure / 2) { /* a narrow column or cell */
        fitting = *style;
        fitting.indent = copysignf(fmaxf(measure, 0) / 2, style->indent);
        style = &fitting;
    }
    if (n)
        text_set(layout->shaper, flow_arena(layout), note_runs(layout, flow_arena(layout), runs, n), n, style, measure,
                 out);
}

void flow_set_plain(struct layout *layout, struct str text, const struct text_style *style, float measure,
                    struct paragraph *out)
{
    /* In the arena, because ops may borrow from their run. */
    struct run *run = ARENA_NEW(flow_arena(layout), struct run);
    run->text = text;
    flow_set(layout, run, text.n ? 1 : 0, style, measure, out);
}

struct str flow_parted(struct layout *layout, struct str text, struct str next)
{
    if (!text.n || !next.n)
        return text;
    char *parted = arena_alloc(flow_arena(layout), text.n + 1);
    memcpy(parted, text.p, text.n);
    parted[text.n] = ' ';
    return (struct str){parted, text.n + 1};
}

float flow_width(struct layout *layout, const struct run *runs, size_t n, const struct text_style *style,
                 float *narrowest)
{
    float widest = 0, least = 0;
    if (n)
        text_measure(layout->shaper, note_runs(layout, flow_arena(layout), runs, n), n, style, &widest, &least);
    if (narrowest)
        *narrowest = least;
    return widest;
}

float flow_width_plain(struct layout *layout, struct str text, const struct text_style *style)
{
    struct run run = {.text = text};
    return flow_width(layout, &run, text.n ? 1 : 0, style, NULL);
}

bool flow_shows(const struct paragraph *text)
{
    for (size_t i = 0; i < text->n; i++)
        for (size_t k = 0; k < text->lines[i].n; k++)
            if (text->lines[i].ops[k].kind == OP_TEXT && text->lines[i].ops[k].n)
                return true;
    return false;
}

void flow_clip(char *out, size_t size, struct str text)
{
    text = str_head(text, size - 1);
    if (text.n)
        memcpy(out, text.p, text.n);
    out[text.n] = '\0';
}

void flow_warn(struct layout *layout, const char *code, const char *format, ...)
{
    char text[200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    diag_add(layout->diag, DIAG_WARNING, code, layout->section, 0, 0, "%s", text);
}
