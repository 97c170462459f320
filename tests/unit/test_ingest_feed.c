/* Feeds and other XML: which elements are records, and what their fields are. */
#include "unit.h"

#include "base/arena.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ingest/feed.h"

#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { MOST = 8 };

struct got {
    struct arena *arena;
    struct item items[MOST]; /* with fields and text copied */
    size_t n, records, rejects;
    bool ok;
    struct err err;
};

static bool keep(void *context, const struct item *item, struct err *err)
{
    struct got *got = context;
    (void)err;
    got->records += item->kind == ITEM_FIELDS;
    got->rejects += item->kind == ITEM_REJECT;
    if (got->n == MOST)
        return true;
    struct item *copy = &got->items[got->n++];
    *copy = *item;
    copy->text = str_copy(got->arena, item->text);
    copy->reason = item->reason ? arena_copy(got->arena, item->reason, strlen(item->reason)) : NULL;
    for (size_t f = 0; f < FIELDS; f++)
        copy->fields[f] = str_copy(got->arena, item->fields[f]);
    return true;
}

/* Through detection, in pieces of a size that cuts tags and characters. */
struct pieces {
    struct str rest;
    size_t piece;
};

static int64_t read_piece(void *context, char *bytes, size_t n, struct err *err)
{
    struct pieces *p = context;
    struct str now = str_slice(p->rest, 0, p->piece < n ? p->piece : n);
    (void)err;
    if (now.n)
        memcpy(bytes, now.p, now.n);
    p->rest = str_slice(p->rest, now.n, p->rest.n);
    return (int64_t)now.n;
}

static struct got split_as(const char *format, struct str bytes, const char *encoding, size_t piece)
{
    struct got got = {.arena = arena_new()};
    const struct ingest_options options = {.format = format, .encoding = encoding};
    struct pieces pieces = {bytes, piece};
    struct stream *stream = stream_from(read_piece, NULL, &pieces);
    const struct input input = {.name = "f.xml", .stream = stream, .options = &options};
    const struct sink sink = {keep, &got};
    got.ok = readers_split(&input, &sink, &got.err);
    stream_close(stream);
    return got;
}

static struct got split_with(struct str bytes, const char *encoding, size_t piece)
{
    return split_as("auto", bytes, encoding, piece);
}

static struct got split(const char *text)
{
    struct got got = split_with(str_from(text), "auto", 1000);
    if (!got.ok)
        fprintf(stderr, "%s\n", got.err.text);
    assert_true(got.ok);
    return got;
}

static void assert_field(const struct got *got, size_t item, enum field field, const char *want)
{
    assert_true(item < got->n);
    struct str value = got->items[item].fields[field];
    if (!str_equal(value, str_from(want)))
        fprintf(stderr, "field %d: \"" STR_FMT "\", not \"%s\"\n", (int)field, STR_ARG(value), want);
    assert_true(str_equal(value, str_from(want)));
}

static void assert_html(const struct got *got, size_t item, enum field field, bool want)
{
    assert_int_equal(got->items[item].html >> field & 1, want);
}

#define RSS_HEAD                                                                                                           \
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"                                                                         \
    "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n"                                    \
    "  xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\">\n"                     \
    "<channel><title>나루신문 - 전체기사</title><link>https://n.example</link><description>소식</description>\n" \
    "<image><title>나루신문</title><url>https://n.example/a.png</url><link>https://n.example</link></image>\n"
#define RSS_TAIL "</channel></rss>\n"

