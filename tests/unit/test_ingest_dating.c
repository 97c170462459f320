#include "ingest_fixture.h"

#include "ingest/dates.h"

static void expressions_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *date; /* date "" = none */
        bool time;
    } cases[] = {
        {"2024-01-16 17:19:34", "2024-01-16", true},
        {"2017.09.01 14:08", "2017-09-01", true},
        {"2024. 1. 16.", "2024-01-16", false},
        {"2024. 1. 16. (화) 오후 4:30", "2024-01-16", true},
        {"2024/01/16", "2024-01-16", false},
        {"2024년 1월 16일", "2024-01-16", false},
        {"2024년1월16일 17시 19분", "2024-01-16", true},
        {"21-07-02 00:33", "2021-07-02", true},
        {"’24.1.17", "2024-01-17", false},
        {"'24. 1. 17.", "2024-01-17", false},
        {"20240116", "2024-01-16", false},
        {"20240116235959", "2024-01-16", false},
        {"202401160000", "2024-01-16", false},
        {"20240116240000", "", false},
        {"20240116236000", "", false},
        {"20240230120000", "", false},
        {"2024011612", "", false},
        {"idxno 20240116235959", "", false},
        {"20240116235959.jpg", "", false},
        {"Jan 16, 2024", "2024-01-16", false},
        {"Tue, 16 Jan 2024 23:19:34 +0900", "2024-01-16", true},
        {"Tue, 16 Jan 2024 23:19:34 +0000", "2024-01-17", true},
        {"01/16/2024 17:00:00", "2024-01-16", true},
        {"2024-01-16T17:19:34Z", "2024-01-17", true},
        {"2024-01-16T14:19:34Z", "2024-01-16", true},
        {"2024-01-16T02:19:34.123+09:00", "2024-01-16", true},
        {"2024-01-16T00:19:34+11:00", "2024-01-15", true},
        {"2024-01-16 20:19:34+00", "2024-01-17", true},
        {"2024-01-16 23:19:34 +08", "2024-01-17", true},
        {"20240116T201934Z", "2024-01-17", true},
        {"20240116T2019Z", "2024-01-17", true},
        {"Tue Jan 16 2024 20:19:34 GMT+0900", "2024-01-16", true},
        {"Jan 16 2024 20:19:34 GMT", "2024-01-17", true},
        {"2024-01-16 11:19:34 PM GMT", "2024-01-17", true},
        {"2024-01-16 오후 11:19 UTC", "2024-01-17", true},
        {"2024-01-16 12:19:34 AM GMT", "2024-01-16", true},
        {"2024-01-16 10:00-12:00", "2024-01-16", true},
        {"16-Jan-2024", "2024-01-16", false},
        {"16-Jan-24", "2024-01-16", false},
        {"16 Jan 24", "", false},
        {"24/01/16", "2024-01-16", false},
        {"05/01/16", "", false},
        {"05.01.16", "2005-01-16", false},
        {"2024-02-29", "2024-02-29", false},
        {"2023-02-29", "", false},
        {"1900-02-29", "", false},
        {"2024-13-01", "", false},
        {"2101-01-01", "", false},
        {"0000-00-00", "", false},
        {"031-440-2024", "", false},
        {"010-1234-5678", "", false},
        {"123-45-67890", "", false},
        {"99999999", "", false},
        {"192.168.10.12", "", false},
        {"2024-01-1699", "", false},
        {"2022년부터 2024년 경", "", false},
        {"", "", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct date_found found = {.date = DATE_NONE};
        bool any = dates_next(str_from(cases[i].text), 0, &found);
        if (any != (*cases[i].date != '\0') || (any && strcmp(date_iso(found.date).p, cases[i].date) != 0))
            fail_msg("\"%s\": got \"%s\"", cases[i].text, any ? date_iso(found.date).p : "");
        if (any && found.has_time != cases[i].time)
            fail_msg("\"%s\": time %d", cases[i].text, found.has_time);
    }
}

