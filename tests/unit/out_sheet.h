/* A page made by hand, its PDF, and what poppler, MuPDF and qpdf say of it. */
#ifndef TESTS_OUT_SHEET_H
#define TESTS_OUT_SHEET_H
#include "out/pdf/pdf.h"
#include "out_page.h"

struct sheet {
    struct arena *arena;
    struct test_face noto, nanum;
    struct op ops[200];
    size_t n;
    struct page_info info;
    struct buf pdf;
    struct err err;
};

static inline int open_sheet(void **state)
{
    struct sheet *s = calloc(1, sizeof *s);
    s->arena = arena_new();
    s->info = (struct page_info){.title = STR("시험 문서"), .language = STR("ko"), .created = STR("2024-01-31")};
    *state = s;
    return test_face_open(&s->noto, NOTO, 1, 0) && test_face_open(&s->nanum, NANUM, 0, 1) ? 0 : 1;
}

static inline int close_sheet(void **state)
{
    struct sheet *s = *state;
    test_face_close(&s->noto);
    test_face_close(&s->nanum);
    arena_free(s->arena);
    buf_free(&s->pdf);
    free(s);
    return 0;
}

static inline void add_line(struct sheet *s, const struct test_face *face, const char *text)
{
    s->ops[s->n] = test_text(s->arena, face, 10.5, 50, 60 + 20.0 * (double)s->n, text, 0.37);
    s->n++;
}

/* One page of the sheet's operations, or `pages` times the same. */
static inline bool render(struct sheet *s, int pages)
{
    struct device device;
    assert_true(pdf_device(&s->info, NULL, &device, &s->err));
    bool ok = true;
    for (int i = 1; ok && i <= pages; i++) {
        struct page page = {i, 595.28F, 841.89F, s->ops, s->n, NULL};
        ok = device.page(device.self, &page, &s->err);
    }
    buf_clear(&s->pdf);
    ok = ok && device.finish(device.self, &s->pdf, &s->err);
    device.free(device.self);
    return ok;
}

/* What a tool says of the sheet's PDF. `after` are its arguments after the file. False (skipped) without the tool. */
static inline bool tool(struct sheet *s, const char *const before[], const char *const after[], struct buf *out)
{
    char path[500];
    const char *directory = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/test_out_pdf_XXXXXX", directory ? directory : P_tmpdir);
    const char *argv[16] = {0};
    int n = 0;
    test_write(path, buf_view(&s->pdf));
    while (*before)
        argv[n++] = *before++;
    argv[n++] = path;
    while (after && *after)
        argv[n++] = *after++;
    buf_clear(out);
    int status = test_run(argv, out);
    unlink(path);
    if (status > 0)
        print_message("%s: status %d\n%.*s\n", argv[0], status, STR_ARG(buf_view(out)));
    assert_true(status <= 0);
    return status == 0;
}

static inline void check_qpdf(struct sheet *s)
{
    struct buf out = {0};
    if (tool(s, (const char *[]){"qpdf", "--check", NULL}, NULL, &out))
        assert_non_null(strstr(out.p, "No syntax or stream encoding errors"));
    buf_free(&out);
}

/* Every text operation's text must come back as a line of its own. */
static inline void check_text(struct sheet *s)
{
    struct buf out = {0}, expected = {0};
    for (size_t i = 0; i < s->n; i++)
        if (s->ops[i].kind == OP_TEXT)
            buf_printf(&expected, "%.*s\n", STR_ARG(s->ops[i].text));
    if (tool(s, (const char *[]){"pdftotext", "-enc", "UTF-8", "-nopgbrk", "-layout", NULL},
             (const char *[]){"-", NULL}, &out)) {
        struct str rest = buf_view(&out), line;
        struct buf got = {0};
        while (str_line(&rest, &line))
            if (str_trim(line).n)
                buf_printf(&got, "%.*s\n", STR_ARG(str_trim(line)));
        assert_string_equal(got.p, expected.p);
        buf_free(&got);
    }
    if (tool(s, (const char *[]){"mutool", "draw", "-q", "-F", "txt", NULL}, NULL, &out)) {
        struct str rest = buf_view(&out), line;
        struct buf got = {0};
        while (str_line(&rest, &line))
            if (str_trim(line).n)
                buf_printf(&got, "%.*s\n", STR_ARG(line));
        assert_string_equal(got.p, expected.p);
        buf_free(&got);
    }
    buf_free(&out);
    buf_free(&expected);
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, open_sheet, close_sheet)

#endif