static void rss_2_0(void **state)
{
    (void)state;
    struct got got =
        split(RSS_HEAD "<item>\n<title><![CDATA[나루시 <공방> 열어]]></title><link> https://n.example/1 </link>"
                       "<guid isPermaLink=\"false\">n-1</guid>"
                       "<pubDate>Tue, 16 Jan 2024 09:00:00 +0900</pubDate><dc:creator>강바다 기자</dc:creator>"
                       "<category>경제</category><category domain=\"x\">창업</category>"
                       "<description>나루시는 공방을… 더보기</description>"
                       "<content:encoded><![CDATA[<p>나루시는 공방을 열었다고 16일 밝혔다.</p>]]></content:encoded>"
                       "<media:title>사진</media:title>"
                       "<media:description>사진 설명이 본문보다 길게 길게 길게 길게 이어진다</media:description>"
                       "</item>\n<item><title>둘째 &amp;quot;말&amp;quot;</title>"
                       "<guid>https://n.example/2</guid><description>짧은 소식이다.\n둘째 줄.</description>"
                       "<source url=\"https://o.example\">다솜일보</source></item>\n" RSS_TAIL);
    assert_int_equal(got.n, 2);
    assert_field(&got, 0, F_TITLE, "나루시 <공방> 열어");
    assert_html(&got, 0, F_TITLE, false); /* no tag that HTML knows */
    assert_field(&got, 0, F_URL, "https://n.example/1");
    assert_field(&got, 0, F_ID, "n-1");
    assert_field(&got, 0, F_DATE, "Tue, 16 Jan 2024 09:00:00 +0900");
    assert_field(&got, 0, F_OUTLET, "나루신문");
    assert_field(&got, 0, F_KEYWORDS, "경제,창업");
    assert_field(&got, 0, F_BODY, "<p>나루시는 공방을 열었다고 16일 밝혔다.</p>");
    assert_html(&got, 0, F_BODY, true);
    assert_int_equal(got.items[0].line, 6);
    assert_string_equal(got.items[0].reader, "feed/1");
    assert_true(str_starts(got.items[0].text, STR("<item>\n<title>")));
    assert_true(str_ends(got.items[0].text, STR("</item>")));
    assert_field(&got, 1, F_TITLE, "둘째 &quot;말&quot;");
    assert_html(&got, 1, F_TITLE, true);
    assert_field(&got, 1, F_URL, "https://n.example/2");
    assert_field(&got, 1, F_BODY, "짧은 소식이다.\n둘째 줄.");
    assert_html(&got, 1, F_BODY, false);
    assert_field(&got, 1, F_OUTLET, "다솜일보");
    assert_int_equal(got.items[1].line, 8);
    arena_free(got.arena);
}

static void the_longest_text_is_the_body(void **state)
{
    (void)state;
    struct got got =
        split(RSS_HEAD "<item><title>하나</title><description>이것이 진짜 본문이다.</description>"
                       "<content:encoded>&lt;img src=\"a-long-address-of-a-picture-that-says-nothing.png\"&gt;"
                       "</content:encoded></item>"
                       "<item><title>둘</title><content:encoded>&lt;p&gt;이것이 진짜 본문이다.&lt;/p&gt;"
                       "</content:encoded><description>이것이…</description></item>"
                       "<item><title>셋</title><description>앞부분뿐인 글… 더보기</description></item>" RSS_TAIL);
    assert_field(&got, 0, F_BODY, "이것이 진짜 본문이다.");
    assert_html(&got, 0, F_BODY, false);
    assert_field(&got, 1, F_BODY, "<p>이것이 진짜 본문이다.</p>");
    assert_field(&got, 2, F_BODY, "앞부분뿐인 글… 더보기");
    arena_free(got.arena);
}

static void rss_1_0(void **state)
{
    (void)state;
    struct got got =
        split("<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
              "xmlns=\"http://purl.org/rss/1.0/\" xmlns:d=\"http://purl.org/dc/elements/1.1/\">"
              "<channel rdf:about=\"https://n.example\"><title>[다솜일보] 최신기사</title>"
              "<items><rdf:Seq><rdf:li resource=\"https://n.example/1\"/></rdf:Seq></items></channel>\n"
              "<item rdf:about=\"https://n.example/1\"><title>하나</title><link>https://n.example/1</link>"
              "<description>본문이다.</description><d:date>2024-01-15T22:30:00Z</d:date>"
              "<d:subject>창업</d:subject></item></rdf:RDF>");
    assert_int_equal(got.n, 1);
    assert_field(&got, 0, F_ID, "https://n.example/1");
    assert_field(&got, 0, F_DATE, "2024-01-15T22:30:00Z");
    assert_field(&got, 0, F_OUTLET, "다솜일보");
    assert_field(&got, 0, F_KEYWORDS, "창업");
    assert_int_equal(got.items[0].line, 3);
    arena_free(got.arena);
}

#define ATOM_HEAD "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>누리뉴스</title><id>urn:x</id>"

