#include "book_fixture.h"

static void aliases_are_understood(void **state)
{
    (void)state;
    struct reading r =
        read_text("{\"uid\":\"a#1\",\"outlet\":\"누리신문\",\"date\":\"2024-01-16\",\"title\":\"누리시, 공방 열어\","
                  "\"sub\":\"입주 20팀\",\"body\":\"누리시는 공방을 열었다. 입주 팀은 스무 "
                  "곳이다.\",\"url\":\"https://a.example/1\"}\n"
                  "{\"뉴스 식별자\":77,\"언론사\":\"나루일보\",\"일자\":20240117,\"제목\":\"나루시, 시험소 지어\","
                  "\"본문\":\"[나루일보 강바다 기자] 나루시는 시험소를 짓는다고 17일 "
                  "밝혔다.\",\"위치\":\"경기,나루\",\"기관\":[\"나루시\",\"진흥원\"],"
                  "\"키워드\":\"시험소\"}\n");
    assert_int_equal(r.n, 2);
    assert_int_equal(r.diag.n, 0);
    const struct article *a = &r.articles[0], *b = &r.articles[1];
    assert_str(a->external_id, "a#1");
    assert_str(a->subtitle, "입주 20팀");
    assert_str(a->url, "https://a.example/1");
    assert_int_equal(a->source_line, 1);
    assert_str(a->reader, "json/1");
    assert_str(a->body_lines, "");
    assert_str(b->external_id, "77");
    assert_str(b->outlet, "나루일보");
    assert_str(b->body, "나루시는 시험소를 짓는다고 17일 밝혔다.");
    assert_str(b->hint_regions, "경기,나루");
    assert_str(b->hint_agencies, "나루시,진흥원");
    assert_str(b->hint_keywords, "시험소");
    assert_string_equal(date_iso(b->published).p, "2024-01-17");
    assert_int_equal(b->basis, BASIS_METADATA);
    reading_free(&r);
}

static void hash_is_that_of_the_record(void **state)
{
    (void)state;
    struct reading r = read_text("{\"title\":\"하나\",\"body\":\"둘이다.\",\"press\":\"셋\"}\n"
                                 "{ \"body\" : \"둘이다.\", \"언론사\" : \"셋\", \"제목\" : \"하나\" }\n"
                                 "{\"title\":\"하나\",\"body\":\"둘이다!\",\"press\":\"셋\"}\n");
    assert_int_equal(r.n, 3);
    assert_string_equal(r.articles[0].hash, r.articles[1].hash);
    assert_string_not_equal(r.articles[0].hash, r.articles[2].hash);
    reading_free(&r);
}

static void bad_lines_are_set_aside_by_number(void **state)
{
    (void)state;
    struct buf text = {0};
    static const char *const bad[] = {
        "{\"title\":\"잘린 줄\",\"bo",
        "{\"title\":\"둘\",\"title\":\"겹침\"}",
        "{\"title\":1e999}",
        "{\"title\":\"\\ud800\"}",
        "[1,2]",
        "{\"title\":\"\",\"body\":\"  \"}",
        "{\"title\":\"널\\u0000\"}",
        "\"문자열\"",
        "{\"title\":\"\xff\xfe\"}",
    };
    const size_t n = sizeof bad / sizeof *bad;
    buf_text(&text, "{\"title\":\"처음\",\"body\":\"좋다.\"}\n");
    for (size_t i = 0; i < n; i++)
        buf_printf(&text, "%s\n", bad[i]);
    buf_text(&text, "\n{\"title\":\"끝\",\"body\":\"좋다.\"}");
    struct reading r = read_with(buf_view(&text), "auto", "auto");
    assert_int_equal(r.n, 2);
    assert_str(r.articles[1].title, "끝");
    assert_int_equal(r.articles[1].source_line, n + 3);
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), n);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(r.diag.items[i].line, i + 2);
    reading_free(&r);
    buf_free(&text);
}

static void one_truncated_line_of_many(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 1; i <= 10; i++)
        if (i == 5)
            buf_text(&text, "{\"title\":\"제목\n");
        else
            buf_printf(&text, "{\"title\":\"제목 %d\",\"body\":\"본문이다.\"}\n", i);
    struct reading r = read_with(buf_view(&text), "auto", "auto");
    assert_int_equal(r.n, 9);
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), 1);
    assert_int_equal(r.diag.items[0].line, 5);
    assert_string_equal(r.diag.items[0].place, "page.txt");
    reading_free(&r);
    buf_free(&text);
}

