/* The device: text by element, and the places that links lead to. */
#include "base/mem.h"
#include "out/speech_say.h"

#include <string.h>

struct str speech_own(const struct speech *s, tag_id tag)
{
    return buf_view(&s->heard[tag].text);
}

/* A soft hyphen, where a word is broken between lines, is not heard. */
static void add_text(struct buf *out, struct str text)
{
    size_t hyphen;
    while ((hyphen = str_find(text, STR("\xc2\xad"), 0)) != SIZE_MAX) {
        buf_str(out, str_slice(text, 0, hyphen));
        text = str_slice(text, hyphen + 2, text.n);
    }
    buf_str(out, text);
}

/* Room for all elements that there are. */
static void make_room(struct speech *s)
{
    size_t need = tags_count(s->tags) + 1, had = s->n_heard;
    if (need <= had)
        return;
    s->heard = mem_grow(s->heard, &s->heard_room, need, sizeof *s->heard);
    memset(s->heard + had, 0, (need - had) * sizeof *s->heard);
    s->n_heard = need;
}

static void hear(struct speech *s, const struct op *op, int page)
{
    make_room(s);
    for (tag_id tag = op->tag; tag && !s->heard[tag].page; tag = tags_get(s->tags, tag)->parent)
        s->heard[tag].page = page;
    if (op->kind != OP_TEXT && op->kind != OP_LINK)
        return;
    add_text(&s->heard[op->tag].text, op->text);
    if (op->blank)
        buf_char(&s->heard[op->tag].text, ' ');
}

static void add_place(struct speech *s, const struct page *page, const struct op *op)
{
    size_t at = page_texts_at(&s->texts, op);
    tag_id tag = at < s->texts.n ? s->texts.items[at]->tag : 0;
    s->places = mem_grow(s->places, &s->places_room, s->n_places + 1, sizeof *s->places);
    s->places[s->n_places++] = (struct place){.name = str_copy(s->arena, op->text), .page = page->number, .tag = tag};
}

/* The tree itself skips no level: what the author has skipped is told by the bookmarks. */
static void check_level(struct speech *s, const struct op *op, int page)
{
    if (s->level && op->level > s->level + 1) {
        buf_printf(&s->missed, "  %d쪽 제목 “" STR_FMT "”: 수준 %d 다음에 %d이 온다\n", page,
                   STR_ARG(str_head(op->text, 60)), s->level, op->level);
        s->n_missed++;
    }
    s->level = op->level;
}

static bool speech_page(void *self, const struct page *page, struct err *err)
{
    (void)err;
    struct speech *s = self;
    s->tags = page->tags;
    page_texts_find(&s->texts, page);
    for (size_t i = 0; i < page->n; i++) {
        const struct op *op = &page->ops[i];
        if (op->kind == OP_ANCHOR)
            add_place(s, page, op);
        else if (op->kind == OP_OUTLINE)
            check_level(s, op, page->number);
        else if (op->tag && s->tags)
            hear(s, op, page->number);
    }
    return true;
}

static bool speech_finish(void *self, struct buf *out, struct err *err)
{
    (void)err;
    struct speech *s = self;
    if (s->tags) {
        make_room(s);
        speech_tree(s);
    }
    buf_str(out, buf_view(&s->out));
    return true;
}

static void speech_free(void *self)
{
    struct speech *s = self;
    if (!s)
        return;
    for (size_t i = 0; i < s->n_heard; i++)
        buf_free(&s->heard[i].text);
    mem_free(s->heard);
    mem_free(s->places);
    mem_free(s->texts.items);
    buf_free(&s->out);
    buf_free(&s->line);
    buf_free(&s->missed);
    arena_free(s->arena);
    mem_free(s);
}

bool speech_device(const struct page_info *info, struct device *out, struct err *err)
{
    (void)err;
    struct speech *s = mem_alloc(sizeof *s);
    *s = (struct speech){.info = info, .arena = arena_new()};
    *out = (struct device){s, speech_page, speech_finish, speech_free};
    return true;
}
