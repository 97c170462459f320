/* Tagged PDF files with more of something than one of their arrays, strings or pages may hold. */
#include "tagged_sheet.h"

/* 34,400 cells on 200 pages, 4,400 links: no array of the trees gets longer than PDF 1.4 allows, and the time is
 * linear. */
static void test_many(void **state)
{
    struct sheet *s = *state;
    struct device device;
    struct pdf_options options = {.profile = PDF_ACCESS};
    tag_id table = tags_add(tree, TAGS_ROOT, TAG_TABLE);
    assert_true(pdf_device(&s->info, &options, &device, &s->err));
    for (int i = 0; i < 200; i++) {
        s->n = 0;
        for (int row = 0; row < 25; row++) {
            tag_id tr = tags_add(tree, table, TAG_TR);
            for (int column = 0; column < 6; column++)
                element(s, tr, TAG_TD, "1");
            if (row < 22)
                linked(s, tags_add(tree, tr, TAG_TD), NULL, "https://a.example/");
        }
        struct page page = {i + 1, 595.28F, 841.89F, s->ops, s->n, tree};
        assert_true(device.page(device.self, &page, &s->err));
    }
    buf_clear(&s->pdf);
    assert_true(device.finish(device.self, &s->pdf, &s->err));
    device.free(device.self);
    check_qpdf(s);
    struct str text = objects(s);
    if (!text.n)
        return;
    assert_int_equal(count(text, "/Limits [ 0 4094 ]"), 1);
    assert_int_equal(count(text, "/Limits [ 4095 4599 ]"), 1);
    assert_int_equal(count(text, "/S /TD"), 200 * (25 * 6 + 22));
}

/* The longest literal string, hexadecimal string and array of show operations. */
struct lengths {
    size_t string, hex, array;
};

static struct lengths longest(struct str content)
{
    struct lengths most = {0};
    size_t elements = 0;
    for (size_t at = 0, from; at < content.n; at++) {
        char c = content.p[at];
        size_t *length = c == '(' ? &most.string : &most.hex;
        elements = c == '[' ? 0 : elements + (c == '(' ? 2 : 0); /* a number goes with each */
        most.array = elements > most.array ? elements : most.array;
        if (c != '(' && c != '<')
            continue;
        for (from = at++; content.p[at] != (c == '(' ? ')' : '>'); at++)
            at += c == '(' && content.p[at] == '\\';
        *length = at - from > *length ? at - from : *length;
    }
    return most;
}

/* Strings and arrays stay within the limits, whatever a line has; so does what is said in place of it. */
static void test_long_lines(void **state)
{
    struct sheet *s = *state;
    struct buf text = {0}, out = {0};
    tag_id p = tags_add(tree, TAGS_ROOT, TAG_P);
    for (int i = 0; i < 17000; i++)
        buf_text(&text, i < 10000 ? "가 " : "가");
    s->ops[0] = test_text(s->arena, &s->noto, 0.3, 50, 60, text.p, 0.2);
    s->ops[1] = s->ops[0];
    s->ops[1].text = str_copy(s->arena, buf_view(&text));
    struct glyph *glyphs = ARENA_ARRAY(s->arena, s->ops[0].n, struct glyph);
    memcpy(glyphs, s->ops[0].glyphs, s->ops[0].n * sizeof *glyphs);
    for (size_t i = 0; i < s->ops[0].n; i++)
        glyphs[i].cluster = 0;
    s->ops[1].glyphs = glyphs;
    for (s->n = 0; s->n < 2; s->n++)
        s->ops[s->n].tag = p;
    assert_true(render_as(s, PDF_ACCESS, tree));
    if (tool(s, (const char *[]){"qpdf", "--qdf", "--object-streams=disable", "--normalize-content=n", NULL},
             (const char *[]){"-", NULL}, &out)) {
        struct lengths most = longest(content(buf_view(&out)));
        assert_in_range(most.string, 14000, 32767);
        assert_in_range(most.hex, 32000, 2 * 32767);
        assert_in_range(most.array, 8000, 8191);
    }
    buf_free(&text);
    buf_free(&out);
}