static void atom(void **state)
{
    (void)state;
    struct got got = split(
        ATOM_HEAD "<entry><title type=\"html\">A &amp;lt; B</title><id>urn:1</id>"
                  "<link rel=\"self\" href=\"https://n.example/self\"/><link href=\"https://n.example/1\"/>"
                  "<link rel=\"alternate\" href=\"https://n.example/other\"/>"
                  "<updated>2024-01-20T00:00:00.000Z</updated><published>2024-01-16T08:00:00.123+09:00</published>"
                  "<author><name>누리뉴스</name><email>a@n.example</email></author>"
                  "<category term=\"c1\" label=\"창업\"/><category term=\"c2\"/>"
                  "<summary>짧다.</summary><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">"
                  "<p>첫 문단 &lt;1&gt;이다.</p><p><![CDATA[둘째 <문단>이다.]]></p></div></content></entry>\n"
                  "<entry><title>둘</title><id>https://n.example/2</id><summary type=\"text\">1 &lt;b&gt; 2 이다."
                  "</summary><source><title>다솜일보</title><id>urn:o</id></source></entry></feed>");
    assert_int_equal(got.n, 2);
    assert_html(&got, 0, F_TITLE, true);
    assert_field(&got, 0, F_ID, "urn:1");
    assert_field(&got, 0, F_URL, "https://n.example/1");
    assert_field(&got, 0, F_DATE, "2024-01-16T08:00:00+09:00");
    assert_field(&got, 0, F_OUTLET, "누리뉴스");
    assert_field(&got, 0, F_KEYWORDS, "창업,c2");
    assert_field(&got, 0, F_BODY,
                 "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>첫 문단 &lt;1&gt;이다.</p>"
                 "<p>둘째 &lt;문단>이다.</p></div>");
    assert_html(&got, 0, F_BODY, true);
    assert_field(&got, 1, F_URL, "https://n.example/2");
    assert_field(&got, 1, F_BODY, "1 <b> 2 이다.");
    assert_html(&got, 1, F_BODY, false);
    assert_field(&got, 1, F_OUTLET, "다솜일보");
    arena_free(got.arena);
}

static void prefixes_and_bare_names(void **state)
{
    (void)state;
    struct got got = split("<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:title>누리뉴스</a:title><a:entry>"
                           "<a:title>하나</a:title><a:content>본문이다.</a:content></a:entry></a:feed>");
    assert_field(&got, 0, F_BODY, "본문이다.");
    assert_field(&got, 0, F_OUTLET, "누리뉴스");
    arena_free(got.arena);
    got = split("<rss><channel><item><title>둘</title><content:encoded>본문이다.</content:encoded>" /* not declared */
                "<dc:date>2024-01-16</dc:date></item></channel></rss>");
    assert_field(&got, 0, F_BODY, "본문이다.");
    assert_field(&got, 0, F_DATE, "2024-01-16");
    arena_free(got.arena);
}

/* Programs that write elements one by one declare the same prefixes in each. */
static void prefixes_declared_again_and_again(void **state)
{
    (void)state;
    struct buf xml = {0};
    buf_text(&xml, "<rss><channel>");
    for (int i = 0; i < 40; i++)
        buf_text(&xml, "<image xmlns:m=\"http://search.yahoo.com/mrss/\"><m:url>x</m:url></image>");
    buf_text(&xml, "<item xmlns:m=\"http://purl.org/rss/1.0/modules/content/\" "
                   "xmlns:d=\"http://purl.org/dc/elements/1.1/\"><title>하나</title>"
                   "<m:encoded>본문이다.</m:encoded><d:date>2024-01-16</d:date></item></channel></rss>");
    struct got got = split(xml.p);
    assert_field(&got, 0, F_BODY, "본문이다.");
    assert_field(&got, 0, F_DATE, "2024-01-16");
    buf_free(&xml);
    arena_free(got.arena);
}

/* As `rejects --export` puts them into files. */
static void records_alone_can_be_read_again(void **state)
{
    (void)state;
    struct got got = split("<rss version=\"2.0\"><channel>\n<item><제목>하나</제목><contents>본문이다.</contents>"
                           "<regDate>2024-01-16</regDate><description>짧다.</description></item>\n</channel></rss>");
    assert_int_equal(got.n, 1);
    assert_field(&got, 0, F_TITLE, "하나");
    assert_field(&got, 0, F_BODY, "본문이다.");
    assert_field(&got, 0, F_DATE, "2024-01-16");
    arena_free(got.arena);
    got = split("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<records>\n<x:item><x:title>하나</x:title>"
                "<content:encoded>본문이다.</content:encoded></x:item></records>");
    assert_int_equal(got.n, 1);
    assert_field(&got, 0, F_BODY, "본문이다.");
    arena_free(got.arena);
}

