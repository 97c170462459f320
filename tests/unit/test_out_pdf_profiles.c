/* What makes a PDF one for archives and for everyone: metadata, colours, attachments, the form of the file, and what
 * may not be promised. */
#include "out/pdf/glyphs.h"
#include "out/pdf/intent.h"
#include "out_sheet.h"

/* The sheet in a profile, its texts as one paragraph, the rest as decoration. */
static bool render_as(struct sheet *s, struct pdf_options options, int pages)
{
    struct device device;
    struct tags *tags = tags_new();
    tag_id paragraph = tags_add(tags, TAGS_ROOT, TAG_P);
    tags_see(tags, paragraph);
    for (size_t i = 0; i < s->n; i++)
        s->ops[i].tag = s->ops[i].kind == OP_TEXT ? paragraph : 0;
    assert_true(pdf_device(&s->info, &options, &device, &s->err));
    bool ok = true;
    for (int i = 1; ok && i <= pages; i++) {
        struct page page = {i, 595.28F, 841.89F, s->ops, s->n, options.profile == PDF_PLAIN ? NULL : tags};
        ok = device.page(device.self, &page, &s->err);
    }
    buf_clear(&s->pdf);
    ok = ok && device.finish(device.self, &s->pdf, &s->err);
    device.free(device.self);
    tags_free(tags);
    return ok;
}

static bool has(const struct buf *bytes, const char *word)
{
    return str_find(buf_view(bytes), str_from(word), 0) != SIZE_MAX;
}

static void must_have(const struct buf *bytes, const char *const words[])
{
    for (; *words; words++)
        if (!has(bytes, *words))
            fail_msg("%s is missing", *words);
}

static void test_metadata_and_information_agree(void **state)
{
    struct sheet *s = *state;
    struct buf out = {0};
    s->info.title = STR("\t창업 <바이오> & \"제조\"\x01\r\n보고\uFEFF서\x7f ");
    s->info.author = STR("시험 부서");
    s->info.subject = STR("a ]]> b");
    s->info.keywords = STR("창업, 바이오");
    add_line(s, &s->noto, "본문");
    for (int archive = 0; archive < 2; archive++) {
        assert_true(render_as(s, (struct pdf_options){.profile = archive ? PDF_ARCHIVE : PDF_ACCESS}, 1));
        check_qpdf(s);
        must_have(&s->pdf, (const char *const[]){
                               "<rdf:li xml:lang=\"x-default\">창업 &lt;바이오&gt; &amp; \"제조\"   보고서</rdf:li>",
                               "<dc:creator><rdf:Seq><rdf:li>시험 부서</rdf:li></rdf:Seq></dc:creator>",
                               "<rdf:li xml:lang=\"x-default\">a ]]&gt; b</rdf:li>",
                               "<dc:language><rdf:Bag><rdf:li>ko</rdf:li></rdf:Bag></dc:language>",
                               "<pdf:Keywords>창업, 바이오</pdf:Keywords>",
                               "<pdf:Producer>briefgen</pdf:Producer>",
                               "<xmp:CreatorTool>briefgen</xmp:CreatorTool>",
                               "<xmp:CreateDate>2024-01-31T00:00:00+09:00</xmp:CreateDate>",
                               "<xmp:ModifyDate>2024-01-31T00:00:00+09:00</xmp:ModifyDate>",
                               archive ? "<pdfaid:part>1</pdfaid:part>" : "<pdfaid:part>3</pdfaid:part>",
                               NULL,
                           });
        if (tool(s, (const char *[]){"pdfinfo", "-isodates", NULL}, NULL, &out))
            must_have(&out,
                      (const char *const[]){"창업 <바이오> & \"제조\"   보고서\n", "시험 부서\n", "a ]]> b\n",
                                            "Creator:         briefgen\n", "CreationDate:    2024-01-31T00:00:00+09\n",
                                            "ModDate:         2024-01-31T00:00:00+09\n", NULL});
    }
    buf_free(&out);
}