static void depth_is_limited(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "{\"title\":\"깊다\",\"x\":");
    for (int i = 0; i < 100000; i++)
        buf_char(&text, '[');
    buf_text(&text, "\n{\"title\":\"얕다 [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\",\"body\":\"이다.\"}\n");
    struct reading r = read_with(buf_view(&text), "auto", "auto");
    assert_int_equal(r.n, 1);
    assert_true(has_diag(&r, "json-depth"));
    reading_free(&r);
    buf_free(&text);
}

static void documents_are_read_too(void **state)
{
    (void)state;
    struct reading r = read_text(
        "[\n {\"title\": \"하나\", \"body\": \"일이다.\"},\n 5,\n {\"title\": \"둘\", \"body\": \"이다.\"}\n]\n");
    assert_int_equal(r.n, 2);
    assert_int_equal(diag_count(&r.diag, DIAG_REJECT), 1);
    reading_free(&r);
    r = read_text("{\n \"title\": \"하나\",\n \"body\": \"일이다.\"\n}\n");
    assert_int_equal(r.n, 1);
    reading_free(&r);
}

static void odd_fields_do_no_harm(void **state)
{
    (void)state;
    struct reading r =
        read_text("{\"title\":\"제\\u202e목\\u0007\",\"body\":\"본문이다.\",\"url\":\"javascript:alert(1)\","
                  "\"date\":\"언젠가\",\"keywords\":[[\"a\"],{\"b\":1},\"c\",2]}\n");
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].title, "제목");
    assert_str(r.articles[0].url, "");
    assert_str(r.articles[0].hint_keywords, "c,2");
    assert_true(has_diag(&r, "odd-url"));
    assert_true(has_diag(&r, "odd-date"));
    assert_true(has_diag(&r, "bidi-controls"));
    assert_int_equal(r.articles[0].basis, BASIS_UNKNOWN);
    reading_free(&r);
}

static void a_body_keeps_its_sentences(void **state)
{
    (void)state;
    struct reading r =
        read_text("{\"title\":\"누리시, 공방 열어\",\"body\":\"기관명 : 누리시\\n첨부파일(2)\\n누리시, 공방 열어\\n"
                  "누리시는 5일 공방을 열었다. 신청은 포스터의 QR코드로 하면 된다. 시는 저작권법 강의도 연다.\"}\n");
    assert_int_equal(r.n, 1);
    assert_str(r.articles[0].body,
               "누리시는 5일 공방을 열었다. 신청은 포스터의 QR코드로 하면 된다. 시는 저작권법 강의도 연다.");
    reading_free(&r);
}

static void a_page_inside_a_record_is_extracted(void **state)
{
    (void)state;
    struct reading r = read_text("{\"title\":\"누리시, 공방 열어\",\"body\":\"로그인\\n회원가입\\n구독신청\\n입력 "
                                 "2024.01.05 10:00\\n페이스북 공유하기\\n"
                                 "누리시는 5일 옛 우체국에 창업 공방을 열었다고 밝혔다.\\n공방에는 작업실 스무 칸과 "
                                 "장비실이 있으며 두 해 동안 무료로 쓴다.\\n"
                                 "ⓒ 누리신문, 무단 전재 금지\\n많이 본 뉴스\\n가람시 눈꽃 잔치 성황리에 막 "
                                 "내려\\n가람시가 눈꽃 잔치를 마쳤다. 손님이 많았다.\"}\n");
    assert_int_equal(r.n, 1);
    assert_false(contains(r.articles[0].body, "가람시"));
    assert_false(contains(r.articles[0].body, "로그인"));
    assert_str(r.articles[0].outlet, "누리신문");
    assert_int_equal(r.articles[0].basis, BASIS_PUBLISHED);
    assert_string_equal(date_iso(r.articles[0].published).p, "2024-01-05");
    reading_free(&r);
}