static void press_releases(void **state)
{
    (void)state;
    struct got got =
        split("\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response><header><resultCode>0</resultCode>"
              "<resultMsg>NORMAL SERVICE</resultMsg></header><body>\n"
              "<NewsItem><NewsItemId>77</NewsItemId><ApproveDate>01/16/2024 09:30:00</ApproveDate>"
              "<Title><![CDATA[하나]]></Title><SubTitle1>첫 부제</SubTitle1><SubTitle2>둘째</SubTitle2>"
              "<SubTitle3/><DataContents><![CDATA[<p>본문이다.</p>]]></DataContents>"
              "<MinisterCode>다솜부</MinisterCode><OriginalUrl>https://k.example/?a=1&amp;b=2</OriginalUrl>"
              "</NewsItem>\n<NewsItem><NewsItemId>78</NewsItemId><Title>본문 없는 것</Title></NewsItem>"
              "</body></response>");
    assert_int_equal(got.n, 2);
    assert_field(&got, 0, F_ID, "77");
    assert_field(&got, 0, F_DATE, "01/16/2024 09:30:00");
    assert_field(&got, 0, F_SUBTITLE, "첫 부제 / 둘째");
    assert_field(&got, 0, F_BODY, "<p>본문이다.</p>");
    assert_html(&got, 0, F_BODY, true);
    assert_field(&got, 0, F_OUTLET, "다솜부");
    assert_field(&got, 0, F_URL, "https://k.example/?a=1&b=2");
    assert_string_equal(got.items[0].reader, "xml/1");
    assert_int_equal(got.items[0].line, 4);
    assert_field(&got, 1, F_TITLE, "본문 없는 것"); /* the reader of records says that it has no body */
    assert_field(&got, 1, F_BODY, "");
    arena_free(got.arena);
}

static void records_of_any_name(void **state)
{
    (void)state;
    struct got got =
        split("<?xml version=\"1.0\"?><response><header><resultMsg>OK</resultMsg></header><body><totalCount>2"
              "</totalCount><items><item><title>하나</title><contents>첫 본문이다.</contents><regDate>2024-01-16"
              "</regDate></item><item><title>둘</title><contents>둘째.</contents></item></items></body></response>");
    assert_int_equal(got.n, 2);
    assert_field(&got, 0, F_BODY, "첫 본문이다.");
    assert_field(&got, 0, F_DATE, "2024-01-16");
    assert_field(&got, 1, F_TITLE, "둘");
    arena_free(got.arena);
    got = split("<?xml version=\"1.0\"?><목록><기사 id=\"a1\" date=\"2024-01-17\"><제목>하나</제목><본문><p>첫 문단."
                "</p><p>둘째.</p></본문></기사><기사 id=\"a2\"><본문>제목 없는 기사다.</본문></기사></목록>");
    assert_int_equal(got.n, 2);
    assert_field(&got, 0, F_ID, "a1");
    assert_field(&got, 0, F_DATE, "2024-01-17");
    assert_field(&got, 0, F_BODY, "<p>첫 문단.</p><p>둘째.</p>");
    assert_html(&got, 0, F_BODY, true);
    assert_field(&got, 1, F_ID, "a2");
    arena_free(got.arena);
}

static struct buf encoded(const char *text, const char *encoding)
{
    struct buf out = {0};
    size_t bad;
    assert_true(utf8_encode(str_from(text), encoding, &out, &bad));
    return out;
}

