/* Sheets whose operations are content of elements, and the text of the tagged files that they make. */
#ifndef TESTS_TAGGED_SHEET_H
#define TESTS_TAGGED_SHEET_H
#include "out/pdf/tags.h"
#include "out_sheet.h"

static struct tags *tree;
static size_t begins[8], n_pages; /* the first operation of each page */

static inline int open_tagged(void **state)
{
    tree = tags_new();
    begins[0] = 0;
    n_pages = 1;
    return open_sheet(state);
}

static inline int close_tagged(void **state)
{
    tags_free(tree);
    return close_sheet(state);
}

static inline void next_page(struct sheet *s)
{
    begins[n_pages++] = s->n;
}

static inline void write_text(struct sheet *s, tag_id tag, const char *text)
{
    add_line(s, &s->noto, text);
    s->ops[s->n - 1].tag = tag;
    s->ops[s->n - 1].artifact = !tag;
}

static inline void add_op(struct sheet *s, struct op op)
{
    op.x = 50;
    op.y = op.kind == OP_ANCHOR ? 32 + 20 * (float)s->n : (float)(60 + 3 * s->n); /* above the last line */
    op.w = op.w > 0 ? op.w : 100;
    op.h = 10;
    s->ops[s->n++] = op;
}

static inline tag_id element(struct sheet *s, tag_id parent, enum tag_kind kind, const char *text)
{
    tag_id tag = tags_add(tree, parent, kind);
    if (text)
        write_text(s, tag, text);
    return tag;
}

static inline tag_id linked(struct sheet *s, tag_id parent, const char *text, const char *to)
{
    tag_id tag = element(s, parent, TAG_LINK, text);
    tags_at(tree, tag)->text = str_from(to);
    add_op(s, (struct op){.kind = OP_LINK, .link = str_from(to), .tag = tag});
    return tag;
}

static inline bool render_as(struct sheet *s, enum pdf_profile profile, const struct tags *with)
{
    struct device device;
    struct diag_list diag = {0};
    struct pdf_options options = {.profile = profile, .diag = &diag};
    assert_true(pdf_device(&s->info, &options, &device, &s->err));
    bool ok = true;
    for (size_t i = 0; ok && i < n_pages; i++) {
        size_t end = i + 1 < n_pages ? begins[i + 1] : s->n;
        struct page page = {(int)i + 1, 595.28F, 841.89F, s->ops + begins[i], end - begins[i], with};
        ok = device.page(device.self, &page, &s->err);
    }
    buf_clear(&s->pdf);
    ok = ok && device.finish(device.self, &s->pdf, &s->err);
    device.free(device.self);
    diag_free(&diag);
    return ok;
}

/* The objects of the file as text without line feeds and double blanks; empty without qpdf. */
static inline struct str objects(struct sheet *s)
{
    struct buf out = {0}, text = {0};
    tool(s, (const char *[]){"qpdf", "--qdf", "--object-streams=disable", "--no-original-object-ids", NULL},
         (const char *[]){"-", NULL}, &out);
    for (size_t i = 0; i < out.n; i++) {
        char c = out.p[i] == '\n' ? ' ' : out.p[i];
        if (c != ' ' || (text.n && text.p[text.n - 1] != ' '))
            buf_char(&text, c);
    }
    struct str all = str_copy(s->arena, buf_view(&text));
    buf_free(&text);
    buf_free(&out);
    return all;
}

static inline size_t count(struct str text, const char *word)
{
    size_t n = 0;
    for (size_t at = 0; (at = str_find(text, str_from(word), at)) != SIZE_MAX; at++)
        n++;
    return n;
}

/* The content of the page that begins with a text object or mark. */
static inline struct str content(struct str objects)
{
    for (struct str rest = objects; rest.n;) {
        size_t from = str_find(rest, STR("stream"), 0), end = str_find(rest, STR("endstream"), 0);
        struct str it = str_trim(str_slice(rest, from == SIZE_MAX ? rest.n : from + 6, end));
        if (str_starts_any(it, (const char *const[]){"BT", "/P", "/Artifact", "/Figure", NULL}))
            return it;
        rest = str_slice(rest, end == SIZE_MAX ? rest.n : end + 9, rest.n);
    }
    return (struct str){0};
}

static inline void assert_has(struct str text, const char *word)
{
    if (text.n && !count(text, word))
        fail_msg("not in it: %s", word);
}

#define TAGGED(function) cmocka_unit_test_setup_teardown(function, open_tagged, close_tagged)

#endif