/* "line title|body/…; line:column code; …" */
static const char *outcome_of(struct reading *r)
{
    struct buf out = {0};
    for (size_t i = 0; i < r->n; i++)
        buf_printf(&out, "%s%zu " STR_FMT "|" STR_FMT, i ? "/" : "", r->articles[i].source_line,
                   STR_ARG(r->articles[i].title), STR_ARG(r->articles[i].body));
    for (size_t i = 0; i < r->diag.n; i++)
        if (r->diag.items[i].level == DIAG_REJECT)
            buf_printf(&out, "; %zu:%zu %s", r->diag.items[i].line, r->diag.items[i].column, r->diag.items[i].code);
    const char *copy = str_copy(r->arena, out.n ? buf_view(&out) : STR("")).p;
    buf_free(&out);
    return copy;
}

static void expect(const char *json, const char *want)
{
    struct reading r = read_text(json);
    assert_string_equal(outcome_of(&r), want);
    reading_free(&r);
}

static void records_are_found_wherever_they_are(void **state)
{
    (void)state;
    static const char naver[] =
        "{\"lastBuildDate\":\"Mon, 26 Sep 2016 11:01:35 +0900\",\"total\":2,\"start\":1,\"items\":[\n"
        "{\"title\":\"하나\",\"originallink\":\"https://a.example/1\",\"link\":\"https://n.example/1\","
        "\"description\":\"둘이다.\",\"pubDate\":\"Mon, 26 Sep 2016 07:50:00 +0900\"},\n"
        "{\"title\":\"셋\",\"link\":\"https://n.example/2\",\"description\":\"넷이다.\"}]}\n";
    expect(naver, "2 하나|둘이다./3 셋|넷이다.");
    expect("{\"data\": {\"page\": 1, \"articles\": [{\"title\": \"하나\", \"body\": \"둘이다.\"}], \"x\": [1, [2]]}}",
           "1 하나|둘이다.");
    expect("{\"return_object\":{\"total_hits\":1,\n\"documents\":[\n{\"news_id\":\"1\",\"title\":\"하나\",\"content\":"
           "\"둘이다.\"}\n]}}",
           "3 하나|둘이다.");
    expect("{\"hits\":{\"hits\":[{\"_id\":\"1\",\"_source\":{\"title\":\"하나\",\"content\":\"둘이다.\"}}]}}",
           "1 하나|둘이다.");
    expect("{\"2024-01\":[{\"title\":\"하나\",\"body\":\"둘이다.\"}],\"2024-02\":[{\"title\":\"셋\",\"body\":\"넷이다."
           "\"}]}",
           "1 하나|둘이다./1 셋|넷이다.");
    expect("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"소식\",\"description\":\"누리시의 "
           "소식\",\"items\":"
           "[{\"id\":\"1\",\"title\":\"하나\",\"content_text\":\"둘이다.\"}]}",
           "1 하나|둘이다.");
    expect("[[{\"title\":\"하나\",\"body\":\"둘이다.\"}],{\"items\":[{\"title\":\"셋\",\"body\":\"넷이다.\"}]}]",
           "1 하나|둘이다./1 셋|넷이다.");
    struct reading empty = read_text("{\"items\":[]}");
    assert_string_equal(outcome_of(&empty), "");
    assert_true(has_diag(&empty, "no-records"));
    reading_free(&empty);
    /* an answer a line */
    expect("{\"items\":[{\"title\":\"하나\",\"body\":\"둘이다.\"}]}\n{\"items\":[{\"title\":\"셋\",\"body\":\"넷이다."
           "\"}]}\n",
           "1 하나|둘이다./2 셋|넷이다.");
}

static void records_may_stand_under_keys_of_their_own(void **state)
{
    (void)state;
    expect("{\"a1\":{\"title\":\"하나\",\"body\":\"둘이다.\"},\n\"a2\":{\"title\":\"셋\",\"body\":\"넷이다.\"},\n"
           "\"a3\":{\"title\":\"다섯\"},\"n\":3}",
           "1 하나|둘이다./2 셋|넷이다.; 3:6 no-body");
    expect(
        "{\"0\":{\"title\":\"하나\",\"description\":\"둘이다.\"},\"1\":{\"title\":\"셋\",\"description\":\"넷이다.\"}}",
        "1 하나|둘이다./1 셋|넷이다.");
    /* one record in two languages: it has fields of its own */
    expect("{\"date\":\"2024-01-16\",\"ko\":{\"title\":\"하나\",\"body\":\"둘이다.\"},\"en\":{\"title\":\"One\","
           "\"body\":\"It is two.\"}}",
           "1 하나|둘이다.");
}