static void encodings_by_their_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *declared, *real, *asked;
    } cases[] = {{"euc-kr", "windows-949", "auto"}, {"utf-8", "windows-949", "auto"},
                 {"EUC-KR", "utf-8", "auto"},       {"utf-16", "utf-16le", "auto"},
                 {"utf-16", "utf-16be", "auto"},    {"cp949", "windows-949", "euc-kr"},
                 {"utf-8", "utf-8", "utf-8"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf text = {0};
        buf_printf(&text, "<?xml version=\"1.0\" encoding=\"%s\"?><rss><channel><title>누리뉴스</title>",
                   cases[i].declared);
        for (int k = 0; k < 3000; k++)
            buf_printf(&text, "<item><title>제목 %d번 똠방각하</title><description>본문 %d이다.</description></item>",
                       k, k);
        buf_text(&text, RSS_TAIL);
        struct buf bytes = encoded(text.p, cases[i].real);
        struct got got = split_with(buf_view(&bytes), cases[i].asked, 977);
        if (!got.ok)
            fprintf(stderr, "%s as %s: %s\n", cases[i].real, cases[i].declared, got.err.text);
        assert_true(got.ok);
        if (got.records != 3000)
            fprintf(stderr, "%s as %s: %zu records\n", cases[i].real, cases[i].declared, got.records);
        assert_int_equal(got.records, 3000);
        assert_string_equal(got.items[0].was, strcmp(cases[i].real, "windows-949") == 0 ? "cp949" : cases[i].real);
        assert_field(&got, 1, F_TITLE, "제목 1번 똠방각하");
        assert_field(&got, 1, F_OUTLET, "누리뉴스");
        arena_free(got.arena);
        buf_free(&bytes);
        buf_free(&text);
    }
}

static void wrong_bytes_are_a_fault(void **state)
{
    (void)state;
    struct got got =
        split_as("feed", STR("<rss><channel><item><title>\xff\xfe</title></item></channel></rss>"), "utf-8", 1000);
    assert_false(got.ok);
    assert_int_equal(got.err.kind, ERR_INPUT);
    assert_non_null(strstr(got.err.text, "line 1, column 28"));
    arena_free(got.arena);
    got = split_as("feed", STR("<rss><channel><item><title>\xc9\x20</title></item></channel></rss>"), "cp949", 1000);
    assert_false(got.ok);
    assert_non_null(strstr(got.err.text, "byte 27: not valid cp949"));
    arena_free(got.arena);
}

static void assert_fault(const char *text, const char *part)
{
    struct got got = split_with(str_from(text), "auto", 1000);
    assert_false(got.ok);
    assert_int_equal(got.err.kind, ERR_INPUT);
    if (!strstr(got.err.text, part))
        fprintf(stderr, "\"%s\" is not in \"%s\"\n", part, got.err.text);
    assert_non_null(strstr(got.err.text, part));
    arena_free(got.arena);
}

static void faults_name_their_line(void **state)
{
    (void)state;
    assert_fault("<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY a \"b\">]><rss><channel><item><title>&a;</title>"
                 "</item></channel></rss>",
                 "line 2, column 15: a document type");
    assert_fault("<?xml version=\"1.0\"?>\n<rss><!DOCTYPE x></rss>", "line 2");
    assert_fault("<rss><channel>\n<item><title>a</title>", "line 2");
    assert_fault("<rss><channel>\n\n<item><title>a</item></channel></rss>", "line 3, column 17: mismatched tag");
    assert_fault("<rss><channel><item><title>a & b</title></item></channel></rss>", "not well-formed");
    assert_fault("<rss><channel><item><title>&nbsp;</title></item></channel></rss>", "undefined entity");
    assert_fault("<?xml version=\"1.0\"?>", "no element found");
    assert_fault("<rss><channel/></rss><rss/>", "junk after");
}

static void depth_and_tags_have_limits(void **state)
{
    (void)state;
    struct buf deep = {0};
    buf_text(&deep, "<rss>");
    for (int i = 0; i < 100000; i++)
        buf_text(&deep, "<a>");
    assert_fault(deep.p, "too many elements in each other");
    buf_clear(&deep);
    buf_text(&deep, "<rss><channel a=\"");
    for (int i = 0; i < 3 << 20; i++)
        buf_char(&deep, 'x');
    assert_fault(deep.p, "a tag or comment without end");
    buf_free(&deep);
}

static void forbidden_controls_are_left_to_cleaning(void **state)
{
    (void)state;
    struct got got =
        split("<rss><channel><item><title>하\x0b나</title><description>본\x08문이다.</description></item>" RSS_TAIL);
    assert_field(&got, 0, F_TITLE,
                 "하\x7f"
                 "나");
    arena_free(got.arena);
}

