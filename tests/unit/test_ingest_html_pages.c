/* Whole pages of HTML (tests/corpus/html) as a careful reader takes them, and the saved real pages beside the
 * repository. */
#include "ingest_fixture.h"

#include "base/file.h"
#include "data/data.h"
#include "ingest/decode.h"
#include "ingest/reader.h"

static struct str file_text(struct arena *arena, const char *folder, struct str name, const char *extension)
{
    char path[300];
    struct buf bytes = {0};
    struct err err = {0};
    snprintf(path, sizeof path, "%s/" STR_FMT "%s", folder, STR_ARG(name), extension);
    if (!file_read(path, 4 << 20, &bytes, &err))
        fail_msg("%s", err.text);
    struct str copy = str_copy(arena, buf_view(&bytes));
    buf_free(&bytes);
    return copy;
}

static unsigned differ(struct str file, const char *what, struct str got, struct str want)
{
    if (str_equal(got, want))
        return 0;
    fprintf(stderr, STR_FMT ": %s\n  got  \"" STR_FMT "\"\n  want \"" STR_FMT "\"\n", STR_ARG(file), what, STR_ARG(got),
            STR_ARG(want));
    return 1;
}

static void pages(void **state)
{
    enum { FILE_NAME, VERDICT, TITLE, OUTLET, URL, DATE, BASIS };
    (void)state;
    struct arena *arena = arena_new();
    struct err err = {0};
    struct tsv tsv;
    unsigned wrong = 0;
    struct str table = file_text(arena, "tests/corpus/html", STR("expected"), ".tsv");
    assert_true(tsv_parse(arena, "expected.tsv", table, &tsv, &err));
    for (size_t row = 0; row < tsv.rows; row++) {
        struct str file = tsv_cell(&tsv, row, FILE_NAME), name = str_slice(file, 0, file.n - 5);
        struct reading r = read_with(file_text(arena, "tests/corpus/html", name, ".html"), "auto", "auto");
        bool article = str_equal(tsv_cell(&tsv, row, VERDICT), STR("article"));
        if (r.n != article) {
            fprintf(stderr, STR_FMT ": %zu articles: " STR_FMT "\n", STR_ARG(file), r.n,
                    STR_ARG(r.n ? r.articles[0].body : str_from(r.diag.n ? r.diag.items[0].text : "")));
            wrong++;
        } else if (article) {
            const struct article *a = &r.articles[0];
            struct str body = str_trim(file_text(arena, "tests/corpus/html", name, ".txt"));
            wrong += differ(file, "title", a->title, tsv_cell(&tsv, row, TITLE));
            wrong += differ(file, "outlet", a->outlet, tsv_cell(&tsv, row, OUTLET));
            wrong += differ(file, "url", a->url, tsv_cell(&tsv, row, URL));
            wrong += differ(file, "date", str_from(date_iso(a->published).p), tsv_cell(&tsv, row, DATE));
            wrong += differ(file, "basis", str_from(basis_name(a->basis)), tsv_cell(&tsv, row, BASIS));
            wrong += differ(file, "body", a->body, body);
            assert_str(a->reader, "html/1");
        } else {
            assert_true(has_diag(&r, "no-article"));
        }
        reading_free(&r);
    }
    assert_int_equal(wrong, 0);
    assert_true(tsv.rows > 20);
    arena_free(arena);
}

/* The saved page of a text is read as its text is, which tests/labels/content.tsv judges word by word. */
static void real_pages(void **state)
{
    static const char *const names[] = {"d012", "d036", "x037", "x053"};
    (void)state;
    if (!file_is_directory("../shared/gold"))
        SKIP("../shared/gold is absent");
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct reading html =
            read_with(file_text(arena, "../shared/gold", str_from(names[i]), ".html"), "auto", "auto");
        struct reading text = read_with(file_text(arena, "../shared/gold", str_from(names[i]), ".txt"), "auto", "auto");
        assert_int_equal(html.n, 1);
        assert_int_equal(text.n, 1);
        assert_str(html.articles[0].reader, "html/1");
        assert_true(str_equal(html.articles[0].title, text.articles[0].title));
        assert_true(
            str_equal(decode_squeeze(arena, html.articles[0].body), decode_squeeze(arena, text.articles[0].body)));
        assert_int_equal(html.articles[0].published, text.articles[0].published);
        assert_int_equal(html.articles[0].basis, text.articles[0].basis);
        reading_free(&html);
        reading_free(&text);
    }
    arena_free(arena);
}

