/* Which column feeds which field: by its name, or as --map says. */
#include "ingest_fixture.h"

#include "ingest/mapping.h"

static struct arena *arena;

static size_t cells_of(const char *line, struct str cells[32])
{
    struct str rest = str_from(line);
    size_t n = 0;
    while (n < 32 && str_field(&rest, '|', &cells[n]))
        n++;
    return n;
}

/* The fields of a header's columns as "title 0 body": 0 for none; or the error. */
static const char *fields_of(const char *map, const char *header)
{
    static const char *const names[FIELDS + 1] = {"id",  "outlet",  "date",     "title",    "body",     "subtitle",
                                                  "url", "regions", "agencies", "keywords", "excluded", "0"};
    struct str *cells = ARENA_ARRAY(arena, 32, struct str);
    struct map parsed;
    struct mapping m;
    struct err err = {0};
    struct buf out = {0};
    size_t n = cells_of(header, cells);
    if (!map_parse(map, &parsed, &err) || !mapping_make(arena, &parsed, cells, n, &m, &err))
        return arena_printf(arena, "%d %s", err.kind, err.text);
    for (size_t c = 0; c < n; c++)
        buf_printf(&out, "%s%s", c ? " " : "", names[m.field[c]]);
    struct str unclear = mapping_unclear(arena, &parsed, &m);
    if (unclear.n)
        buf_printf(&out, "; " STR_FMT, STR_ARG(unclear));
    const char *copy = str_copy(arena, buf_view(&out)).p;
    buf_free(&out);
    return copy;
}

static void names_as_sources_write_them(void **state)
{
    (void)state;
    assert_string_equal(fields_of(NULL, "뉴스 식별자|일자|언론사|기고자|제목|통합 분류1|위치|기관|키워드|"
                                        "특성추출(가중치순 상위 50개)|본문|URL|분석제외 여부"),
                        "id date outlet 0 title 0 regions agencies keywords keywords body url excluded");
    assert_string_equal(fields_of(NULL, "title|originallink|link|description|pubDate"), "title url url body date");
    assert_string_equal(fields_of(NULL, "번호|보도자료 제목|보도자료_내용|등록일자|담당부서"),
                        "0 title body date agencies");
    assert_string_equal(fields_of(NULL, "타이틀|원문 내용|기사등록일시|언론매체|보도 링크|created_at"),
                        "title body date outlet url 0"); /* the last may be the crawler's clock */
    assert_string_equal(fields_of(NULL, "Pub-Date|HEADLINE|[본문]|기사 제목（국문）|"), "date title body title 0");
}

static void unclear_columns_are_listed_with_the_option(void **state)
{
    (void)state;
    assert_string_equal(fields_of(NULL, "번호|표제어||비고"),
                        "0 0 0 0; columns: 번호, 표제어, 3, 비고: say which is which with --map title=…,body=…");
    assert_string_equal(fields_of(NULL, "일자|제목|키워드"),
                        "date title keywords; columns: 일자, 제목, 키워드: say which is the text with --map body=…");
    assert_string_equal(fields_of(NULL, "본문"), "body; columns: 본문: say which is the text with --map title=…");
    assert_string_equal(fields_of("body=본문", "본문"), "body"); /* a person's word: titles are made of it */
}

static void a_map_goes_first(void **state)
{
    (void)state;
    assert_string_equal(
        fields_of("title=표제어,body=\"요지, 전체\",date=\"게재 시점\"", "표제어|제목|요지, 전체|게재 시점"),
        "title 0 body date");
    assert_string_equal(fields_of("title=2, body=3", "번호|a|b|일자"), "0 title body date");
    assert_string_equal(fields_of("title=2024,body=1", "b|2024"), "body title");
    assert_string_equal(fields_of("title=Head_Line,body=본문(요약)", "head line|본문|본문(요약)"), "title 0 body");
    assert_string_equal(fields_of("title=a,title=b,body=c", "a|b|c|제목"), "title title body 0");
    assert_string_equal(fields_of("body=제목,title=제목", "제목|본문"),
                        "body 0"); /* of two pairs for one column the first holds */
}

static void mistakes_in_a_map_are_told(void **state)
{
    (void)state;
    assert_string_equal(fields_of("titel=제목", "제목"),
                        "64 --map: no field \"titel\" (did you mean title?): the fields are id, outlet, date, title, "
                        "body, subtitle, url, regions, agencies, keywords, excluded");
    assert_string_equal(fields_of("title", "제목"),
                        "64 --map title: \"title\" should be FIELD=COLUMN, as in title=제목");
    assert_string_equal(fields_of("title=", "제목"),
                        "64 --map title=: \"title\" should be FIELD=COLUMN, as in title=제목");
    assert_string_equal(fields_of("title=\"제목", "제목"),
                        "64 --map title=\"제목: \"title\" should be FIELD=COLUMN, as in title=제목");
    assert_string_equal(fields_of("", "제목"), "64 --map: empty; title=COLUMN,body=COLUMN is wanted");
    assert_string_equal(fields_of("title=기사제목,body=9", "기사 제묵|본문"),
                        "65 --map: no column \"9\"; columns: 기사 제묵, 본문");
    assert_string_equal(fields_of("title=기사제목", "기사 제묵|본문"),
                        "65 --map: no column \"기사제목\" (did you mean 기사 제묵?); columns: 기사 제묵, 본문");
}

static void the_best_column_with_a_value_wins(void **state)
{
    (void)state;
    struct str header[32], cells[32], fields[FIELDS];
    struct map map = {.n = 0};
    struct mapping m;
    struct err err = {0};
    size_t n = cells_of("제목(영문)|제목|description|본문|link|originallink|제목", header);
    assert_true(mapping_make(arena, &map, header, n, &m, &err));
    n = cells_of("Title|하나|요약|본문|https://b.example|https://a.example|둘", cells);
    mapping_row(&m, cells, n, fields);
    assert_str(fields[F_TITLE], "하나");
    assert_str(fields[F_BODY], "본문");
    assert_str(fields[F_URL], "https://a.example");
    n = cells_of("Title| \t|요약||https://b.example", cells);
    mapping_row(&m, cells, n, fields);
    assert_str(fields[F_TITLE], "Title");
    assert_str(fields[F_BODY], "요약");
    assert_str(fields[F_URL], "https://b.example");
    assert_str(fields[F_DATE], "");
}

static void hits_count_each_field_once(void **state)
{
    (void)state;
    struct str cells[32];
    struct map map;
    struct err err = {0};
    assert_true(map_parse("title=헤더", &map, &err));
    assert_int_equal(mapping_hits(&map, cells, cells_of("헤더|본문|본문|제목|x", cells)), 2);
    assert_int_equal(mapping_hits(&map, cells, cells_of("2024년 보도자료 목록||", cells)), 0);
}

static int make_arena(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int free_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_as_sources_write_them),
        cmocka_unit_test(unclear_columns_are_listed_with_the_option),
        cmocka_unit_test(a_map_goes_first),
        cmocka_unit_test(mistakes_in_a_map_are_told),
        cmocka_unit_test(the_best_column_with_a_value_wins),
        cmocka_unit_test(hits_count_each_field_once),
    };
    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