static void a_huge_record_is_set_aside(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, RSS_HEAD
             "<item><title>a</title><description>앞.</description></item>\n<item><title>b</title><description>");
    for (int i = 0; i < (FEED_RECORD_BYTES >> 4) + 10; i++)
        buf_text(&text, "0123456789 12345");
    buf_text(&text, "</description></item><item><title>c</title><description>뒤.</description></item>" RSS_TAIL);
    struct got got = split_with(buf_view(&text), "auto", 60000);
    assert_true(got.ok);
    assert_int_equal(got.n, 3);
    assert_field(&got, 0, F_BODY, "앞.");
    assert_string_equal(got.items[1].code, "too-large");
    assert_int_equal(got.items[1].line, 7);
    assert_field(&got, 2, F_BODY, "뒤.");
    assert_field(&got, 2, F_TITLE, "c");
    arena_free(got.arena);
    buf_clear(&text); /* the same where nothing is known of the elements */
    buf_text(&text, "<?xml version=\"1.0\"?><list><row><title>b</title><body>");
    for (int i = 0; i < (FEED_RECORD_BYTES >> 4) + 10; i++)
        buf_text(&text, "0123456789 12345");
    buf_text(&text, "</body></row><row><title>c</title><body>뒤.</body></row></list>");
    got = split_with(buf_view(&text), "auto", 60000);
    assert_true(got.ok);
    assert_int_equal(got.n, 2);
    assert_string_equal(got.items[0].code, "too-large");
    assert_field(&got, 1, F_BODY, "뒤.");
    arena_free(got.arena);
    buf_free(&text);
}

static void memory_and_time_do_not_grow(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, RSS_HEAD);
    while (text.n < 48 << 20)
        buf_text(&text,
                 "<item><title>제목이다</title><description>본문이 조금 길게 이어지는 소식이다. 본문이 조금 길게 "
                 "이어지는 소식이다.</description><category>a</category></item>\n");
    buf_text(&text, RSS_TAIL);
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    clock_t start = clock();
    struct got got = split_with(buf_view(&text), "auto", 1 << 20);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    getrusage(RUSAGE_SELF, &after);
    assert_true(got.ok && got.records > 200000);
    fprintf(stderr, "# %.0f MB/s\n", (double)text.n / 1e6 / seconds);
    assert_true(after.ru_maxrss - before.ru_maxrss < 8 << 10); /* KiB */
    arena_free(got.arena);
    buf_free(&text);
}

static void many_values_take_linear_time(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, RSS_HEAD "<item><title>a</title>");
    for (int i = 0; i < 100000; i++)
        buf_printf(&text, "<category>%d</category><description>본문 %d이다.</description>", i, i);
    buf_text(&text, "<x>");
    for (int i = 0; i < 200000; i++)
        buf_text(&text, "&lt;a");
    buf_text(&text, "</x><description>");
    for (int i = 0; i < 200000; i++)
        buf_text(&text, "&lt;a");
    buf_text(&text, "</description></item>" RSS_TAIL);
    clock_t start = clock();
    struct got got = split_with(buf_view(&text), "auto", 65536);
    assert_true(got.ok && got.records == 1);
    assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
    arena_free(got.arena);
    buf_free(&text);
}

static void assert_refused(const char *text, const char *code, const char *part)
{
    struct got got = split(text);
    assert_int_equal(got.n, 1);
    assert_int_equal(got.items[0].kind, ITEM_REJECT);
    assert_string_equal(got.items[0].code, code);
    if (!strstr(got.items[0].reason, part))
        fprintf(stderr, "\"%s\" is not in \"%s\"\n", part, got.items[0].reason);
    assert_non_null(strstr(got.items[0].reason, part));
    arena_free(got.arena);
}

static bool keep_article(void *context, struct article *article, struct err *err)
{
    struct got *got = context;
    (void)err;
    struct item *copy = &got->items[got->n++];
    copy->fields[F_TITLE] = str_copy(got->arena, article->title);
    copy->fields[F_BODY] = str_copy(got->arena, article->body);
    copy->fields[F_DATE] = str_copy(got->arena, str_from(date_iso(article->published).p));
    copy->fields[F_ID] = str_copy(got->arena, str_from(article->key));
    copy->name = article->encoding.n == 5 ? "cp949" : "utf-8";
    return got->n < MOST;
}

static struct got read_articles(struct str bytes)
{
    struct got got = {.arena = arena_new()};
    const struct ingest_options options = {.format = "auto", .encoding = "auto"};
    struct diag_list diag = {0};
    assert_true(ingest_text("f.xml", bytes, &options, keep_article, &got, &diag, &got.err));
    assert_int_equal(diag_count(&diag, DIAG_REJECT), 0);
    diag_free(&diag);
    return got;
}