static void a_record_may_lie_in_an_object_named_like_a_field(void **state)
{
    (void)state;
    expect("{\"meta\":{\"n\":1},\"article\":{\"headline\":\"하나\",\"articleBody\":\"둘이다.\",\"url\":\"https://"
           "a.example/1\"}}",
           "1 하나|둘이다.");
    expect("{\"title\":\"하나\",\"text\":{\"url\":\"https://a.example/1\"}}\n", "; 1:0 not-text");
    struct reading r =
        read_text("{\"title\":\"하나\",\"body\":\"둘이다.\",\"date\":{\"$date\":\"2024-01-15T20:00:00Z\"}}\n"
                  "{\"title\":\"셋\",\"body\":\"넷이다.\",\"date\":{\"$date\":1705417200000}}\n");
    assert_int_equal(r.n, 2);
    assert_string_equal(date_iso(r.articles[0].published).p, "2024-01-16");
    assert_string_equal(date_iso(r.articles[1].published).p, "2024-01-17");
    reading_free(&r);
}

/* As data frames are written unless one asks for records. */
static void tables_in_json_are_set_aside_with_the_reason(void **state)
{
    (void)state;
    static const char *const frames[] = {
        "{\"title\":{\"0\":\"하나\",\"1\":\"셋\"},\"body\":{\"0\":\"둘이다.\",\"1\":\"넷이다.\"}}",
        "{\"columns\":[\"title\",\"body\"],\"index\":[0],\"data\":[[\"하나\",\"둘이다.\"]]}",
    };
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
        struct reading r = read_text(frames[i]);
        assert_int_equal(r.n, 0);
        assert_int_equal(r.diag.n, 1);
        assert_string_equal(r.diag.items[0].code, "unclear-columns");
        assert_non_null(strstr(r.diag.items[0].text, "a table of columns or rows"));
        reading_free(&r);
    }
    expect("[[\"하나\",\"둘이다.\"],\n[\"셋\",\"넷이다.\"],[]]", "; 1:2 json-syntax; 2:0 json-syntax");
    expect("{}", "; 1:0 no-article");
}

static void a_record_may_hold_lists_of_its_own(void **state)
{
    (void)state;
    expect("{\"title\":\"하나\",\"related\":[{\"title\":\"남의 "
           "것\",\"url\":\"https://a.example/2\"}],\"body\":\"둘이다.\"}\n",
           "1 하나|둘이다.");
    expect("[{\"title\":\"하나\",\"comments\":[{\"title\":\"댓글\",\"content\":\"좋다.\"}],\"body\":\"둘이다.\"}]",
           "1 하나|둘이다.");
    expect("[{\"images\":[{\"title\":\"사진\"}],\"title\":\"하나\",\"description\":\"둘이다.\"}]", "1 하나|둘이다.");
}

static void values_follow_each_other_in_any_way(void **state)
{
    (void)state;
    expect("\x1e{\"title\":\"하나\",\"body\":\"둘이다.\"}\n\x1e{\"title\":\"셋\",\"body\":\"넷이다.\"}\n",
           "1 하나|둘이다./2 셋|넷이다.");
    expect("{\"title\":\"하나\",\"body\":\"둘이다.\"}{\"title\":\"셋\",\"body\":\"넷이다.\"} "
           "{\"title\":\"다섯\",\"body\":\"여섯이다.\"}",
           "1 하나|둘이다./1 셋|넷이다./1 다섯|여섯이다.");
    expect("{\n \"title\": \"하나\",\n \"body\": \"둘이다.\"\n}\n{\n \"title\": \"셋\",\n \"body\": \"넷이다.\"\n}\n",
           "1 하나|둘이다./5 셋|넷이다.");
    expect("{\"title\":\"하나\",\"body\":\"둘이다.\"},\r\n{\"title\":\"셋\",\"body\":\"넷이다.\"},\r\n",
           "1 하나|둘이다./2 셋|넷이다.");
    expect(
        "{\"title\":\"하나\",\"body\":\"둘이다.\"}{\"title\":\"셋\"\n{\"title\":\"다섯\",\"body\":\"여섯이다.\"} x\n",
        "1 하나|둘이다./2 다섯|여섯이다.; 1:50 json-syntax; 2:43 json-syntax");
}

