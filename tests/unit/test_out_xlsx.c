/* The workbook: its bytes, its limits, and hostile texts as LibreOffice reads them. The rest: tests/cli/test_xlsx.sh.
 */
#include "out/xlsx.h"
#include "sheets_fixture.h"

#include "base/file.h"

#include <time.h>

static struct buf workbook(struct fixture *f)
{
    struct buf out = {0};
    struct err err = {0};
    if (!xlsx_write(&f->brief, "2024-01", SHEET_KOREAN, &out, &err))
        fail_msg("%s", err.text);
    return out;
}

static void same_brief_same_bytes(void **state)
{
    struct buf one = workbook(*state);
    setenv("TZ", "Pacific/Kiritimati", 1);
    tzset();
    sleep(1); /* of a clock that the bytes must not show */
    struct buf two = workbook(*state);
    unsetenv("TZ");
    tzset();
    assert_true(one.n > 5000 && str_starts(buf_view(&one), STR("PK")));
    assert_true(str_equal(buf_view(&one), buf_view(&two)));
    buf_free(&one);
    buf_free(&two);
}

static void too_many_rows_are_an_error(void **state)
{
    struct fixture *f = *state;
    struct brief_month one = f->trend[12];
    enum { MONTHS = 1048576 / 4 };
    f->brief.trend = ARENA_ARRAY(f->arena, MONTHS, struct brief_month);
    for (size_t i = 0; i < MONTHS; i++)
        f->brief.trend[i] = one;
    f->brief.n_trend = MONTHS;
    struct buf out = {0};
    struct err err = {0};
    assert_false(xlsx_write(&f->brief, "2024-01", SHEET_KOREAN, &out, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.text, "trend: 1048576 rows"));
    assert_int_equal(out.n, 0);
}

static void an_empty_brief_is_a_workbook(void **state)
{
    struct fixture *f = *state;
    f->brief.n_cities = f->brief.n_initiatives = f->brief.n_sources = f->brief.n_undated = f->brief.n_doubtful = 0;
    f->brief.n_trend = 0;
    f->brief.cutoff = DATE_NONE;
    struct buf out = workbook(f);
    assert_true(out.n > 5000);
    buf_free(&out);
}

static void make_directory(char directory[300])
{
    const char *tmp = getenv("TMPDIR");
    snprintf(directory, 300, "%s/test_out_xlsx_XXXXXX", tmp ? tmp : P_tmpdir);
    assert_non_null(mkdtemp(directory));
}

/* Writes the workbook, and returns what LibreOffice reads on one of its sheets as CSV; p NULL without LibreOffice. */
static struct str shown(struct fixture *f, const char *sheet)
{
    char directory[300], profile[400];
    make_directory(directory);
    snprintf(profile, sizeof profile, "-env:UserInstallation=file://%s/profile", directory);
    const char *path = file_join(f->arena, directory, "t.xlsx");
    struct buf bytes = workbook(f), said = {0}, csv = {0};
    struct err err = {0};
    assert_true(file_publish(path, buf_view(&bytes), &err));
    buf_free(&bytes);
    const char *argv[] = {"soffice",
                          "--headless",
                          profile,
                          "--convert-to",
                          "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
                          "--outdir",
                          directory,
                          path,
                          NULL};
    int status = test_run(argv, &said);
    struct str text = {NULL, 0};
    if (status == 0) {
        if (!file_read(arena_printf(f->arena, "%s/t-%s.csv", directory, sheet), 1 << 20, &csv, &err))
            fail_msg("%s", err.text);
        text = str_copy(f->arena, buf_view(&csv));
    }
    buf_free(&csv);
    test_run((const char *[]){"rm", "-rf", directory, NULL}, &said);
    buf_free(&said);
    return text;
}

static bool holds(struct str text, const char *part)
{
    return str_find(text, str_from(part), 0) != SIZE_MAX;
}

static void hostile_texts_are_text(void **state)
{
    struct fixture *f = *state;
    struct buf noncharacters = {0};
    buf_utf8(&noncharacters, 0xffff);
    buf_text(&noncharacters, "끝");
    f->sources[0].title = STR("_x0041_ =1+1 <b>&amp;");
    f->sources[0].outlet = buf_view(&noncharacters);
    f->sources[0].url = STR("javascript:alert(1)");
    f->sources[0].source = STR("{=1+1}");
    f->sources[1].title = STR("줄\n바꿈\t탭");
    f->sources[1].url = STR("https://a.example/가 나?a=1&b=\"2\"#조각");
    f->sources[1].source = STR("internal:Sheet1!A1");
    f->undated[0].url = STR("file:///etc/passwd");
    struct str text = shown(f, "기사");
    buf_free(&noncharacters);
    if (!text.p)
        skip();
    assert_true(holds(text, "_x0041_ =1+1 <b>&amp;"));
    assert_true(holds(text, "\xEF\xBF\xBD끝"));
    assert_true(holds(text, "javascript:alert(1)"));
    assert_true(holds(text, "{=1+1}"));
    assert_true(holds(text, "줄\n바꿈\t탭"));
    assert_true(holds(text, "https://a.example/가 나?a=1&b=\"\"2\"\"#조각"));
    assert_true(holds(text, "internal:Sheet1!A1"));
    assert_true(holds(text, "file:///etc/passwd"));
    assert_true(holds(text, "2024-01-16"));
}

/* The addresses that a click would open. */
static void links_lead_where_they_seem(void **state)
{
    struct fixture *f = *state;
    char directory[300];
    make_directory(directory);
    const char *path = file_join(f->arena, directory, "t.xlsx");
    f->sources[0].url = STR("https://user:word@a.example/");
    f->sources[1].url = STR("HTTPS://b.example/1");
    f->undated[0].url = STR("mailto:a@c.example");
    struct buf bytes = workbook(f), links = {0}, said = {0};
    struct err err = {0};
    assert_true(file_publish(path, buf_view(&bytes), &err));
    int status = test_run((const char *[]){"unzip", "-p", path, "xl/worksheets/_rels/*", NULL}, &links);
    test_run((const char *[]){"rm", "-rf", directory, NULL}, &said);
    if (status == 0) {
        assert_true(holds(buf_view(&links), "b.example/1"));
        assert_false(holds(buf_view(&links), "a.example"));
        assert_false(holds(buf_view(&links), "mailto"));
    }
    buf_free(&bytes);
    buf_free(&links);
    buf_free(&said);
    if (status)
        skip();
}

static void what_does_not_fit_is_cut_and_said_so(void **state)
{
    struct fixture *f = *state;
    struct buf title = {0};
    for (int i = 0; i < 40000; i++)
        buf_text(&title, i % 100 ? "가" : "_x0041_");
    f->money[2].lo = INT64_MAX;
    f->sources[0].title = buf_view(&title);
    struct str contents = shown(f, "안내");
    buf_free(&title);
    if (!contents.p)
        skip();
    assert_true(holds(contents, "32,767자를 넘어 뒤를 자른 칸이 있음"));
    f->sources[0].title = STR("짧음");
    assert_false(holds(shown(f, "안내"), "32,767"));
    assert_true(holds(shown(f, "세부"), "9223372036854775807")); /* as text: a number there has 15 digits */
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(same_brief_same_bytes),  CASE(too_many_rows_are_an_error),           CASE(an_empty_brief_is_a_workbook),
        CASE(hostile_texts_are_text), CASE(what_does_not_fit_is_cut_and_said_so), CASE(links_lead_where_they_seem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