static void items_become_articles(void **state)
{
    (void)state;
    static const char feed[] =
        "<?xml version=\"1.0\" encoding=\"euc-kr\"?><rss><channel><title>나루신문 - 전체기사</title><item>"
        "<title>나루시, &lt;b&gt;창업&lt;/b&gt; 공방 열어</title><link>https://n.example/1</link>"
        "<pubDate>월, 15 1월 2024 23:30:00 GMT</pubDate><description><![CDATA[<p>나루시는 창업 공방을 열었다고 "
        "밝혔다.</p><script>x()</script><p>입주 팀은 스무 곳&nbsp;이다.</p>]]></description></item></channel></rss>";
    struct buf bytes = encoded(feed, "windows-949");
    struct got got = read_articles(buf_view(&bytes)), same = read_articles(str_from(feed));
    assert_int_equal(got.n, 1);
    assert_field(&got, 0, F_TITLE, "나루시, 창업 공방 열어");
    assert_field(&got, 0, F_DATE, "2024-01-16"); /* in Korea */
    assert_true(str_starts(got.items[0].fields[F_BODY], STR("나루시는 창업 공방을 열었다고 밝혔다.\n")));
    assert_true(str_ends(got.items[0].fields[F_BODY], STR("입주 팀은 스무 곳 이다.")));
    assert_string_equal(got.items[0].name, "cp949");
    assert_int_equal(same.n, 1);
    assert_field(&got, 0, F_ID, same.items[0].fields[F_ID].p); /* the same article in any encoding … */
    struct got json =
        read_articles(STR("{\"title\":\"하나\",\"body\":\"본문이다 하나.\",\"press\":\"나루신문\",\"id\":\"7\"}"));
    struct got xml = read_articles(STR("<rss><channel><title>나루신문</title><item><title>하나</title><guid>7</guid>"
                                       "<description>본문이다 하나.</description></item></channel></rss>"));
    assert_field(&xml, 0, F_ID, json.items[0].fields[F_ID].p); /* … and of any format */
    arena_free(got.arena);
    arena_free(same.arena);
    arena_free(json.arena);
    arena_free(xml.arena);
    buf_free(&bytes);
}

static void what_is_no_feed_is_named(void **state)
{
    (void)state;
    assert_refused("<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url>"
                   "<loc>https://a.example</loc></url></urlset>",
                   "unsupported-format", "a sitemap");
    assert_refused("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><title>a</title></svg>",
                   "unsupported-format", "SVG");
    assert_refused("<opml version=\"1.0\"><head><title>a</title></head><body/></opml>", "unsupported-format", "OPML");
    assert_refused(RSS_HEAD RSS_TAIL, "no-items", "a feed without items");
    assert_refused("<?xml version=\"1.0\"?><a><b>1</b></a>", "no-items", "no element has a title and a body");
    assert_refused("<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg></cmmMsgHeader>"
                   "</OpenAPI_ServiceResponse>",
                   "no-items", "the service says \"SERVICE ERROR\"");
}

static void detection(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is;
    } cases[] = {
        {"<?xml version=\"1.0\"?><anything/>", true},
        {"<!-- a --> <rss version=\"2.0\">", true},
        {"<rdf:RDF>", true},
        {"<?xml version=\"1.0\"?><!DOCTYPE html><html/>", false},
        {"<?xml version=\"1.0\"?><html xmlns=\"x\">", false},
        {"<p>단락</p>", false},
        {"<속보> 나루시, 공방 열어", false},
        {"rss", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct head head = {.text = str_from(cases[i].text)};
        assert_int_equal(feed_detects(&head), cases[i].is);
    }
}

static void outlets_in_channel_titles(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"나루신문 - 전체기사", "나루신문"},
                                           {"전체기사 - 나루신문", "나루신문"},
                                           {"[나루신문] 최신기사 RSS", "나루신문"},
                                           {"나루신문 RSS", "나루신문"},
                                           {"다솜부 보도자료", "다솜부"},
                                           {"나루신문::사회", "나루신문"},
                                           {"사회 > 나루일보", "나루일보"},
                                           {"다솜부 | 보도자료", "다솜부"},
                                           {"", ""},
                                           {"누리뉴스", "누리뉴스"},
                                           {"RSS", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str outlet = feed_outlet(str_from(cases[i][0]));
        if (!str_equal(outlet, str_from(cases[i][1])))
            fprintf(stderr, "%s: " STR_FMT "\n", cases[i][0], STR_ARG(outlet));
        assert_true(str_equal(outlet, str_from(cases[i][1])));
    }
}

