/* The order of extraction: what the blocks of a document say, what the structure tree says, what poppler finds in the
 * tagged file, and the text of its pages are the same, blank by blank, in the same order. Over the golden documents,
 * the built-in templates and documents made by chance: SEEDS=200 build/unit/test_out_order takes more of these. */
#include "out_page.h"
#include "random_pages.h"
#include "reading.h"
#include "template/template.h"

#include <ctype.h>
#include <dirent.h>

static struct fonts *fonts;

/* What was compared, of all documents. */
static struct {
    size_t bad, documents, files, poppler, pages, ordered, raw, plain;
} total;

/* ---- comparing ---- */

/* Lines trimmed, blanks single, empty lines dropped. */
static void tidy(struct str text, struct buf *out)
{
    struct str line;
    while (str_line(&text, &line)) {
        line = str_trim(line);
        for (size_t i = 0; i < line.n; i++)
            if (line.p[i] != ' ' || line.p[i - 1] != ' ')
                buf_char(out, line.p[i]);
        if (line.n)
            buf_char(out, '\n');
    }
}

static void without_hyphens(struct str text, struct buf *out)
{
    for (size_t i = 0; i < text.n; i++)
        if (i + 1 < text.n && text.p[i] == '\xc2' && text.p[i + 1] == '\xad')
            i++;
        else
            buf_char(out, text.p[i]);
}

static void without_blanks(struct str text, struct buf *out)
{
    for (size_t i = 0; i < text.n; i++) {
        if (isspace((unsigned char)text.p[i]))
            continue;
        if (i + 1 < text.n && text.p[i] == '\xc2' && (text.p[i + 1] == '\xad' || text.p[i + 1] == '\xa0'))
            i++; /* a soft hyphen, a blank that does not break */
        else
            buf_char(out, text.p[i]);
    }
}

/* Where the two part; SIZE_MAX: nowhere. */
static size_t parted(struct str want, struct str have, size_t *in_have)
{
    size_t i = 0, j = 0;
    while (i < want.n) {
        if (want.p[i] != NUMBERED) {
            if (j >= have.n || have.p[j] != want.p[i])
                break;
            i++, j++;
            continue;
        }
        struct str rest = str_slice(want, ++i, want.n), literal;
        str_line(&rest, &literal);
        const char *stop = literal.n ? memchr(literal.p, NUMBERED, literal.n) : NULL;
        literal.n = stop ? (size_t)(stop - literal.p) : literal.n + 1;
        for (size_t k = 0; k < MOST_NUMBER && j + k < have.n; k++) {
            if (str_starts(str_slice(have, j + k, have.n), literal)) {
                j += k;
                break;
            }
            if (have.p[j + k] == '\n')
                break;
        }
    }
    *in_have = j;
    return i == want.n && j == have.n ? SIZE_MAX : i;
}

static bool check_same(const char *name, const char *what, struct str want, struct str have)
{
    size_t in_have, at = parted(want, have, &in_have);
    if (at == SIZE_MAX)
        return true;
    struct str before = str_slice(want, at > 90 ? at - 90 : 0, at);
    total.bad++;
    print_error("%s: %s:\nafter:  " STR_FMT "\nwanted: %.*s\nfound:  %.*s\n", name, what, STR_ARG(before),
                (int)(want.n - at < 150 ? want.n - at : 150), want.p + at,
                (int)(have.n - in_have < 150 ? have.n - in_have : 150), have.p + in_have);
    return false;
}

/* ---- the document and the tree ---- */

static void check_tree(const char *name, const struct doc *doc, const struct style_sheet *sheet,
                       const struct reading *r)
{
    struct saying s = {.doc = doc, .sheet = sheet, .arena = r->arena};
    struct buf said = {0}, want = {0}, have = {0};
    s.said = ARENA_ARRAY(r->arena, doc->n_notes + 1, bool);
    say_blocks(&s, doc->first);
    tidy(buf_view(&s.out), &want);
    reading_lines(r, &said);
    tidy(buf_view(&said), &have);
    check_same(name, "the tree is not as the document", buf_view(&want), buf_view(&have));
    buf_free(&s.out);
    buf_free(&said);
    buf_free(&want);
    buf_free(&have);
}