static void test_arrays_of_the_archive(void **state)
{
    (void)state;
    for (int more = 0; more < 3; more++) {
        struct pdf_tags *tags = pdf_tags_new();
        tag_id p = tags_add(tree, TAGS_ROOT, TAG_P), div = tags_add(tree, TAGS_ROOT, TAG_DIV);
        pdf_tags_page(tags, tree);
        for (int i = 0; i < 8191 + (more == 1); i++)
            pdf_tags_mark(tags, p);
        pdf_tags_page(tags, tree);
        for (int i = 0; i < 8191 + (more == 2); i++)
            pdf_tags_mark(tags, tags_add(tree, div, TAG_P));
        assert_int_equal(pdf_tags_fit(tags), more == 0);
        pdf_tags_free(tags);
    }
}

/* An archive with a page of more elements is one without structure, and says so. */
static void test_archive_of_a_huge_page(void **state)
{
    struct sheet *s = *state;
    enum { TEXTS = 8192 };
    struct device device;
    struct diag_list diag = {0};
    struct pdf_options options = {.profile = PDF_ARCHIVE, .diag = &diag};
    struct op *ops = ARENA_ARRAY(s->arena, TEXTS, struct op);
    write_text(s, TAGS_ROOT, "1");
    for (size_t i = 0; i < TEXTS; i++) {
        ops[i] = s->ops[0];
        ops[i].tag = tags_add(tree, i % 2 ? tags_get(tree, TAGS_ROOT)->last : TAGS_ROOT, TAG_P);
    }
    for (size_t n = TEXTS - 1; n <= TEXTS; n++) {
        assert_true(pdf_device(&s->info, &options, &device, &s->err));
        struct page page = {1, 595.28F, 841.89F, ops, n, tree};
        buf_clear(&s->pdf);
        assert_true(device.page(device.self, &page, &s->err) && device.finish(device.self, &s->pdf, &s->err));
        device.free(device.self);
        check_qpdf(s);
        assert_int_equal(count(buf_view(&s->pdf), "/StructTreeRoot"), n < TEXTS ? 2 : 0); /* a key and a type */
        assert_int_equal(count(buf_view(&s->pdf), "<pdfaid:conformance>A<"), n < TEXTS);
        assert_int_equal(diag.n, n == TEXTS);
    }
    diag_free(&diag);
}

/* The links of a page are a list as well: what is too much for it is nowhere in the file, and only text in the tree. */
static void test_page_of_many_links(void **state)
{
    enum { LINKS = 8191 };
    struct sheet *s = *state;
    struct device device;
    struct diag_list diag = {0};
    struct pdf_options options = {.profile = PDF_ARCHIVE, .diag = &diag};
    struct op *ops = ARENA_ARRAY(s->arena, LINKS + 2, struct op);
    tag_id link = linked(s, element(s, TAGS_ROOT, TAG_P, NULL), "고리", "https://a.example/");
    for (size_t i = 0; i < LINKS + 2; i++) {
        ops[i] = s->ops[1];
        ops[i].tag = i < LINKS ? link : element(s, TAGS_ROOT, TAG_LINK, NULL);
    }
    assert_true(pdf_device(&s->info, &options, &device, &s->err));
    struct page page = {1, 595.28F, 841.89F, ops, LINKS + 2, tree};
    assert_true(device.page(device.self, &page, &s->err) && device.finish(device.self, &s->pdf, &s->err));
    device.free(device.self);
    check_qpdf(s);
    assert_int_equal(count(buf_view(&s->pdf), "/Subtype/Link"), LINKS);
    assert_int_equal(count(buf_view(&s->pdf), "/OBJR"), LINKS);
    assert_int_equal(count(buf_view(&s->pdf), "<pdfaid:conformance>A<"), 1);
    assert_int_equal(diag.n, 0);
    diag_free(&diag);
}

static void ask_for_many(void *objects)
{
    objects_more(objects, 8388607);
}

static void test_more_objects_than_a_file_has(void **state)
{
    struct sheet *s = *state;
    struct objects *all = objects_new(false);
    assert_false(objects_guard(all, ask_for_many, all, &s->err));
    assert_int_equal(s->err.kind, ERR_INPUT);
    assert_string_equal(s->err.text, "a document of more than 8388607 objects");
    objects_free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TAGGED(test_many),
        TAGGED(test_long_lines),
        TAGGED(test_arrays_of_the_archive),
        TAGGED(test_archive_of_a_huge_page),
        TAGGED(test_page_of_many_links),
        TAGGED(test_more_objects_than_a_file_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