static void ministries_in_titles(void **state)
{
    (void)state;
    struct got got = split("<rss><channel><title>정책소식 - 보도자료</title>"
                           "<item><title>[다솜관리부]공방 연다</title><description>본문이다.</description></item>"
                           "<item><title>[단독] 공방 연다</title><description>본문이다.</description></item>"
                           "<item><title>[나루 강부] 공방 연다</title><description>본문이다.</description></item>"
                           "</channel></rss>");
    assert_field(&got, 0, F_OUTLET, "다솜관리부");
    assert_field(&got, 0, F_TITLE, "공방 연다");
    assert_field(&got, 1, F_OUTLET, "정책소식");
    assert_field(&got, 1, F_TITLE, "[단독] 공방 연다");
    assert_field(&got, 2, F_OUTLET, "정책소식");
    arena_free(got.arena);
    got = split("<rss><channel><title>나루신문 - 전체기사</title><item><title>[다솜관리부]공방 연다</title>"
                "<description>본문이다.</description></item></channel></rss>");
    assert_field(&got, 0, F_OUTLET, "나루신문");
    assert_field(&got, 0, F_TITLE, "[다솜관리부]공방 연다");
    arena_free(got.arena);
}

static void dates_of_feeds(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"화, 16 1월 2024 09:00:00 +0900", "화, 16 Jan 2024 09:00:00 +0900"},
                                           {"(화) 2 12월 2024", "(화) 2 Dec 2024"},
                                           {"2024년 1월 16일", "2024년 1월 16일"},
                                           {"2024-01-16T08:00:00.123Z", "2024-01-16T08:00:00Z"},
                                           {"2024.01.16 08:00", "2024.01.16 08:00"},
                                           {"Tue, 16 Jan 2024 09:00:00 GMT", "Tue, 16 Jan 2024 09:00:00 GMT"},
                                           {"16 13월 2024", "16 13월 2024"},
                                           {"", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = {0};
        feed_date(str_from(cases[i][0]), &out);
        assert_true(str_equal(buf_view(&out), str_from(cases[i][1])));
        buf_free(&out);
    }
}

static void markup_is_told_from_text(void **state)
{
    (void)state;
    static const char *const markup[] = {"<p>a</p>", "a<br/>b", "</p>a", "a &nbsp; b", "&#8230;이다", "&quot;a&quot;"};
    static const char *const text[] = {"a < b > c", "<속보> 이다", "AT&T; x", "R&D 사업; 둘",    "1 <2> 3",
                                       "a & b",     "&;",          "<a",      "&toolongtobeone;"};
    for (size_t i = 0; i < sizeof markup / sizeof *markup; i++)
        assert_true(feed_is_markup(str_from(markup[i])));
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        if (i != 2) /* cannot be told from an entity */
            assert_false(feed_is_markup(str_from(text[i])));
    assert_int_equal(feed_visible(STR("<p>a b</p> <img src=\"x\">c < d")), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rss_2_0),
        cmocka_unit_test(the_longest_text_is_the_body),
        cmocka_unit_test(rss_1_0),
        cmocka_unit_test(atom),
        cmocka_unit_test(prefixes_and_bare_names),
        cmocka_unit_test(prefixes_declared_again_and_again),
        cmocka_unit_test(records_alone_can_be_read_again),
        cmocka_unit_test(press_releases),
        cmocka_unit_test(records_of_any_name),
        cmocka_unit_test(encodings_by_their_bytes),
        cmocka_unit_test(wrong_bytes_are_a_fault),
        cmocka_unit_test(faults_name_their_line),
        cmocka_unit_test(depth_and_tags_have_limits),
        cmocka_unit_test(forbidden_controls_are_left_to_cleaning),
        cmocka_unit_test(a_huge_record_is_set_aside),
        cmocka_unit_test(memory_and_time_do_not_grow),
        cmocka_unit_test(many_values_take_linear_time),
        cmocka_unit_test(items_become_articles),
        cmocka_unit_test(what_is_no_feed_is_named),
        cmocka_unit_test(detection),
        cmocka_unit_test(outlets_in_channel_titles),
        cmocka_unit_test(ministries_in_titles),
        cmocka_unit_test(dates_of_feeds),
        cmocka_unit_test(markup_is_told_from_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