static void serial_numbers_are_days(void **state)
{
    (void)state;
    static const struct {
        const char *text, *date; /* date "" = none */
    } cases[] = {
        {"45292", "2024-01-01"},
        {"45292.5", "2024-01-01"},
        {" 45322.99999 ", "2024-01-31"},
        {"45292.", "2024-01-01"},
        {"36526", "2000-01-01"},
        {"54788", "2049-12-31"},
        {"40100", "2009-10-14"},
        {"2024-01-16", ""},
        {"40115", ""}, /* or 04-01-15 without its first digit */
        {"41231", ""}, /* or 04-12-31 */
        {"36525", ""}, /* 1999 */
        {"54789", ""}, /* 2050 */
        {"4529", ""},
        {"452921", ""},
        {"45292 1", ""},
        {"45,292", ""},
        {"-45292", ""},
        {"45292.5.1", ""},
        {"제45292호", ""},
        {"45292-1", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        date_t date = dates_serial(str_from(cases[i].text));
        if (strcmp(date_iso(date).p, cases[i].date) != 0)
            fail_msg("\"%s\": got \"%s\"", cases[i].text, date_iso(date).p);
    }
    struct date_found found;
    assert_false(dates_next(STR("45292"), 0, &found)); /* in a text it is any number */
}

static void columns_may_count_from_1970(void **state)
{
    (void)state;
    static const struct {
        const char *text, *date; /* date "" = none */
        bool machine;
    } cases[] = {
        {"1705416000", "2024-01-16", false},
        {"1705417200", "2024-01-17", false},
        {"1705417200000", "2024-01-17", false},
        {" 1705417200.0 ", "2024-01-17", false},
        {"1705417200123", "2024-01-17", true},
        {"1705417200.25", "2024-01-17", true},
        {"2024-01-16", "2024-01-16", false},
        {"2024-01-16 10:00:00.25", "2024-01-16", true},
        {"2024011612", "", false},
        {"170541720", "", false},
        {"17054172001", "", false},
        {"0000000000000", "", false},
        {"1705417200번", "", false},
        {"1705417200.", "", false},
        {"0705417200", "", false},
        {"", "", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct date_found found;
        struct str text = str_from(cases[i].text);
        bool any = dates_column(text, &found);
        if (any != (*cases[i].date != '\0') || (any && strcmp(date_iso(found.date).p, cases[i].date) != 0))
            fail_msg("\"%s\": got \"%s\"", cases[i].text, any ? date_iso(found.date).p : "");
        if (any && dates_is_machine_stamp(text) != cases[i].machine)
            fail_msg("\"%s\": machine %d", cases[i].text, !cases[i].machine);
        assert_false(text.n && dates_next(STR("1705417200"), 0, &found)); /* in a text it is another number */
    }
}

static void a_date_of_change_in_the_column_is_second(void **state)
{
    (void)state;
    struct reading r =
        read_text("{\"title\":\"하나\",\"body\":\"둘이다.\",\"date\":\"수정 2024-01-18 | 입력 2024-01-16\"}\n"
                  "{\"title\":\"셋\",\"body\":\"넷이다.\",\"date\":\"입력 2024-01-16 수정 2024-01-18\"}\n"
                  "{\"title\":\"다섯\",\"body\":\"여섯이다.\",\"date\":\"수정 2024-01-18\"}\n");
    assert_int_equal(r.n, 3);
    assert_string_equal(date_iso(r.articles[0].published).p, "2024-01-16");
    assert_string_equal(date_iso(r.articles[1].published).p, "2024-01-16");
    assert_string_equal(date_iso(r.articles[2].published).p, "2024-01-18");
    reading_free(&r);
}

static void months_are_read(void **state)
{
    (void)state;
    struct month_found m;
    assert_true(dates_next_month(STR("오는 6월 11일"), 0, &m));
    assert_int_equal(m.month, 6);
    assert_int_equal(m.year, 0);
    assert_true(dates_next_month(STR("’25년 6월"), 0, &m));
    assert_int_equal(m.year, 2025);
    assert_int_equal(m.month, 6);
    assert_true(dates_next_month(STR("2030년까지, 2025년 하반기"), 0, &m));
    assert_int_equal(m.year, 2025);
    assert_false(dates_next_month(STR("13월 99년 2030년까지"), 0, &m));
}

static const char lead[] = "누리시는 지난 4일 시청에서 바이오 협의회 발족식을 열었다고 밝혔다.\n"
                           "협의회에는 병원과 대학, 기업 서른 곳이 참여해 공동 시험 시설을 함께 쓰기로 했다.\n";

/* Dates a page of headline, `above`, text, `below`. */
static struct reading dated(const char *top, const char *above, const char *below)
{
    struct buf page = {0};
    buf_printf(&page, "%s누리시, 바이오 협의회 발족…서른 곳 참여\n%s\n%s\n%s", top, above, lead, below);
    struct reading r = read_with(buf_view(&page), "pagetext", "auto");
    assert_int_equal(r.n, 1);
    buf_free(&page);
    return r;
}

static void expect(const char *top, const char *above, const char *below, enum date_basis basis, const char *date)
{
    struct reading r = dated(top, above, below);
    if (r.articles[0].basis != basis || strcmp(date_iso(r.articles[0].published).p, date) != 0)
        fail_msg("[%s|%s|%s]: basis %d, \"%s\", evidence " STR_FMT, top, above, below, r.articles[0].basis,
                 date_iso(r.articles[0].published).p, STR_ARG(r.articles[0].date_evidence));
    reading_free(&r);
}

static void labels_decide(void **state)
{
    (void)state;
    expect("", "입력 2024.01.05 10:00 수정 2024.02.07 09:00\n", "", BASIS_PUBLISHED, "2024-01-05");
    expect("", "수정 2024.02.07 09:00 | 입력 2024.01.05 10:00\n", "", BASIS_PUBLISHED, "2024-01-05");
    expect("", "승인 2024.01.05 10:00\n", "", BASIS_PUBLISHED, "2024-01-05");
    expect("", "작성자 누리소식 작성일 24-01-05 00:33 댓글 0\n", "", BASIS_PUBLISHED, "2024-01-05");
    expect("", "", "기사입력 : 2024.01.05 14:08\n", BASIS_PUBLISHED, "2024-01-05");
    expect("", "등록일\n2024-01-05 17:44:00\n조회\n42\n", "", BASIS_PUBLISHED, "2024-01-05");
    expect("", "", "2024/01/05 07:30 송고\n", BASIS_PUBLISHED, "2024-01-05");
    expect("’24.1.5. (금) 배포\n\n", "", "", BASIS_PUBLISHED, "2024-01-05");
    expect("", "수정 2024.02.07 09:00\n", "", BASIS_METADATA, "2024-02-07");
}

static void labels_of_many_houses(void **state)
{
    (void)state;
    static const char *const above[] = {
        "기사입력 2024-01-16 17:19:34 | 기사수정 2024-02-07 09:00:00\n",
        "입력2024.01.16 17:19 수정2024.01.17 18:00\n",
        "수정 2024-01-17 18:00 / 등록 2024-01-16 17:19\n",
        "등록 : 2024-01-16 오후 5:19:34\n",
        "등록일 : 2024.01.16 (화)\n",
        "등록날짜 [ 2024년01월16일 17시19분 ]\n",
        "기사등록 일시 [2024-01-16 17:19:34]\n",
        "게재 2024.1.16\n",
        "게시일 2024. 1. 16.\n",
        "승인 2024.01.16 17:19 댓글 0\n",
        "강바다 기자 | 승인 2024.01.16 17:19\n",
        "송고시간2024-01-16 17:19\n",
        "2024-01-16 17:19 송고\n",
        "2024.01.16 17:19 입력\n",
        "입력 : ’24.1.16\n",
        "작성자 누리소식 작성일 24-01-16 00:33 조회 41\n",
        "보도일시 2024. 1. 16.(화) 배포 즉시\n",
        "제 공 일: 2024. 1. 16.\n",
        "Published 16 Jan 2024\n",
        "Published: Jan 16, 2024 5:19 pm\n",
        "[2024-01-16]\n",
        "2024년 01월 16일 (화)\n",
        "24.01.16 17:19\n",
        "날짜\n2024.01.16\n조회수\n52\n",
    };
    for (size_t i = 0; i < sizeof above / sizeof *above; i++)
        expect("", above[i], "", BASIS_PUBLISHED, "2024-01-16");
    /* the site's own days at the top of the page, in front of the article's */
    expect("UPDATED. 2025-08-02 10:00 (토)\n최종편집 2025.08.02 10:00\n", "승인 2024.01.16 17:19\n", "",
           BASIS_PUBLISHED, "2024-01-16");
    expect("", "입력 2024.01.16 17:19\n", "Copyright ⓒ 2019-2025 누리소식. All rights reserved\n", BASIS_PUBLISHED,
           "2024-01-16");
}

static void front_matter_is_a_column(void **state)
{
    (void)state;
    struct buf page = {0};
    buf_printf(
        &page,
        "---\ntitle: \"누리시, 바이오 협의회 발족…서른 곳 참여\"\napprove_date: \"01/16/2024 17:19:34\"\n---\n\n"
        "# 누리시, 바이오 협의회 발족…서른 곳 참여\n\n- 배포일: 01/16/2024 17:19:34\n\n## 본문\n\n%s\n## 출처\n\n"
        "- 보도자료 모음\n",
        lead);
    struct reading r = read_with(buf_view(&page), "pagetext", "auto");
    assert_int_equal(r.n, 1);
    assert_string_equal(date_iso(r.articles[0].published).p, "2024-01-16");
    assert_true(str_starts(r.articles[0].body, STR("누리시는 지난 4일")));
    reading_free(&r);
    buf_free(&page);
}

static void place_decides_without_label(void **state)
{
    (void)state;
    expect("", "2024-01-05\n", "", BASIS_PUBLISHED, "2024-01-05");
    expect("", "2024년 1월 5일 (금) 오전 9:12 · 조회 44\n", "", BASIS_PUBLISHED, "2024-01-05");
    expect("", "강바다 기자 2024.01.05 10:00\n", "", BASIS_PUBLISHED, "2024-01-05");
    /* the day of the visit at the top of the page */
    expect("2025년 8월 25일 월요일\n로그인 회원가입 구독신청\n정치 경제 사회\n", "", "", BASIS_UNKNOWN, "");
}

static void traps_are_passed_over(void **state)
{
    (void)state;
    expect("", "", "누리소식 - 이웃의 소식 2024년 8월 2일 금요일 | 손님 : 3 명\n", BASIS_UNKNOWN, "");
    expect("", "", "등록번호 : 경기 아00001 | 등록일 : 2012. 3. 5. | 발행인 : 김○○\n", BASIS_UNKNOWN, "");
    expect("", "", "등록일자 2012.03.05\n제호 누리소식 | 발행인 김○○\n", BASIS_UNKNOWN, "");
    expect("", "", "Copyright© 2015~2021 누리소식 All rights reserved\n", BASIS_UNKNOWN, "");
    expect("", "", "관련기사\n다른 고을 창업 공방 문 열어 등록 2024.01.09 10:00\n", BASIS_UNKNOWN, "");
    expect("", "", "댓글 2\n작성일 2024.03.03 10:11 좋은 소식입니다\n", BASIS_UNKNOWN, "");
    expect("", "접수기간 2024.03.03 ~ 2024.03.20\n", "", BASIS_UNKNOWN, "");
    expect("", "입력 2024.13.45 10:00\n", "", BASIS_UNKNOWN, "");
    /* beside a real label */
    expect("", "등록 2024-01-05 17:19:34\n", "최종수정일 2023-07-05\n누리소식 | 등록일 2012.3.5 | 발행인 김○○\n",
           BASIS_PUBLISHED, "2024-01-05");
}

static void a_month_may_be_guessed_but_is_no_date(void **state)
{
    (void)state;
    struct reading r =
        dated("", "",
              "주요 뉴스\n-\n6월 맞이 나루시 책 잔치\n2025년 6월 3일 개막한다. 6월 7일까지 이어진다.\n-\n"
              "물놀이장 개장\n2025년 물놀이장이 6월 21일 문을 연다. 지난해보다 한 주 이르다.\n");
    assert_int_equal(r.articles[0].basis, BASIS_INFERRED);
    assert_int_equal(r.articles[0].published, DATE_NONE);
    assert_string_equal(date_iso(r.articles[0].lo).p, "2025-06-01");
    assert_string_equal(date_iso(r.articles[0].hi).p, "2025-06-30");
    assert_true(r.articles[0].date_evidence.n > 0);
    reading_free(&r);
}

/* Dating of a record: the source's column and what the text says. */
static struct article record(struct arena *arena, const char *column, const char *body)
{
    struct article a = {.body = str_from(body)};
    dating_date(arena, str_from(column), &a);
    return a;
}

static void columns_are_evidence(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct article a = record(arena, "2024-01-16", "누리시는 협의회를 열었다고 16일 밝혔다.");
    assert_int_equal(a.basis, BASIS_METADATA);
    assert_string_equal(date_iso(a.published).p, "2024-01-16");
    assert_string_equal(date_iso(a.lo).p, "2024-01-16");
    a = record(arena, "2024-01-16", "누리시는 협의회를 열었다. 입력 2024.01.05 10:00");
    assert_int_equal(a.basis, BASIS_PUBLISHED);
    assert_string_equal(date_iso(a.published).p, "2024-01-05");
    assert_true(contains(a.date_evidence, "2024-01-16")); /* the contradiction is noted */
    a = record(arena, "\"01/16/2024 17:00:00\"", "누리시는 협의회를 연다.");
    assert_string_equal(date_iso(a.published).p, "2024-01-16");
    a = record(arena, "2024-13-16", "누리시는 협의회를 연다.");
    assert_int_equal(a.basis, BASIS_UNKNOWN);
    assert_int_equal(a.published, DATE_NONE);
    /* a crawler's clock: the announcement's day is nearer to the truth */
    a = record(arena, "2024-01-16T03:00:00.123+00:00", "누리시는 협의회를 열었다고 9일 밝혔다.");
    assert_int_equal(a.basis, BASIS_METADATA);
    assert_string_equal(date_iso(a.published).p, "2024-01-09");
    /* a day column that the text contradicts by more than an editor's delay */
    a = record(arena, "2024-01-25", "누리시는 협의회를 열었다고 9일 밝혔다.");
    assert_int_equal(a.basis, BASIS_INFERRED);
    assert_int_equal(a.published, DATE_NONE);
    assert_string_equal(date_iso(a.lo).p, "2024-01-01");
    /* dates of which the text speaks are no publication dates */
    a = record(arena, "", "누리시는 2024년 3월 2일 협의회를 연다고 했다.");
    assert_int_equal(a.published, DATE_NONE);
    arena_free(arena);
}

static void an_address_confirms_a_column(void **state)
{
    static const struct {
        const char *url;
        bool confirms;
    } rows[] = {
        {"https://news.example.com/2024/01/25/12345", true},
        {"https://news.example.com/view?code=20240125093000123", true},
        {"https://news.example.com/2024-01-25-nuri", true},
        {"https://news.example.com/view?id=120240125", false},
        {"https://news.example.com/2024/01/09/12345", false},
        {"", false},
    };
    (void)state;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct article a = {.body = STR("누리시는 협의회를 열었다고 9일 밝혔다."), .url = str_from(rows[i].url)};
        dating_date(arena, STR("2024-01-25"), &a);
        assert_int_equal(a.basis, rows[i].confirms ? BASIS_METADATA : BASIS_INFERRED);
        assert_true(!rows[i].confirms || a.published == date_from(2024, 1, 25));
    }
    arena_free(arena);
}

/* Dates a record by its column; "" in lo and hi: an exact day. */
static void expect_record(const char *column, const char *title, const char *body, enum date_basis basis,
                          const char *lo, const char *hi)
{
    struct arena *arena = arena_new();
    struct article a = {.title = str_from(title), .body = str_from(body)};
    dating_date(arena, str_from(column), &a);
    if (a.basis != basis || strcmp(date_iso(a.lo).p, lo) != 0 || strcmp(date_iso(a.hi).p, hi) != 0)
        fail_msg("[%s|%s]: basis %d, %s..%s, evidence " STR_FMT, column, body, a.basis, date_iso(a.lo).p,
                 date_iso(a.hi).p, STR_ARG(a.date_evidence));
    arena_free(arena);
}

static void a_crawlers_clock_is_a_bound(void **state)
{
    (void)state;
    static const char clock[] = "2024-01-16T03:00:00.123+00:00";
    expect_record(clock, "", "누리시는 협의회를 열었다고 9일 밝혔다.", BASIS_METADATA, "2024-01-09", "2024-01-09");
    expect_record(clock, "", "누리시는 지난 9일 협의회를 열었다.", BASIS_INFERRED, "2024-01-09", "2024-01-16");
    expect_record(clock, "", "누리시는 9일 협의회를 열었다.", BASIS_INFERRED, "2024-01-09", "2024-01-10");
    expect_record(clock, "", "누리시는 지난 28일 협의회를 열었다.", BASIS_INFERRED, "2023-12-28", "2024-01-16");
    expect_record(clock, "", "누리시는 지난달 9일 협의회를 열었다.", BASIS_INFERRED, "2023-12-09", "2024-01-16");
    expect_record(clock, "", "누리시는 이달 9일 협의회를 열었다.", BASIS_INFERRED, "2024-01-09", "2024-01-10");
    expect_record(clock, "", "누리시는 16일 협의회를 열었다.", BASIS_METADATA, "2024-01-16", "2024-01-16");
    expect_record(clock, "", "누리시는 지난 15일 협의회를 열었다.", BASIS_METADATA, "2024-01-16", "2024-01-16");
    /* nothing in the text is past, or no day is named */
    expect_record(clock, "", "누리시는 오는 20일 협의회를 연다.", BASIS_INFERRED, "2023-12-17", "2024-01-16");
    expect_record(clock, "", "누리시는 상반기에 협의회를 연다.", BASIS_INFERRED, "2023-12-17", "2024-01-16");
    /* a day without fractions of a second is an editor's */
    expect_record("2024-01-16T00:00:00+09:00", "", "누리시는 지난 9일 협의회를 열었다.", BASIS_METADATA, "2024-01-16",
                  "2024-01-16");
}

static void a_column_may_be_contradicted(void **state)
{
    (void)state;
    static const char column[] = "2026-02-25";
    expect_record(column, "", "누리시는 9월 16일 협의회를 열었다.", BASIS_INFERRED, "2025-09-16", "2025-09-30");
    expect_record(column, "", "누리시는 3월 2일(일) 협의회를 연다.", BASIS_INFERRED, "2025-02-16", "2025-03-16");
    expect_record(column, "", "누리시는 지난 5일 ‘2025년 누리 잔치’를 열었다고 밝혔다.", BASIS_INFERRED, "2025-01-01",
                  "2025-12-31");
    expect_record(column, "", "누리시는 협의회를 열었다고 9일 밝혔다.", BASIS_INFERRED, "2026-02-01", "2026-02-28");
    /* and these do not contradict it */
    static const char *const fine[] = {
        "누리시는 지난해 9월 16일 협의회를 열었다.",
        "누리시는 지난 1월 16일 협의회를 열었다.",
        "누리시는 2025년 9월 16일 협의회를 열었다.",
        "누리시는 9월 16일부터 협의회를 열기로 했다.",
        "누리시는 오는 9월 16일 협의회를 연다.",
        "누리시는 3월 2일(월) 협의회를 연다.",
        "누리시는 설(2월 27일)이 다가왔다고 했다.",
        "누리시는 2025년 예산을 다 썼다고 25일 밝혔다.",
        "누리시는 지난 5일 ‘2025년 누리 잔치’를 열었다고 밝혔다. 2026년에도 연다.",
        "",
    };
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        expect_record(column, "", fine[i], BASIS_METADATA, column, column);
}

/* A date alone above a record's text is its page's. */
static void a_record_may_bring_its_date_along(void **state)
{
    (void)state;
    struct reading r = read_text("{\"title\":\"누리시, 협의회 열어\",\"date\":\"2025-12-18T22:06:13.86+00:00\","
                                 "\"body\":\" 2025-11-20\\n누리시는 지난 19일 협의회를 열었다. 서른 곳이 모였다.\"}\n");
    assert_int_equal(r.n, 1);
    assert_int_equal(r.articles[0].basis, BASIS_PUBLISHED);
    assert_string_equal(date_iso(r.articles[0].published).p, "2025-11-20");
    reading_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_are_read),
        cmocka_unit_test(serial_numbers_are_days),
        cmocka_unit_test(months_are_read),
        cmocka_unit_test(columns_may_count_from_1970),
        cmocka_unit_test(a_date_of_change_in_the_column_is_second),
        cmocka_unit_test(labels_decide),
        cmocka_unit_test(place_decides_without_label),
        cmocka_unit_test(traps_are_passed_over),
        cmocka_unit_test(a_month_may_be_guessed_but_is_no_date),
        cmocka_unit_test(columns_are_evidence),
        cmocka_unit_test(an_address_confirms_a_column),
        cmocka_unit_test(labels_of_many_houses),
        cmocka_unit_test(front_matter_is_a_column),
        cmocka_unit_test(a_crawlers_clock_is_a_bound),
        cmocka_unit_test(a_column_may_be_contradicted),
        cmocka_unit_test(a_record_may_bring_its_date_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
