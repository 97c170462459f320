#include "template/write.h"

#include "base/link.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "template/notes.h"
#include "template/template.h"

#include <string.h>

/* Blanks are single; a tab among them is what stays. */
static void put_blank(struct doc_writer *writer, char blank)
{
    struct buf *text = &writer->text;
    char last = text->n ? text->p[text->n - 1] : ' ';
    if (writer->breaking || !text->n || last == '\t')
        return;
    if (last != ' ')
        buf_char(text, blank);
    else if (blank == '\t')
        text->p[text->n - 1] = '\t';
}

/* A new run where text begins after a break. */
static void flush_break(struct doc_writer *writer)
{
    if (!writer->breaking)
        return;
    struct doc_writer_mark last = writer->n ? writer->marks[writer->n - 1] : (struct doc_writer_mark){0};
    writer->breaking = false;
    writer->marks = mem_grow(writer->marks, &writer->room, writer->n + 1, sizeof *writer->marks);
    last.from = writer->text.n;
    last.flags |= RUN_BREAK;
    writer->marks[writer->n++] = last;
}

static bool ends_blank(const struct doc_writer *writer)
{
    char last = writer->text.n ? writer->text.p[writer->text.n - 1] : 0;
    return last == ' ' || last == '\t';
}

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

static void put_word(struct doc_writer *writer, struct str word)
{
    if (!word.n)
        return;
    flush_break(writer);
    buf_str(&writer->text, word);
}

/* `tab`: what a tab in s becomes. */
static void put_clean(struct doc_writer *writer, struct str s, char tab)
{
    size_t from = 0;
    for (size_t at = 0; at < s.n;) {
        size_t end = at;
        uint32_t c = utf8_next(s, &at);
        if (utf8_is_hangul(c) || !(is_control(c) || utf8_is_space(c)))
            continue;
        put_word(writer, str_slice(s, from, end));
        if (c != 0xfeff) /* no space of any width, though the name says so */
            put_blank(writer, c == '\t' ? tab : ' ');
        from = at;
    }
    put_word(writer, str_slice(s, from, s.n));
}

void doc_writer_look(struct doc_writer *writer, unsigned flags, struct str link, struct str style)
{
    if (writer->n) {
        const struct doc_writer_mark *last = &writer->marks[writer->n - 1];
        if (!last->note && (last->flags & ~(unsigned)RUN_BREAK) == flags && str_equal(last->link, link) &&
            str_equal(last->style, style) && str_equal(last->language, writer->language))
            return;
    }
    writer->marks = mem_grow(writer->marks, &writer->room, writer->n + 1, sizeof *writer->marks);
    writer->marks[writer->n++] = (struct doc_writer_mark){writer->text.n, flags, 0, link, style, writer->language};
}

static void put_template(struct doc_writer *writer, struct str text, bool josa)
{
    size_t done = 0;
    struct str form;
    char tab = writer->one_string ? ' ' : '\t';
    for (size_t at; josa && (at = josa_find(text, done, &form)) != SIZE_MAX; done = at + form.n) {
        put_clean(writer, str_slice(text, done, at), tab);
        put_clean(writer, josa_choose(buf_view(&writer->text), form), ' ');
    }
    put_clean(writer, str_slice(text, done, text.n), tab);
}

/* A run without text; what follows looks as before. */
static void put_note(struct doc_writer *writer, unsigned number)
{
    struct doc_writer_mark look = writer->n ? writer->marks[writer->n - 1] : (struct doc_writer_mark){0};
    flush_break(writer);
    writer->marks = mem_grow(writer->marks, &writer->room, writer->n + 2, sizeof *writer->marks);
    writer->marks[writer->n++] = (struct doc_writer_mark){.from = writer->text.n, .flags = RUN_SUPER, .note = number};
    look.from = writer->text.n;
    look.flags &= ~(unsigned)RUN_BREAK;
    look.note = 0;
    writer->marks[writer->n++] = look;
}

/* The value at text.p[*at], or the note that it calls. */
static void put_slot(struct doc_writer *writer, struct str text, size_t *at)
{
    size_t here = *at;
    struct note_name *name = writer->notes ? notes_at(writer->notes, slots_index(text, &here)) : NULL;
    unsigned number = name ? notes_call(writer->notes, name) : 0;
    struct str value = slots_take(&writer->source->slots, text, at);
    if (number)
        put_note(writer, number);
    else
        put_clean(writer, value, ' '); /* data lays out nothing */
}

void doc_writer_text(struct doc_writer *writer, struct str text, bool josa)
{
    size_t done = 0;
    for (size_t at; (at = slots_find(text, done)) != SIZE_MAX; done = at) {
        put_template(writer, str_slice(text, done, at), josa);
        put_slot(writer, text, &at);
    }
    put_template(writer, str_slice(text, done, text.n), josa);
}