#define PROSE                                                                                                                                     \
    "<p>누리시는 창업 공방 ‘여울터’를 열었다고 4일 밝혔다. 공방에는 작업실 아홉 칸과 장비실이 있다.</p>" \
    "<p>시는 창업자에게 두 해 동안 자리를 내준다. 시 관계자는 공방을 늘리겠다고 말했다.</p>"

static void metadata_of(const char *head, const char *body, const char *title, const char *outlet, const char *url,
                        const char *evidence)
{
    struct buf html = {0};
    buf_printf(&html, "<html><head><meta charset=utf-8>%s</head><body>%s</body></html>", head, body);
    struct reading r = read_with(buf_view(&html), "auto", "auto");
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].title, title);
    assert_str(r.articles[0].outlet, outlet);
    assert_str(r.articles[0].url, url);
    assert_str(r.articles[0].date_evidence, evidence);
    reading_free(&r);
    buf_free(&html);
}

static void metadata(void **state)
{
    (void)state;
    static const char title[] = "누리시, 창업 공방 ‘여울터’ 열어";
    metadata_of("<title>누리시, 창업 공방 ‘여울터’ 열어 | 새여울일보</title>",
                "<h1>누리시, 창업 공방 ‘여울터’ 열어</h1>" PROSE, title, "새여울일보", "", "");
    /* the site's own name and address are not the article's */
    metadata_of("<meta property=og:title content=새여울일보><meta property=og:url content=https://a.example/>"
                "<meta property=og:site_name content=https://a.example>",
                "<h1>누리시, 창업 공방 ‘여울터’ 열어</h1>" PROSE, title, "", "", "");
    /* escaped twice, with marks of direction and line ends in them */
    metadata_of(
        "<meta property=\"og:title\" content=\"누리시, 창업\n공방 &amp;#8216;여울터&amp;#8217; &#x202e;열어\">"
        "<meta property=\"og:url\" content=\"https://a.example/v?a=1&amp;b=2\"><meta name=date content=2024-01-04>",
        PROSE, title, "", "https://a.example/v?a=1&b=2", "date: 2024-01-04");
    /* JSON-LD before Open Graph, a bad one ignored; the day in Korea */
    metadata_of(
        "<script type='application/ld+json'>{\"@type\": broken</script>"
        "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"Article\",\"headline\":\"누리시, 창업 공방 "
        "‘여울터’ 열어\",\"datePublished\":\"2024-01-03T23:00:00Z\",\"publisher\":{\"name\":\"새여울일보\"}}]}</script>"
        "<meta property='article:published_time' content='2024-01-09'>",
        PROSE, title, "새여울일보", "", "datePublished: 2024-01-04");
    /* what the page prints wins, and the difference is said */
    metadata_of("<meta name=pubdate content=20240109>",
                "<h1>누리시, 창업 공방 ‘여울터’ 열어</h1><p>기사입력 2024.01.04 10:00</p>" PROSE, title, "", "",
                "기사입력 2024.01.04 10:00 (출처의 날짜 pubdate: 2024-01-09와 다름)");
    /* a site that names itself everywhere, in its logo too */
    metadata_of("<title>누리시 대표 누리집</title><meta property=og:title content='누리시 대표 누리집'>",
                "<h1>누리시 대표 누리집</h1><ul><li><a href=/1>시정소식</a><li><a href=/2>시민참여</a></ul><h3>누리시, "
                "창업 공방 ‘여울터’ 열어</h3><p>등록일 2024.01.04</p>" PROSE,
                title, "", "", "등록일 2024.01.04");
    /* the headline is a picture */
    metadata_of("<title>누리시, 창업 공방 ‘여울터’ 열어 - 새여울일보</title>",
                "<img src=t.png alt='누리시'><p>등록일 2024.01.04</p>" PROSE, title, "새여울일보", "",
                "등록일 2024.01.04");
    /* a day of change is none of publication */
    metadata_of("<meta property='article:modified_time' content='2024-01-09'><meta name=keywords content='창업'>",
                "<h1>누리시, 창업 공방 ‘여울터’ 열어</h1>" PROSE, title, "", "", "");
    metadata_of("<link rel=canonical href='//a.example/123'><link rel=canonical href='https://a.example/12 3'>"
                "<link rel=canonical href='https://a.example@b.example/123'>",
                "<h1>누리시, 창업 공방 ‘여울터’ 열어</h1>" PROSE, title, "", "", "");
}