/* Without a title a file may not be PDF/UA: the first bookmark is one, else the first line. Without a day no date. */
static void test_title_and_date_that_are_missing(void **state)
{
    struct sheet *s = *state;
    s->info.title = STR(" \n");
    s->info.created = STR("");
    assert_true(render_as(s, (struct pdf_options){.profile = PDF_ACCESS}, 1));
    assert_true(has(&s->pdf, "<rdf:li xml:lang=\"x-default\">문서</rdf:li>"));
    add_line(s, &s->noto, "A");
    s->ops[s->n - 1].text = STR("\u202e"); /* a line of which a title has nothing */
    s->ops[s->n++] = (struct op){.kind = OP_OUTLINE, .text = STR("\u200e"), .level = 1, .y = 50};
    assert_true(render_as(s, (struct pdf_options){.profile = PDF_ACCESS}, 1));
    assert_true(has(&s->pdf, "<rdf:li xml:lang=\"x-default\">문서</rdf:li>"));
    add_line(s, &s->noto, "첫 줄");
    assert_true(render_as(s, (struct pdf_options){.profile = PDF_ACCESS}, 1));
    assert_true(has(&s->pdf, "<rdf:li xml:lang=\"x-default\">첫 줄</rdf:li>"));
    s->ops[s->n++] = (struct op){.kind = OP_OUTLINE, .text = STR("첫 제목"), .level = 1, .y = 50};
    assert_true(render_as(s, (struct pdf_options){.profile = PDF_ACCESS}, 1));
    assert_true(has(&s->pdf, "<rdf:li xml:lang=\"x-default\">첫 제목</rdf:li>"));
    assert_false(has(&s->pdf, "Date>"));
    assert_true(render(s, 1));
    assert_false(has(&s->pdf, "xpacket"));
}

/* PDF 1.4: every object for itself, one table, nothing that came later; pages in a tree. */
static void test_form_of_an_archive(void **state)
{
    struct sheet *s = *state;
    struct buf out = {0};
    add_line(s, &s->noto, "가나다");
    add_line(s, &s->nanum, "라마바");
    s->ops[s->n++] =
        (struct op){.kind = OP_LINK, .x = 50, .y = 50, .w = 10, .h = 10, .link = STR("https://a.example/")};
    assert_true(render_as(s, (struct pdf_options){.profile = PDF_ARCHIVE}, 9500));
    check_qpdf(s);
    assert_true(str_starts(buf_view(&s->pdf), STR("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n")));
    must_have(&s->pdf, (const char *const[]){"\nxref\n0 ", "\n0000000000 65535 f \n", "\ntrailer\n<</Size ", "/CIDSet ",
                                             "/Count 9500", "/Count 1000", "/Count 500", NULL});
    for (const char *const *word = (const char *const[]){"/ObjStm", "/XRef", "/EmbeddedFile", "/AFRelationship", NULL};
         *word; word++)
        assert_false(has(&s->pdf, *word));
    if (tool(s, (const char *[]){"pdfinfo", NULL}, NULL, &out))
        must_have(&out, (const char *const[]){"Pages:           9500\n", "PDF version:     1.4\n", NULL});
    if (tool(s, (const char *[]){"pdftotext", "-l", "1", "-nopgbrk", NULL}, (const char *[]){"-", NULL}, &out))
        must_have(&out, (const char *const[]){"가나다", "라마바", NULL});
    buf_free(&out);
}

static void test_attachments(void **state)
{
    struct sheet *s = *state;
    struct buf out = {0}, rows = {0};
    for (int i = 0; i < 30000; i++)
        buf_printf(&rows, "%d,시흥시,바이오\r\n", i);
    const struct pdf_attachment files[] = {
        {STR("z.csv"), STR("text/csv"), STR("마지막"), buf_view(&rows)},
        {STR("도시 (1).csv"), STR("text/csv"), STR("도시"), STR("a,b\r\n")},
        {STR("empty.json"), STR("application/json"), STR(""), STR("")},
    };
    struct pdf_options options = {.profile = PDF_ACCESS, .attachments = files, .n = 3};
    add_line(s, &s->noto, "본문");
    assert_true(render_as(s, options, 1));
    check_qpdf(s);
    assert_true(s->pdf.n < rows.n / 4);
    if (tool(s, (const char *[]){"pdfdetach", "-list", NULL}, NULL, &out))
        assert_string_equal(out.p, "3 embedded files\n1: empty.json\n2: z.csv\n3: 도시 (1).csv\n");
    if (tool(s, (const char *[]){"qpdf", "--show-attachment=z.csv", NULL}, NULL, &out))
        assert_true(str_equal(buf_view(&out), buf_view(&rows)));
    if (tool(s, (const char *[]){"qpdf", "--qdf", "--object-streams=disable", NULL}, (const char *[]){"-", NULL}, &out))
        must_have(&out, (const char *const[]){"/AFRelationship /Data", "/Subtype /text#2fcsv", "/Size 5", "/AF [",
                                              "/ModDate (D:20240131000000+09'00')", NULL});
    assert_true(render_as(s, (struct pdf_options){.profile = PDF_ARCHIVE, .attachments = files, .n = 3}, 1));
    assert_false(has(&s->pdf, "/EmbeddedFile"));
    buf_free(&out);
    buf_free(&rows);
}