static void the_place_of_a_mistake_is_named(void **state)
{
    (void)state;
    expect("[\n {\"title\": \"하나\", \"body\": \"둘이다.\"},\n {\"title\": \"셋\",\n  \"body\": tru},\n {\"title\": "
           "1e999}, 5\n]",
           "2 하나|둘이다.; 4:13 json-syntax; 5:16 json-syntax; 5:20 json-syntax");
    expect("{\"title\":\"하나\",\"body\":\"둘\xff이다.\"}\n{\"title\":\"셋\",\"body\":\"넷이다.\"}\n",
           "2 셋|넷이다.; 1:30 invalid-utf8");
    expect("[{\"title\":\"하나\",\"body\":\"둘이다.\"},\n{\"title\":\"셋\",\"bo", "1 하나|둘이다.; 0:0 faulty-file");
    expect("[{\"title\":\"하나\",\"body\":\"둘이다.\"}}\n", "1 하나|둘이다.; 0:0 faulty-file");
    expect("{\"uid\":\"1\",\"desc\":\"둘이다.\"}", "; 1:0 no-article");
    expect("{\"status\":\"error\",\"message\":\"한도 초과\"}", "; 1:0 unclear-columns");
}

static void a_nul_byte_ends_nothing(void **state)
{
    (void)state;
    static const char lines[] =
        "{\"title\":\"하나\",\"body\":\"둘\0이다.\"}\n\0\n{\"title\":\"셋\",\"body\":\"넷이다.\"}\n";
    static const char list[] =
        "[{\"title\":\"하나\",\"body\":\"둘이다.\"},\0\n{\"title\":\"셋\",\"body\":\"넷이다.\"}]\n";
    struct reading r = read_with((struct str){lines, sizeof lines - 1}, "auto", "auto");
    assert_string_equal(outcome_of(&r), "3 셋|넷이다.; 1:30 nul-byte; 2:1 nul-byte");
    reading_free(&r);
    r = read_with((struct str){list, sizeof list - 1}, "auto", "auto");
    assert_string_equal(outcome_of(&r), "1 하나|둘이다./2 셋|넷이다.; 1:41 nul-byte");
    reading_free(&r);
}

static void depth_is_limited_without_recursion(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 0; i < 1000000; i++)
        buf_char(&text, '[');
    struct reading r = read_with(buf_view(&text), "auto", "auto");
    assert_string_equal(outcome_of(&r), "; 1:33 json-depth");
    reading_free(&r);
    buf_clear(&text);
    for (int i = 0; i < 100000; i++)
        buf_text(&text, "{\"a\":");
    r = read_with(buf_view(&text), "auto", "auto");
    assert_true(has_diag(&r, "json-depth"));
    reading_free(&r);
    buf_free(&text);
}

/* The next line is read; a value in a string is none. */
static void values_are_limited(void **state)
{
    (void)state;
    static const char *const units[] = {"{},", "[],", "1,"};
    for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
        struct buf text = {0};
        buf_text(&text, "{\"title\":\"하나\",\"body\":\"둘이다. ");
        for (int i = 0; i < 200000; i++)
            buf_text(&text, units[k]);
        buf_text(&text, "\"}\n{\"title\":\"하나\",\"body\":\"둘이다.\",\"tags\":[");
        for (int i = 0; i < 200000; i++)
            buf_text(&text, units[k]);
        buf_text(&text, "0]}\n{\"title\":\"셋\",\"body\":\"넷이다.\",\"tags\":[1,{}]}\n");
        struct reading r = read_with(buf_view(&text), "auto", "auto");
        assert_int_equal(r.n, 2);
        assert_int_equal(r.diag.n, 1);
        assert_string_equal(r.diag.items[0].code, "json-values");
        assert_int_equal(r.diag.items[0].line, 2);
        reading_free(&r);
        buf_free(&text);
    }
}

static void long_lines_are_bounded(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "{\"title\":\"하나\",\"body\":\"둘이다.\"}\n{\"title\":\"긴 줄\",\"body\":\"");
    while (text.n < 17u << 20)
        buf_text(&text, "길고 긴 ");
    size_t unended = text.n;
    buf_text(&text, "\"}\n{\"title\":\"셋\",\"body\":\"넷이다.\"}\n");
    struct reading r = read_with(buf_view(&text), "auto", "auto");
    assert_string_equal(outcome_of(&r), "1 하나|둘이다./3 셋|넷이다.; 2:0 long-line");
    reading_free(&r);
    r = read_with(str_slice(buf_view(&text), 0, unended), "auto", "auto");
    assert_true(has_diag(&r, "faulty-file"));
    reading_free(&r);
    size_t second = str_find(buf_view(&text), STR("\n"), 0) + 1;
    r = read_with(str_slice(buf_view(&text), second, unended), "auto", "auto");
    assert_int_equal(r.n, 0);
    assert_true(has_diag(&r, "faulty-file"));
    reading_free(&r);
    buf_free(&text);
}