/* ---- the tree and the file ---- */

/* The texts of `pdfinfo -struct-text` but those of figures. */
static void struct_text(struct str lines, struct buf *out)
{
    struct str line;
    size_t figure = SIZE_MAX;
    while (str_line(&lines, &line)) {
        size_t depth = 0;
        while (depth < line.n && line.p[depth] == ' ')
            depth++;
        line = str_slice(line, depth, line.n);
        if (depth <= figure)
            figure = SIZE_MAX;
        if (figure == SIZE_MAX && str_starts(line, STR("Figure")))
            figure = depth;
        else if (figure == SIZE_MAX && line.n >= 2 && line.p[0] == '"')
            without_hyphens(str_slice(line, 1, line.n - 1), out);
    }
}

/* By the checker of `make conformance`: poppler draws a page anew for each text of its tree. */
static void check_whole(const char *name, const struct reading *r, const char *path)
{
    const char *const argv[] = {"/usr/bin/python3", "tests/conformance/check_pdf.py", "--text", path, NULL};
    struct buf got = {0}, want = {0}, have = {0};
    struct str line;
    assert_int_equal(test_run(argv, &got), 0);
    for (struct str rest = buf_view(&got); str_line(&rest, &line);)
        without_hyphens(line, &have);
    reading_flat(r, true, &want);
    check_same(name, "the file's tree is not as the layout's", str_trim(buf_view(&want)), buf_view(&have));
    buf_free(&got);
    buf_free(&want);
    buf_free(&have);
}

static void check_file(const char *name, const struct reading *r, const char *path)
{
    const char *const argv[] = {"pdfinfo", "-struct-text", path, NULL};
    struct buf got = {0}, want = {0}, have = {0};
    enum { MOST_PAGES = 8 };
    if (r->pages > MOST_PAGES) {
        check_whole(name, r, path);
        return;
    }
    assert_int_equal(test_run(argv, &got), 0);
    struct_text(buf_view(&got), &have);
    reading_flat(r, false, &want);
    check_same(name, "the file's tree is not as the layout's", buf_view(&want), buf_view(&have));
    total.poppler++;
    buf_free(&got);
    buf_free(&want);
    buf_free(&have);
}

/* ---- the pages ---- */

static struct buf *page_texts(const struct reading *r, const char *path, bool raw)
{
    const char *const argv[] = {"pdftotext", "-enc", "UTF-8", path, "-", NULL}, *const raws[] = {"pdftotext", "-raw",
                                                                                                 "-enc",      "UTF-8",
                                                                                                 path,        "-",
                                                                                                 NULL};
    struct buf all = {0}, *pages = ARENA_ARRAY(r->arena, (size_t)r->pages + 1, struct buf);
    assert_int_equal(test_run(raw ? raws : argv, &all), 0);
    struct str rest = buf_view(&all), text;
    for (int i = 0; i < r->pages && str_field(&rest, '\f', &text); i++)
        without_blanks(text, &pages[i]);
    buf_free(&all);
    return pages;
}

/* The place of an element in the reading; a figure and what is in it are one. */
static size_t *ranks(const struct reading *r)
{
    size_t *rank = ARENA_ARRAY(r->arena, tags_count(r->tags) + 1, size_t), n = 0;
    for (tag_id tag = TAGS_ROOT; tag; tag = reading_next(r, tag, true)) {
        tag_id parent = tags_get(r->tags, tag)->parent;
        rank[tag] = parent && tags_get(r->tags, parent)->kind == TAG_FIGURE ? rank[parent] : ++n;
    }
    return rank;
}

static tag_id note_of(const struct reading *r, tag_id tag)
{
    while (tag && tags_get(r->tags, tag)->kind != TAG_NOTE)
        tag = tags_get(r->tags, tag)->parent;
    return tag;
}

/* Is what a page shows in the order of the reading, with notes behind all else, each in its own order? Names the first
 * text that is not. */