static void test_same_bytes_in_every_profile(void **state)
{
    struct sheet *s = *state;
    add_line(s, &s->noto, "같은 쪽은 같은 바이트");
    for (int profile = PDF_PLAIN; profile < PDF_PROFILES; profile++) {
        struct pdf_options options = {.profile = (enum pdf_profile)profile};
        assert_true(render_as(s, options, 3));
        struct str first = str_copy(s->arena, buf_view(&s->pdf));
        sleep(1);
        assert_true(render_as(s, options, 3));
        assert_true(str_equal(first, buf_view(&s->pdf)));
        if (profile == PDF_PLAIN) {
            assert_true(render(s, 3));
            assert_true(str_equal(first, buf_view(&s->pdf)));
        }
    }
}

/* The widths of a font with tens of thousands of glyphs: what a reader finds, and no array of more than 8,191. */
static void check_widths(const struct pdf_glyph *glyphs, size_t n)
{
    struct buf out = {0};
    static double found[65536];
    int usual = pdf_glyph_widths(glyphs, n, &out);
    for (size_t code = 0; code < 65536; code++)
        found[code] = usual / 100.0;
    long elements = 0, inner = 0;
    for (char *at = out.p; at && *at; elements++) {
        long first = strtol(at, &at, 10);
        if (*at == '[') {
            for (at++, inner = 0; *at != ']'; inner++)
                found[first + inner] = strtod(at, &at);
            assert_true(inner <= 8191);
            at++;
            elements++;
            continue;
        }
        long last = strtol(at, &at, 10);
        double width = strtod(at, &at);
        at += strspn(at, " ");
        for (elements += 2; first <= last; first++)
            found[first] = width;
    }
    assert_true(elements <= 8191);
    for (size_t i = 0; i < n; i++)
        if (fabs(found[glyphs[i].code] - glyphs[i].width / 100.0) > 0.001)
            fail_msg("code %u has width %f", glyphs[i].code, found[glyphs[i].code]);
    buf_free(&out);
}

static void test_widths_of_a_large_font(void **state)
{
    (void)state;
    static struct pdf_glyph glyphs[65535];
    for (unsigned step = 1; step < 8; step++)     /* gaps between the codes */
        for (int cycle = 1; cycle < 5; cycle++) { /* what is repeated */
            size_t n = 65535 / step;
            for (size_t i = 0; i < n; i++)
                glyphs[i] = (struct pdf_glyph){.code = (uint16_t)(i * step),
                                               .width = (int32_t)(i % (unsigned)cycle ? 50000 + 7 * i : 100000)};
            check_widths(glyphs, n);
            check_widths(glyphs, 1);
        }
}

/* Of version 2.1, of red, green and blue, small, and without the time of making. */
static void test_colour_profile(void **state)
{
    struct sheet *s = *state;
    struct buf profile = {0};
    assert_true(pdf_intent(&profile, &s->err));
    assert_true(profile.n > 500 && profile.n < 1500);
    assert_memory_equal(profile.p + 8, "\x02\x10\0\0mntrRGB XYZ \x07\xCF\0\x0A\0\x12\0\0\0\0\0\0acsp", 32);
    const unsigned char *size = (const unsigned char *)profile.p;
    assert_int_equal((size_t)size[2] << 8 | size[3], profile.n);
    buf_free(&profile);
}