static void nested_values(void **state)
{
    (void)state;
    struct reading r =
        read_text("[{\"id\":7,\"date\":\"2024-01-05T10:00:00\",\"title\":{\"rendered\":\"하나\"},\"content\":"
                  "{\"rendered\":\"둘이다.\",\"protected\":false},\"source\":{\"id\":null,\"name\":\"누리신문\"},"
                  "\"tags\":[{\"name\":\"창업\"},{\"x\":1},\"공방\",[1]]}]");
    assert_string_equal(outcome_of(&r), "1 하나|둘이다.");
    assert_str(r.articles[0].external_id, "7");
    assert_str(r.articles[0].outlet, "누리신문");
    assert_str(r.articles[0].hint_keywords, "창업,공방");
    assert_string_equal(date_iso(r.articles[0].published).p, "2024-01-05");
    reading_free(&r);
    r = read_text("{\"제목\":\"하나\",\"본문\":\"둘이다.\",\"일자\":20240105.0,\"excluded\":false}\n"
                  "{\"\\uc81c\\ubaa9\":\"셋\",\"\\ubcf8\\ubb38\":\"넷이다.\",\"excluded\":true}\n");
    assert_string_equal(outcome_of(&r), "1 하나|둘이다.; 2:0 excluded");
    assert_string_equal(date_iso(r.articles[0].published).p, "2024-01-05");
    reading_free(&r);
}

static void a_map_names_keys(void **state)
{
    (void)state;
    static const char json[] =
        "{\"status\":1,\"list\":[{\"표제어\":\"하나\",\"요지\":\"둘이다.\",\"제목\":\"아니다\"}]}";
    for (int mapped = 0; mapped < 2; mapped++) {
        struct reading r = {.arena = arena_new()};
        struct ingest_options options = {
            .format = "auto", .encoding = "auto", .map = mapped ? "title=표제어,body=요지" : "body=요지2"};
        assert_true(ingest_text("a.json", str_from(json), &options, keep_reading, &r, &r.diag, &r.err));
        assert_string_equal(outcome_of(&r), mapped ? "1 하나|둘이다." : "; 1:21 no-body");
        reading_free(&r);
    }
}

static void addresses_without_their_scheme(void **state)
{
    (void)state;
    struct reading r = read_text("{\"title\":\"하나\",\"body\":\"둘이다.\",\"url\":\"www.a.example/1?x=2\"}\n"
                                 "{\"title\":\"하나\",\"body\":\"둘이다.\",\"url\":\"http:www.a.example/1\"}\n"
                                 "{\"title\":\"하나\",\"body\":\"둘이다.\",\"url\":\"/1?x=2\"}\n");
    assert_int_equal(r.n, 3);
    assert_str(r.articles[0].url, "http://www.a.example/1?x=2");
    assert_str(r.articles[1].url, "http://www.a.example/1");
    assert_str(r.articles[2].url, "");
    assert_true(has_diag(&r, "odd-url"));
    reading_free(&r);
}

