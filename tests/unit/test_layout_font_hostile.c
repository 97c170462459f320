/* Fonts with broken tables: each is refused by name, or gives a PDF that qpdf accepts. Never a crash, never a hang, and
 * no error that blames the program. */
#include "base/file.h"
#include "doc_builder.h"
#include "font_folder.h"
#include "out/pdf/pdf.h"
#include "out_page.h"

#include <fcntl.h>

enum { PIECE = 4096 }; /* bytes of a table that one mutation may touch */

struct victim {
    const char *path, *face;
    struct buf bytes;
    size_t directory; /* of its face */
    int fd;
    unsigned set, refused, checked;
};

static uint32_t seed;

static uint32_t chance(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    return seed ^= seed << 5;
}

static unsigned get32(const struct buf *b, size_t at)
{
    const unsigned char *p = (const unsigned char *)b->p + at;
    return (unsigned)p[0] << 24 | (unsigned)p[1] << 16 | (unsigned)p[2] << 8 | p[3];
}

/* ---- one run ---- */

static void put_text(struct builder *b)
{
    build_heading(b, 1, "창업 지원 AVATAR To. 2024");
    build_paragraph(
        b, "",
        "시흥시는 바이오산업(生命工學) 육성에 6조 7천억 원을 들인다. “따옴표”와 fi fl — 100%, \u1112\u119E\u11AB글.");
    build_paragraph(b, "", "AAAA가가 i A\u0301 \U0001F468\u200D\U0001F469 \u2764\uFE0F ①②③ □○●");
}

static bool check_with_qpdf(const struct buf *pdf)
{
    struct buf out = {0};
    char path[500];
    snprintf(path, sizeof path, "%s/out-XXXXXX", folder);
    test_write(path, buf_view(pdf));
    int status = test_run((const char *[]){"qpdf", "--check", path, NULL}, &out);
    unlink(path);
    buf_free(&out);
    return status <= 0;
}

static bool typeset(struct fonts *fonts, struct buf *pdf, struct err *err)
{
    struct builder b;
    struct diag_list diag = {0};
    struct device device;
    struct page page;
    build_begin(&b);
    put_text(&b);
    struct page_info info = layout_info(&b.doc);
    bool ok = pdf_device(&info, NULL, &device, err);
    struct layout *layout = layout_new(fonts, house(), &b.doc, &diag);
    while (ok && layout_next(layout, &page, err))
        ok = device.page(device.self, &page, err);
    ok = ok && err->kind == ERR_NONE && device.finish(device.self, pdf, err);
    device.free(device.self);
    layout_free(layout);
    diag_free(&diag);
    build_end(&b);
    return ok;
}

static void try_font(struct victim *v, const char *what, unsigned number)
{
    struct err err = {0};
    struct buf pdf = {0}, report = {0};
    char list[600];
    snprintf(list, sizeof list, "[text]\nfont = %s%s\n", in_folder("victim.ttf"), v->face);
    struct fonts *fonts = folder_open(list, &err);
    bool ok = fonts && typeset(fonts, &pdf, &err);
    if (fonts && number % 4 == 0)
        fonts_describe(fonts, &report);
    if (ok)
        v->set++;
    else
        v->refused++;
    if (!ok && (err.kind != ERR_CONFIG || !err.text[0]))
        fail_msg("%s %s %u: status %d, %s", v->path, what, number, (int)err.kind, err.text);
    if (ok && v->checked * 6 <= v->set) {
        v->checked++;
        if (!check_with_qpdf(&pdf))
            fail_msg("%s %s %u: qpdf finds fault", v->path, what, number);
    }
    fonts_free(fonts);
    buf_free(&pdf);
    buf_free(&report);
}

/* ---- mutations ---- */

static void write_at(struct victim *v, const char *bytes, size_t n, size_t at)
{
    assert_int_equal(pwrite(v->fd, bytes, n, (off_t)at), (ssize_t)n);
}