/* The metadata's text goes on where the page's breaks off, and is no other's. */
static void teasers(void **state)
{
    static const char *const more[] = {
        "누리시는 창업 공방 ‘여울터’를 열었다고 4일 밝혔다. 공방에는 작업실 아홉 칸과 장비실이 있다. 시는 "
        "창업자에게 두 해 동안 자리를 내준다. 시 관계자는 공방을 늘리겠다고 말했다. 여는 날에는 쉰 명이 왔다. "
        "공방은 옛 물류창고를 고쳐 만들었다. 임대료는 두 해 동안 받지 않는다. 시는 내년에 한 곳을 더 연다.",
        "다른 기사의 글이라고 한다. 다른 기사의 글이라고 한다. 다른 기사의 글이라고 한다. 다른 기사의 글이라고 "
        "한다. 다른 기사의 글이라고 한다. 다른 기사의 글이라고 한다. 다른 기사의 글이라고 한다. 다른 기사의 "
        "글이라고 한다. 다른 기사의 글이라고 한다. 다른 기사의 글이라고 한다. 다른 기사의 글이라고 한다."};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct buf html = {0};
        buf_printf(
            &html,
            "<html><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"누리시, 창업 공방 여울터 "
            "열어\",\"articleBody\":\"%s\"}</script><h1>누리시, 창업 공방 여울터 열어</h1><p>등록 2024-01-04 "
            "10:00</p><p>누리시는 창업 "
            "공방 ‘여울터’를 열었다고 4일 밝혔다. 공방에는 작업실 아홉 칸과 장비실이 있다.</p>",
            more[i]);
        struct reading r = read_with(buf_view(&html), "auto", "auto");
        assert_int_equal(r.n, 1);
        assert_int_equal(contains(r.articles[0].body, "한 곳을 더 연다."), i == 0);
        assert_false(contains(r.articles[0].body, "다른 기사"));
        assert_int_equal(r.articles[0].basis, BASIS_PUBLISHED);
        reading_free(&r);
        buf_free(&html);
    }
}

static struct reading read_encoded(const char *declared, const char *encoding)
{
    struct buf html = {0}, bytes = {0};
    size_t bad;
    buf_printf(&html, "<html><head>%s<title>x</title></head><body><h1>누리시, 창업 공방 ‘여울터’ 열어</h1>" PROSE,
               declared);
    if (encoding)
        assert_true(utf8_encode(buf_view(&html), encoding, &bytes, &bad));
    struct reading r = read_with(buf_view(encoding ? &bytes : &html), "auto", "auto");
    buf_free(&html);
    buf_free(&bytes);
    return r;
}

static void charsets(void **state)
{
    static const struct {
        const char *declared, *encoding, *read, *named;
    } cases[] = {
        {"<meta charset=utf-8>", NULL, "utf-8", NULL},
        {"<meta charset=euc-kr>", "windows-949", "cp949", NULL},
        {"<meta http-equiv=Content-Type content='text/html; charset=ks_c_5601-1987'>", "windows-949", "cp949", NULL},
        {"", "windows-949", "cp949", NULL},
        {"<meta charset='EUC-KR'>", NULL, "utf-8", "declares the charset cp949, is utf-8"},
        {"<meta charset=utf-8>", "windows-949", "cp949", "declares the charset utf-8, is cp949"},
        {"<meta charset=iso-8859-1>", NULL, "utf-8", "declares the charset iso-8859-1, is utf-8"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r = read_encoded(cases[i].declared, cases[i].encoding);
        assert_int_equal(r.n, 1);
        assert_str(r.articles[0].title, "누리시, 창업 공방 ‘여울터’ 열어");
        assert_str(r.articles[0].encoding, cases[i].read);
        assert_int_equal(has_diag(&r, "charset-mismatch"), cases[i].named != NULL);
        if (cases[i].named)
            assert_string_equal(r.diag.items[0].text, cases[i].named);
        reading_free(&r);
    }
    struct reading r = read_with(STR("<html><meta charset=euc-kr><p>\xb3\xaa\xb7\xe7\xff\xff"), "auto", "auto");
    assert_int_equal(r.n, 0); /* neither */
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), 1);
    reading_free(&r);
}