static bool in_order(const struct reading *r, const size_t *rank, size_t from, size_t to, size_t *bad)
{
    size_t last = 0;
    tag_id note = 0;
    for (size_t i = from; i < to; i++) {
        tag_id tag = r->texts[i].tag, here = tag ? note_of(r, tag) : 0;
        if (!tag)
            continue;
        *bad = i;
        if (here == note ? rank[tag] < last : !here)
            return false;
        note = here;
        last = rank[tag];
    }
    return true;
}

static bool said(const struct reading *r, const char *code)
{
    for (size_t i = 0; i < r->diag.n; i++)
        if (strcmp(r->diag.items[i].code, code) == 0)
            return true;
    return false;
}

static void check_pages(const char *name, const struct reading *r, const char *path)
{
    const size_t *rank = ranks(r);
    struct buf *raw = page_texts(r, path, true), *plain = page_texts(r, path, false);
    struct buf want = {0};
    bool wide = said(r, "wide-table"); /* its columns stand in bands: a row is in several places */
    for (size_t from = 0, to = 0, bad; from < r->n; from = to, total.pages++) {
        int page = r->texts[from].page;
        buf_clear(&want);
        for (; to < r->n && r->texts[to].page == page; to++)
            without_blanks(r->texts[to].text, &want);
        if (wide || in_order(r, rank, from, to, &bad))
            total.ordered++;
        else
            print_error("%s: page %d: not in order: " STR_FMT "\n", name, page, STR_ARG(r->texts[bad].text)),
                total.bad++;
        check_same(name, "the text of a page is not as drawn", buf_view(&want), buf_view(&raw[page - 1]));
        total.raw++;
        total.plain += str_equal(buf_view(&want), buf_view(&plain[page - 1]));
    }
    buf_free(&want);
    for (int i = 0; i < r->pages; i++) {
        buf_free(&raw[i]);
        buf_free(&plain[i]);
    }
}

/* ---- documents ---- */

static void check(const char *name, const struct doc *doc, const struct style_sheet *sheet)
{
    struct reading r;
    char path[] = "/tmp/order-XXXXXX";
    reading_make(&r, doc, sheet, fonts, true);
    if (r.err.kind)
        fail_msg("%s: %s", name, r.err.text);
    total.documents++;
    check_tree(name, doc, sheet, &r);
    if (r.pdf.n) {
        total.files++;
        test_write(path, buf_view(&r.pdf));
        check_file(name, &r, path);
        check_pages(name, &r, path);
        unlink(path);
    }
    reading_free(&r);
}

static const struct style_sheet *sheet_of(struct arena *arena, const struct doc *doc, const char *file)
{
    struct buf text = {0};
    struct err err = {0};
    if (file && access(file, F_OK) == 0)
        assert_true(file_read(file, 1 << 20, &text, &err));
    const struct style_layer layers[] = {{"templates/house.ini", data_file("templates/house.ini"), 0},
                                         {doc->sheet.n ? doc->sheet_file : "", doc->sheet, doc->sheet_line},
                                         {file, str_copy(arena, buf_view(&text)), 0}};
    const struct style_sheet *sheet = style_layers(arena, layers, 3, &err);
    if (!sheet)
        fail_msg("%s", err.text);
    buf_free(&text);
    return sheet;
}

static void golden_documents(void **state)
{
    (void)state;
    DIR *folder = opendir("tests/golden");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct arena *arena = arena_new();
        struct buf text = {0};
        struct doc doc = {0};
        struct err err = {0};
        const char *path = arena_printf(arena, "tests/golden/%s/doc.md", entry->d_name);
        if (access(path, F_OK) == 0) {
            assert_true(file_read(path, 1 << 20, &text, &err));
            struct template_source source = {.name = path, .text = buf_view(&text)};
            assert_true(template_plain(arena, &source, &doc, &err));
            check(path, &doc, sheet_of(arena, &doc, arena_printf(arena, "tests/golden/%s/style.ini", entry->d_name)));
        }
        buf_free(&text);
        arena_free(arena);
    }
    closedir(folder);
    assert_int_equal(total.bad, 0);
}