void doc_writer_quote(struct doc_writer *writer, struct str text)
{
    struct notes *notes = writer->notes;
    writer->notes = NULL;
    doc_writer_text(writer, text, false);
    writer->notes = notes;
}

void doc_writer_break(struct doc_writer *writer)
{
    if (ends_blank(writer))
        writer->text.n--;
    for (size_t i = writer->n; i > 0 && writer->marks[i - 1].from > writer->text.n; i--)
        writer->marks[i - 1].from = writer->text.n; /* a run that began after the blank */
    writer->breaking = true;
}

struct run *doc_writer_runs(struct doc_writer *writer, struct arena *arena, size_t *n)
{
    size_t end = writer->text.n - ends_blank(writer);
    const char *text = arena_copy(arena, writer->text.p ? writer->text.p : "", end);
    struct run *runs = ARENA_ARRAY(arena, writer->n, struct run);
    *n = 0;
    unsigned pending = 0; /* a break whose own run is empty belongs to the next one */
    for (size_t i = 0; i < writer->n; i++) {
        const struct doc_writer_mark *mark = &writer->marks[i];
        size_t to = i + 1 < writer->n ? writer->marks[i + 1].from : end;
        size_t from = mark->from < end ? mark->from : end;
        to = to < end ? to : end;
        pending |= mark->flags & RUN_BREAK;
        if (to <= from && !mark->note)
            continue;
        runs[(*n)++] = (struct run){.text = {text + from, to - from},
                                    .flags = mark->flags | (*n ? pending : 0),
                                    .link = mark->link,
                                    .note = mark->note,
                                    .style = str_copy(arena, mark->style),
                                    .language = mark->language};
        pending = 0;
    }
    if (*n)
        runs[0].flags &= ~(unsigned)RUN_BREAK;
    buf_clear(&writer->text);
    writer->n = 0;
    writer->breaking = false;
    return runs;
}

void doc_writer_free(struct doc_writer *writer)
{
    buf_free(&writer->text);
    mem_free(writer->marks);
    *writer = (struct doc_writer){0};
}

struct str expand_text(struct arena *arena, const struct source *source, struct str text)
{
    struct doc_writer writer = {.source = source, .one_string = true};
    doc_writer_text(&writer, text, source->strict);
    struct str result = str_copy(arena, str_trim(buf_view(&writer.text)));
    doc_writer_free(&writer);
    return result;
}

struct str clean_text(struct arena *arena, struct str value)
{
    struct doc_writer writer = {.one_string = true};
    put_clean(&writer, value, ' ');
    struct str result = str_copy(arena, str_trim(buf_view(&writer.text)));
    doc_writer_free(&writer);
    return result;
}

struct str expand_code(struct arena *arena, const struct source *source, struct str text)
{
    struct buf out = {0};
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        if (slots_find(str_slice(text, at, at + 4), 0) == 0) {
            struct str piece = slots_take(&source->slots, text, &at);
            for (size_t i = 0; i < piece.n;) {
                size_t begin = i;
                uint32_t c = utf8_next(piece, &i);
                if (is_control(c))
                    buf_char(&out, ' ');
                else
                    buf_add(&out, piece.p + begin, i - begin);
            }
            continue;
        }
        uint32_t c = utf8_next(text, &at);
        if (c == '\t')
            buf_text(&out, "    ");
        else if (is_control(c) && c != '\n')
            buf_char(&out, ' ');
        else
            buf_add(&out, text.p + from, at - from);
    }
    if (out.n && out.p[out.n - 1] == '\n')
        out.n--;
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

struct str expand_link(struct arena *arena, struct source *source, struct str text)
{
    static const char hex[] = "0123456789ABCDEF";
    struct buf raw = {0}, out = {0};
    size_t done = 0;
    for (size_t at; (at = slots_find(text, done)) != SIZE_MAX; done = at) {
        buf_add(&raw, text.p + done, at - done);
        buf_str(&raw, slots_take(&source->slots, text, &at));
    }
    buf_add(&raw, text.p + done, text.n - done);
    struct str link = str_trim(buf_view(&raw));
    bool anchor = link.n > 1 && link.p[0] == '#',
         safe = anchor || link_is_page(link) || link_has_scheme(link, "mailto:");
    for (size_t i = 0; safe && i < link.n; i++) {
        unsigned char c = (unsigned char)link.p[i];
        if (c < 0x20 || c == 0x7f) {
            safe = false;
        } else if (anchor) {
            continue;
        } else if (c >= 0x80 || strchr(" \"<>\\^`{|}", c)) {
            buf_char(&out, '%');
            buf_char(&out, hex[c >> 4]);
            buf_char(&out, hex[c & 15]);
        } else {
            buf_char(&out, (char)c);
        }
    }
    struct str result = safe ? str_copy(arena, anchor ? link : buf_view(&out)) : STR("");
    source->refused_links += !safe && link.n > 0;
    buf_free(&raw);
    buf_free(&out);
    return result;
}