/* A font whose outlines have other widths than its table says is no font for PDF/A. */
static void test_outline_of_another_width(void **state)
{
    struct sheet *s = *state;
    add_line(s, &s->noto, "가나");
    struct glyph *first = (struct glyph *)(uintptr_t)s->ops[0].glyphs;
    first->natural += 1;
    assert_true(render_as(s, (struct pdf_options){.profile = PDF_ACCESS}, 1));
    first->natural += 1;
    assert_false(render_as(s, (struct pdf_options){.profile = PDF_ACCESS}, 1));
    assert_int_equal(s->err.kind, ERR_CONFIG);
    assert_non_null(strstr(s->err.text, "NotoSansCJKkr-Regular: glyph "));
    assert_true(render_as(s, (struct pdf_options){.profile = PDF_PLAIN}, 1));
}

/* A character in no font, which only .notdef can show. */
static void test_notdef_is_refused(void **state)
{
    struct sheet *s = *state;
    struct glyph glyphs[] = {{.id = 3, .advance = 5}, {.id = 0, .advance = 5, .cluster = 1}};
    s->ops[s->n++] = (struct op){.kind = OP_TEXT,
                                 .size = 10,
                                 .x = 50,
                                 .y = 50,
                                 .face = &s->nanum.face,
                                 .text = STR("a\U0001F701"),
                                 .glyphs = glyphs,
                                 .n = 2};
    for (int profile = PDF_ACCESS; profile < PDF_PROFILES; profile++) {
        s->err = (struct err){0};
        assert_false(render_as(s, (struct pdf_options){.profile = (enum pdf_profile)profile}, 1));
        assert_int_equal(s->err.kind, ERR_INPUT);
        assert_string_equal(s->err.text,
                            "page 1: the character \"\U0001F701\" (U+1F701) is in no font, and there is no box for it");
    }
    assert_true(render_as(s, (struct pdf_options){.profile = PDF_PLAIN}, 1));
}

/* What takes level A away: an archive says why and is 1b, a file for everyone is not made. */
static void test_level_that_cannot_be_promised(void **state)
{
    struct sheet *s = *state;
    struct diag_list diag = {0};
    struct pdf_options access = {.profile = PDF_ACCESS, .diag = &diag},
                       archive = {.profile = PDF_ARCHIVE, .diag = &diag};
    static const struct {
        const char *language;
        bool access, archive;
    } cases[] = {{"ko", true, true},          {"ko-KR", true, true},     {"es-419", true, false},
                 {"", false, false},          {"ko)/X<<", false, false}, {"-ko", false, false},
                 {"abcdefghi", false, false}, {"한국어", false, false},  {"\x01", false, false},
                 {"zh-Hant-TW", true, true}};
    add_line(s, &s->noto, "본문");
    for (int run = 0; run < 2; run++) /* of the document, of a stretch */
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            struct str language = str_from(cases[i].language);
            if (run == 1 && !language.n)
                continue;
            *(run ? &s->ops[0].language : &s->info.language) = language;
            s->err = (struct err){0};
            assert_int_equal(render_as(s, access, 1), cases[i].access);
            assert_int_equal(s->err.kind, cases[i].access ? ERR_NONE : ERR_INPUT);
            size_t before = diag.n;
            s->err = (struct err){0};
            assert_true(render_as(s, archive, 1));
            assert_int_equal(diag.n - before, cases[i].archive ? 0 : 1);
            assert_int_equal(has(&s->pdf, "<pdfaid:conformance>A<"), cases[i].archive);
            assert_int_equal(has(&s->pdf, "<pdfaid:conformance>B<"), !cases[i].archive);
            s->info.language = STR("ko");
        }
    assert_string_equal(diag.items[0].code, "pdf-level");
    assert_string_equal(diag.items[0].text,
                        "the file is PDF/A-1b, not PDF/A-1a: \"es-419\" is not a language that it can name");
    diag_free(&diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_metadata_and_information_agree),
        CASE(test_title_and_date_that_are_missing),
        CASE(test_form_of_an_archive),
        CASE(test_attachments),
        CASE(test_same_bytes_in_every_profile),
        CASE(test_colour_profile),
        CASE(test_widths_of_a_large_font),
        CASE(test_outline_of_another_width),
        CASE(test_notdef_is_refused),
        CASE(test_level_that_cannot_be_promised),
    };
    if (access(NOTO, R_OK) || access(NANUM, R_OK)) {
        printf("test_out_pdf_profiles: skipped, fonts-noto-cjk or fonts-nanum is not installed\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