static bool load_part(void *user, struct str name, const char **file, struct str *text)
{
    *file = arena_printf(user, "templates/" STR_FMT ".md", STR_ARG(name));
    *text = data_file(*file);
    return text->n;
}

static void built_in_templates(void **state)
{
    (void)state;

    static const char *const names[] = {"monthly", "summary", "quarterly"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct arena *arena = arena_new();
        const struct template_loader loader = {load_part, arena, NULL};
        struct template_source source = {.loader = &loader};
        struct doc doc = {0};
        struct err err = {0};
        const struct value *context = template_context(arena, template_sample(arena));
        assert_true(load_part(arena, str_from(names[i]), &source.name, &source.text));
        if (!template_make(arena, &source, context, &doc, &err))
            fail_msg("%s", err.text);
        check(names[i], &doc, sheet_of(arena, &doc, NULL));
        arena_free(arena);
    }
    assert_int_equal(total.bad, 0);
}

/* Rows, with cells of several lines and none, under heads of two texts: what guesses columns from gaps finds them too.
 */
static void rows_of_tables(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buf text = {0};
    struct doc doc = {0};
    struct err err = {0};
    size_t bad = total.bad, other = total.pages - total.plain;
    buf_text(&text, "# 표\n\n## 사업 목록\n\n| 순위 | 사업 | 분야 | 전월 | 기사 |\n|--|--|--|--:|--:|\n");
    for (int i = 1; i <= 90; i++)
        buf_printf(&text, "| %d | %s 제%d호 | %s | %d | %d |\n", i,
                   i % 4 ? "창업 지원" : "여러 도시의 기업이 함께 쓰는 공장과 창업 보육 공간, 장비 지원실을 여는 사업",
                   i, i % 3 ? "바이오" : "", i * 7 % 30, i * 137 % 1000);
    struct template_source source = {.name = "rows", .text = buf_view(&text)};
    assert_true(template_plain(arena, &source, &doc, &err));
    doc.running_head = STR("도시별 산업 육성 사업");
    check("rows", &doc, house());
    assert_int_equal(total.bad, bad);
    assert_int_equal(total.pages - total.plain, other);
    buf_free(&text);
    arena_free(arena);
}

static void documents_by_chance(void **state)
{
    (void)state;
    const char *more = getenv("SEEDS"), *only = getenv("SEED");
    uint32_t n = more ? (uint32_t)strtoul(more, NULL, 10) : 6;
    for (uint32_t i = 0; i < (only ? 1 : n); i++) {
        struct maker m = {.most = 12, .once = true};
        char name[40];
        seed = only ? (uint32_t)strtoul(only, NULL, 10) : 1 + i * 7919;
        snprintf(name, sizeof name, "SEED=%u", seed);
        build_begin(&m.b);
        m.b.doc.title = STR("우연한 문서");
        random_blocks(&m, 0);
        if (only) {
            struct buf dump = {0};
            doc_dump(&m.b.doc, &dump);
            fputs(dump.p, stderr);
            buf_free(&dump);
        }
        check(name, &m.b.doc, house());
        build_end(&m.b);
    }
    assert_int_equal(total.bad, 0);
}

static int end(void **state)
{
    (void)state;
    print_message("%zu documents, %zu files (%zu by pdfinfo) of %zu pages: %zu in order, pdftotext -raw %zu, without "
                  "%zu\n",
                  total.documents, total.files, total.poppler, total.pages, total.ordered, total.raw, total.plain);
    fonts_free(fonts);
    return 0;
}

int main(void)
{
    fonts = house_fonts();
    if (!fonts) {
        print_message("1..0 # SKIP no fonts\n");
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_documents),
        cmocka_unit_test(built_in_templates),
        cmocka_unit_test(rows_of_tables),
        cmocka_unit_test(documents_by_chance),
    };
    return cmocka_run_group_tests_name("out: order", tests, NULL, end);
}