static void dates_of_interfaces(void **state)
{
    (void)state;
    static const struct {
        const char *value, *day;
    } cases[] = {
        {"Mon, 26 Sep 2016 07:50:00 +0900", "2016-09-26"},
        {"Mon, 26 Sep 2016 22:50:00 GMT", "2016-09-27"},
        {"Sun, 3 Mar 2024 15:00:00 +0000", "2024-03-04"},
        {"2024-01-05T23:30:00Z", "2024-01-06"},
        {"2024-01-05T00:00:00.000+09:00", "2024-01-05"},
        {"2024-01-05T08:00:00-05:00", "2024-01-05"},
        {"2024-01-05T10:00:00-05:00", "2024-01-06"},
        {"2024-01-05 10:00:00", "2024-01-05"},
        {"20240105", "2024-01-05"},
        {"2024/01/05", "2024-01-05"},
        {"2024-01-05T15:00:00.000Z", "2024-01-06"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct reading r = read_text(
            arena_printf(arena, "{\"title\":\"하나\",\"body\":\"둘이다.\",\"pubDate\":\"%s\"}", cases[i].value));
        assert_int_equal(r.n, 1);
        assert_string_equal(date_iso(r.articles[0].published).p, cases[i].day);
        assert_int_equal(r.articles[0].basis, BASIS_METADATA);
        reading_free(&r);
        arena_free(arena);
    }
}

#define CELL(at, text) "<c r=\"" at "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"

/* The same record in every form is the same article. */
static void the_key_does_not_depend_on_the_form(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "{\"title\":\"하나, "
        "\\\"둘\\\"\",\"body\":\"셋이다.\\n넷이다.\",\"outlet\":\"누리신문\",\"date\":\"2024-01-05\",\"url\":\"https://"
        "a.example/1\",\"id\":\"7\"}",
        "[{\"id\":7,\"제목\":\"하나, "
        "\\u0022둘\\u0022\",\"본문\":\"셋이다.\\r\\n넷이다.\",\"언론사\":\"누리신문\",\"일자\":\"2024-01-05\",\"URL\":"
        "\"https://a.example/1\"}]",
        "제목,본문,언론사,일자,URL,기사ID\n\"하나, "
        "\"\"둘\"\"\",\"셋이다.\n넷이다.\",누리신문,2024-01-05,https://a.example/1,7\n",
        "id\ttitle\tbody\tpress\tdate\turl\r\n7\t하나, "
        "\"둘\"\t\"셋이다.\r\n넷이다.\"\t누리신문\t2024-01-05\thttps://a.example/1\r\n",
        "{\"items\":[{\"title\":\"하나, \\\"둘\\\"\",\"body\":\"셋이다.\\n넷이다. "
        "\",\"source\":{\"name\":\"누리신문\"},\"date\":\"2024-01-05\",\"link\":\"https://a.example/1\",\"id\":7.0}]}",
    };
    const struct book_of book = {
        .sheet = "<row r=\"1\">" CELL("A1", "일자") CELL("B1", "제목") CELL("C1", "본문") CELL("D1", "언론사")
            CELL("E1", "URL") CELL("F1", "뉴스 식별자") "</row><row r=\"2\">" CELL("A2", "2024-01-05")
                CELL("B2", "하나, &quot;둘&quot;") CELL("C2", "셋이다.\n넷이다.") CELL("D2", "누리신문")
                    CELL("E2", "https://a.example/1") "<c r=\"F2\"><v>7</v></c></row>"};
    struct reading first = read_book(&book);
    assert_int_equal(first.n, 1);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct reading r = read_text(forms[i]);
        assert_int_equal(r.n, 1);
        assert_int_equal(r.diag.n, 0);
        assert_string_equal(r.articles[0].hash, first.articles[0].hash);
        assert_string_equal(r.articles[0].key, first.articles[0].key);
        reading_free(&r);
    }
    reading_free(&first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aliases_are_understood),
        cmocka_unit_test(hash_is_that_of_the_record),
        cmocka_unit_test(bad_lines_are_set_aside_by_number),
        cmocka_unit_test(one_truncated_line_of_many),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(documents_are_read_too),
        cmocka_unit_test(odd_fields_do_no_harm),
        cmocka_unit_test(a_body_keeps_its_sentences),
        cmocka_unit_test(a_page_inside_a_record_is_extracted),
        cmocka_unit_test(records_are_found_wherever_they_are),
        cmocka_unit_test(records_may_stand_under_keys_of_their_own),
        cmocka_unit_test(a_record_may_lie_in_an_object_named_like_a_field),
        cmocka_unit_test(tables_in_json_are_set_aside_with_the_reason),
        cmocka_unit_test(a_record_may_hold_lists_of_its_own),
        cmocka_unit_test(values_follow_each_other_in_any_way),
        cmocka_unit_test(the_place_of_a_mistake_is_named),
        cmocka_unit_test(a_nul_byte_ends_nothing),
        cmocka_unit_test(depth_is_limited_without_recursion),
        cmocka_unit_test(values_are_limited),
        cmocka_unit_test(long_lines_are_bounded),
        cmocka_unit_test(nested_values),
        cmocka_unit_test(a_map_names_keys),
        cmocka_unit_test(addresses_without_their_scheme),
        cmocka_unit_test(dates_of_interfaces),
        cmocka_unit_test(the_key_does_not_depend_on_the_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