/* A stretch of a table gets other bytes; afterwards it is as before. */
static void mutate(struct victim *v, const char *tag, size_t at, size_t length, unsigned number)
{
    char piece[PIECE];
    size_t n = length < PIECE ? length : PIECE;
    if (number % 3 == 1 && length > n) /* the start of a table has its structure, but not all of it */
        at += chance() % (length - n);
    memcpy(piece, v->bytes.p + at, n);
    if (number == 0)
        memset(piece, 0, n);
    else if (number == 1)
        memset(piece, 0xff, n);
    else
        for (unsigned i = 0, changes = 1 + chance() % 12, reach = number % 2 && n > 64 ? 64 : (unsigned)n; i < changes;
             i++)
            piece[chance() % reach] = (char)(chance() % 3 ? chance() : 0xff);
    write_at(v, piece, n, at);
    try_font(v, tag, number);
    write_at(v, v->bytes.p + at, n, at);
}

static void mutate_tables(struct victim *v, unsigned times)
{
    unsigned tables = get32(&v->bytes, v->directory + 4) >> 16;
    for (unsigned t = 0; t < tables; t++) {
        size_t entry = v->directory + 12 + 16 * (size_t)t;
        char tag[5] = "";
        memcpy(tag, v->bytes.p + entry, 4);
        size_t at = get32(&v->bytes, entry + 8), length = get32(&v->bytes, entry + 12);
        for (unsigned i = 0; i < times && length; i++) {
            seed = 0x9e3779b9u ^ (get32(&v->bytes, entry) + i * 7919);
            mutate(v, tag, at, length, i);
        }
        write_at(v, "zzzz", 4, entry); /* as if it were not there */
        try_font(v, tag, 100);
        write_at(v, tag, 4, entry);
        write_at(v, "\0\0\0\2", 4, entry + 12); /* two bytes long */
        try_font(v, tag, 101);
        write_at(v, v->bytes.p + entry + 12, 4, entry + 12);
    }
}

static void mutate_directory_and_length(struct victim *v)
{
    for (unsigned i = 0; i < 24; i++) {
        seed = 77 + i;
        size_t at = v->directory + 4 + chance() % 120;
        write_at(v, (const char[]){(char)chance()}, 1, at);
        try_font(v, "directory", i);
        write_at(v, v->bytes.p + at, 1, at);
    }
    for (unsigned i = 0; i < 12; i++) { /* from the end, so that the file shrinks */
        assert_int_equal(ftruncate(v->fd, (off_t)(v->bytes.n * (11 - i) / 12)), 0);
        try_font(v, "length", i);
    }
}

static void torture(const char *path, const char *face, unsigned index, unsigned times)
{
    struct victim v = {.path = path, .face = face};
    struct err err = {0};
    if (!file_read(path, 64 << 20, &v.bytes, &err)) {
        print_message("skipped: %s is not installed\n", path);
        skip();
    }
    v.directory = memcmp(v.bytes.p, "ttcf", 4) == 0 ? get32(&v.bytes, 12 + 4 * (size_t)index) : 0;
    v.fd = open(in_folder("victim.ttf"), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    assert_true(v.fd >= 0);
    write_at(&v, v.bytes.p, v.bytes.n, 0);
    try_font(&v, "whole", 0);
    assert_int_equal(v.set, 1);
    mutate_tables(&v, times);
    mutate_directory_and_length(&v);
    print_message("  %s: %u set, %u refused, %u checked\n", path, v.set, v.refused, v.checked);
    assert_true(v.set > 20 && v.refused > 20);
    close(v.fd);
    buf_free(&v.bytes);
}

static void truetype(void **state)
{
    (void)state;
    torture(NANUM, "", 0, 12);
}

static void cff_in_a_collection(void **state)
{
    (void)state;
    torture(NOTO, "#1", 1, 12);
}

static void variable(void **state)
{
    (void)state;
    char whole[500];
    snprintf(whole, sizeof whole, "%s", in_folder("whole.ttf"));
    tiny_save(whole, (struct tiny){.family = "V", .postscript = "V", .variable = true, .hvar = true, .mvar = true});
    torture(whole, "@wght=650,wdth=80", 0, 40);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_new, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(truetype),
        IN_A_FOLDER(cff_in_a_collection),
        IN_A_FOLDER(variable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