static bool detected(const char *text)
{
    struct head head = {.bytes = str_from(text), .text = str_from(text), .whole = true};
    return html_detects(&head);
}

static void detection(void **state)
{
    (void)state;
    assert_true(detected("<!DOCTYPE html><p>"));
    assert_true(detected("<!-- x --> <HTML lang=ko>"));
    assert_true(detected("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\">"));
    assert_true(detected("<div class=a>"));
    assert_false(detected("<?xml version=\"1.0\"?><rss>"));
    assert_false(detected("<표> 나루시"));
    assert_false(detected("<pre-release>"));
    assert_false(detected("나루시 <p>"));
}

static struct reading read_repeated(const char *before, const char *part, size_t n, const char *after)
{
    struct buf html = {0};
    buf_printf(&html, "<html><meta charset=utf-8><body>%s", before);
    for (size_t i = 0; i < n; i++)
        buf_text(&html, part);
    buf_text(&html, after);
    struct reading r = read_with(buf_view(&html), "auto", "auto");
    buf_free(&html);
    return r;
}

/* A million tags, and the article beside them: each takes hours where time is not linear. */
static void hostile_pages(void **state)
{
    enum { MILLION = 1000000 };
    static const struct {
        const char *part;
        size_t n;
        bool read; /* the article before or behind it is found */
    } cases[] = {
        {"<div>", MILLION, true},
        {"<b>", MILLION, true},
        {"<table><tr><td>", MILLION / 5, true},
        {"<p>x", MILLION, false},
        {"</i>", MILLION, true},
        {"<article>", MILLION / 5, true},
        {"<div class=related>", MILLION / 10, false},
        {"<meta name=date content=x>", MILLION / 10, true},
        {"<time datetime=2024-01-04>", MILLION / 10, true},
        {"&#x110000;", MILLION, true},
        {"<a href=x>", MILLION / 2, false}, /* what follows is one link, as behind a single one */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r =
            read_repeated("<h1>누리시, 창업 공방 ‘여울터’ 열어</h1>" PROSE, cases[i].part, cases[i].n, "");
        assert_int_equal(r.n + diag_count(&r.diag, DIAG_REJECT), 1);
        assert_int_equal(r.n > 0, cases[i].n < MILLION || cases[i].part[1] != 'p');
        reading_free(&r);
        r = read_repeated("", cases[i].part, cases[i].n, "<h1>누리시, 창업 공방 ‘여울터’ 열어</h1>" PROSE);
        assert_int_equal(r.n > 0, cases[i].read);
        reading_free(&r);
    }
}

/* What would run, load or mislead is no text and no address. */
static void nothing_runs(void **state)
{
    (void)state;
    struct reading r = read_text(
        "<html><head><base href='http://evil.example/'><link rel=canonical href='javascript:alert(1)'></head><body "
        "onload=alert(1)><h1>누리시, 창업 공방 ‘여울터’ 열어</h1><a href='java&#x09;script:alert(2)'>눌러라</a>" PROSE
        "<iframe src=x>틀</iframe><object data=x>물건</object><svg onload=alert(3)><text>그림</text></svg>");
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].url, "");
    assert_false(contains(r.articles[0].raw, "alert"));
    assert_false(contains(r.articles[0].raw, "script"));
    assert_false(contains(r.articles[0].raw, "틀"));
    reading_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pages),         cmocka_unit_test(real_pages),
                                       cmocka_unit_test(metadata),      cmocka_unit_test(teasers),
                                       cmocka_unit_test(charsets),      cmocka_unit_test(detection),
                                       cmocka_unit_test(hostile_pages), cmocka_unit_test(nothing_runs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
