/* The sample articles check themselves: every row of expected.tsv is possible, and the generator is repeatable. */
#include "base/utf8.h"
#include "data/data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

/* The generator's own sources, with its main renamed: the test needs no other binary. */
#include "../corpus/load.c"
#include "../corpus/page.c"
#include "../corpus/plan.c"
#include "../corpus/text.c"
#define main generate_corpus_main
int generate_corpus_main(int argc, char **argv);
#include "../corpus/generate.c"
#undef main

static const char *const columns[] = {"file",  "encoding", "cities", "categories",  "initiative", "date",
                                      "basis", "lo",       "hi",     "title_lines", "body_lines", "optional_lines",
                                      "title", "outlet",   "group",  "related",     "note"};
enum column {
    FILE_NAME,
    ENCODING,
    CITIES,
    CATEGORIES,
    INITIATIVE,
    DATE,
    BASIS,
    LO,
    HI,
    TITLE_LINES,
    BODY_LINES,
    OPTIONAL_LINES,
    TITLE,
    OUTLET,
    GROUP,
    RELATED,
    NOTE,
    COLUMNS
};

struct table {
    struct arena *arena;
    const char *directory;
    struct tsv rows;
    struct regions regions;
    struct taxonomy taxonomy;
};

#define CELL(table, row, column) tsv_cell(&(table)->rows, (row), (column))
#define TEXT(arena, s)           arena_copy((arena), (s).p, (s).n)

static struct str read_whole(struct arena *arena, const char *directory, const char *name)
{
    struct buf bytes = {0};
    struct err err = {0};
    if (!file_read(file_join(arena, directory, name), 1 << 22, &bytes, &err))
        fail_msg("%s", err.text);
    struct str copy = str_copy(arena, buf_view(&bytes));
    buf_free(&bytes);
    return copy;
}

static void load_table(struct table *table, const char *directory)
{
    struct err err = {0};
    table->arena = arena_new();
    table->directory = directory;
    bool done = tsv_parse(table->arena, "expected.tsv", read_whole(table->arena, directory, "expected.tsv"),
                          &table->rows, &err) &&
                regions_read(table->arena, &table->regions, &err) &&
                taxonomy_load(table->arena, "taxonomy.tsv", data_file("data/taxonomy.tsv"), &table->taxonomy, &err);
    if (!done)
        fail_msg("%s", err.text);
    assert_int_equal(table->rows.columns, COLUMNS);
    for (size_t i = 0; i < COLUMNS; i++)
        assert_true(str_equal(table->rows.header[i], str_from(columns[i])));
}

/* The decoded lines of a file, without their line ends. */
static struct lines read_decoded(const struct table *table, struct str file, struct str encoding)
{
    struct arena *arena = table->arena;
    struct str bytes = read_whole(arena, table->directory, TEXT(arena, file)), text;
    size_t bad = 0;
    /* ICU's "cp949" is IBM's code page, which reads the Korean middle dot A1A4 as a katakana one. */
    const char *converter = str_equal(encoding, STR("cp949")) ? "windows-949" : TEXT(arena, encoding);
    if (!utf8_decode(arena, bytes, converter, &text, &bad))
        fail_msg("%s: not %s at byte %zu", TEXT(arena, file), TEXT(arena, encoding), bad);
    struct lines lines = {ARENA_ARRAY(arena, text.n + 1, struct str), 0};
    struct str rest = text, line;
    while (str_line(&rest, &line))
        lines.items[lines.n++] = line;
    return lines;
}

/* U+00A0 counts as a blank where texts are compared. */
static struct str plain_blanks(struct arena *arena, struct str s)
{
    struct buf out = {0};
    for (size_t i = 0; i < s.n; i++) {
        bool nbsp = s.p[i] == '\xC2' && i + 1 < s.n && s.p[i + 1] == '\xA0';
        buf_char(&out, nbsp ? ' ' : s.p[i]);
        i += nbsp;
    }
    struct str plain = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return plain;
}

/* Checks "14-30,33" against the lines of a file: in order, inside, ends not blank. Returns how many hold text. */
static size_t check_ranges(const char *file, struct arena *arena, struct str ranges, struct lines lines,
                           struct str holds)
{
    size_t filled = 0, last = 0;
    struct str rest = ranges, range;
    while (ranges.n > 0 && str_field(&rest, ',', &range)) {
        char *end, *text = arena_copy(arena, range.p, range.n);
        size_t a = strtoul(text, &end, 10), b = *end == '-' ? strtoul(end + 1, &end, 10) : a;
        if (*end || a <= last || b < a || b > lines.n)
            fail_msg("%s: bad range %s of %zu lines", file, text, lines.n);
        for (size_t i = a; i <= b; i++) {
            filled += str_trim(lines.items[i - 1]).n > 0;
            if (holds.n > 0 && str_find(plain_blanks(arena, lines.items[i - 1]), holds, 0) == SIZE_MAX)
                fail_msg("%s:%zu: not the title", file, i);
        }
        if (str_trim(lines.items[a - 1]).n == 0 || str_trim(lines.items[b - 1]).n == 0)
            fail_msg("%s: range %s begins or ends blank", file, text);
        last = b;
    }
    return filled;
}

static void check_page(const struct table *table, size_t row)
{
    struct arena *arena = table->arena;
    struct str file = CELL(table, row, FILE_NAME);
    const char *name = TEXT(arena, file);
    size_t colon = str_find(file, STR(":"), 0);
    struct lines lines = read_decoded(table, str_slice(file, 0, colon), CELL(table, row, ENCODING));
    if (colon != SIZE_MAX) { /* a record of a JSONL file */
        size_t line = strtoul(name + colon + 1, NULL, 10);
        assert_in_range(line, 1, lines.n);
        assert_true(str_find(lines.items[line - 1], CELL(table, row, TITLE), 0) != SIZE_MAX);
        return;
    }
    bool reject = str_equal(CELL(table, row, INITIATIVE), STR("reject"));
    size_t titles = check_ranges(name, arena, CELL(table, row, TITLE_LINES), lines, CELL(table, row, TITLE));
    size_t body = check_ranges(name, arena, CELL(table, row, BODY_LINES), lines, STR(""));
    check_ranges(name, arena, CELL(table, row, OPTIONAL_LINES), lines, STR(""));
    if (reject ? titles + body != 0 : titles == 0 || body == 0)
        fail_msg("%s: %zu title lines and %zu body lines", name, titles, body);
}

static void check_codes(const struct table *table, size_t row)
{
    struct arena *arena = table->arena;
    struct str cities = CELL(table, row, CITIES), categories = CELL(table, row, CATEGORIES), item;
    const char *name = TEXT(arena, CELL(table, row, FILE_NAME));
    bool counted = str_equal(CELL(table, row, INITIATIVE), STR("yes"));
    bool none = str_equal(cities, STR("none"));
    if (counted ? none || categories.n == 0 : categories.n > 0)
        fail_msg("%s: initiative, cities and categories do not fit", name);
    while (!none && str_field(&cities, ';', &item)) {
        if (!regions_by_code(&table->regions, TEXT(arena, item)))
            fail_msg("%s: no city has the code %s", name, TEXT(arena, item));
    }
    while (categories.n > 0 && str_field(&categories, ',', &item)) {
        bool known = false;
        for (size_t i = 0; i < table->taxonomy.n; i++)
            known = known || str_equal(table->taxonomy.items[i].key, item);
        if (!known)
            fail_msg("%s: no category %s", name, TEXT(arena, item));
    }
}

static void check_dates(const struct table *table, size_t row)
{
    const char *name = TEXT(table->arena, CELL(table, row, FILE_NAME));
    struct str basis = CELL(table, row, BASIS), day = CELL(table, row, DATE);
    date_t lo = date_parse(CELL(table, row, LO)), hi = date_parse(CELL(table, row, HI));
    bool exact = str_equal(basis, STR("published")) || str_equal(basis, STR("metadata"));
    bool inferred = str_equal(basis, STR("inferred")), unknown = str_equal(basis, STR("unknown"));
    bool fits = exact      ? date_parse(day) != DATE_NONE && date_parse(day) == lo && lo == hi
                : inferred ? day.n == 0 && lo != DATE_NONE && lo <= hi
                           : unknown && day.n == 0 && lo == DATE_NONE && hi == DATE_NONE;
    if (!fits)
        fail_msg("%s: date, basis, lo and hi do not fit", name);
}

/* Reports of one initiative agree on cities and categories; look-alikes are different initiatives. */
static void check_groups(const struct table *table)
{
    for (size_t i = 0; i < table->rows.rows; i++) {
        struct str group = CELL(table, i, GROUP), related = CELL(table, i, RELATED);
        bool counted = str_equal(CELL(table, i, INITIATIVE), STR("yes")), alone = true;
        if (counted != (group.n > 0))
            fail_msg("row %zu: an initiative has a group, other rows have none", i + 2);
        for (size_t j = 0; j < table->rows.rows; j++) {
            bool same = group.n > 0 && str_equal(group, CELL(table, j, GROUP));
            if (same && (!str_equal(CELL(table, i, CITIES), CELL(table, j, CITIES)) ||
                         !str_equal(CELL(table, i, CATEGORIES), CELL(table, j, CATEGORIES))))
                fail_msg("rows %zu and %zu: one group, different cities or categories", i + 2, j + 2);
            if (i != j && str_equal(CELL(table, i, FILE_NAME), CELL(table, j, FILE_NAME)))
                fail_msg("rows %zu and %zu: the same file", i + 2, j + 2);
            if (!same && related.n > 0 && str_equal(related, CELL(table, j, RELATED)))
                alone = false;
        }
        if (related.n > 0 && alone)
            fail_msg("row %zu: a look-alike without its double", i + 2);
    }
}

static size_t count_rows(const struct table *table, enum column column, const char *value)
{
    size_t n = 0;
    for (size_t i = 0; i < table->rows.rows; i++)
        n += str_equal(CELL(table, i, column), str_from(value));
    return n;
}

static size_t count_cities(const struct table *table)
{
    size_t n = 0;
    for (size_t i = 0; i < table->rows.rows; i++) {
        struct str city = str_slice(CELL(table, i, CITIES), 0, 5);
        bool first = str_equal(CELL(table, i, INITIATIVE), STR("yes"));
        for (size_t j = 0; first && j < i; j++)
            first = !str_equal(city, str_slice(CELL(table, j, CITIES), 0, 5)) ||
                    !str_equal(CELL(table, j, INITIATIVE), STR("yes"));
        n += first;
    }
    return n;
}

/* Prints pages, initiatives and cities a month, so that a change of the corpus is seen. */
static void print_table(const struct table *table)
{
    static const char *const keys[] = {"startup", "bio", "manufacturing"};
    print_message("month     pages  yes   no  startup  bio  manufacturing (reports)\n");
    for (date_t month = date_from(2022, 11, 1); month <= date_from(2024, 1, 1); month = date_add_months(month, 1)) {
        size_t pages = 0, yes = 0, kinds[3] = {0};
        for (size_t i = 0; i < table->rows.rows; i++) {
            date_t day = date_parse(CELL(table, i, DATE));
            if (day < month || day > date_month_end(month))
                continue;
            pages++;
            yes += str_equal(CELL(table, i, INITIATIVE), STR("yes"));
            for (size_t k = 0; k < 3; k++)
                kinds[k] += str_find(CELL(table, i, CATEGORIES), str_from(keys[k]), 0) != SIZE_MAX;
        }
        if (pages > 0)
            print_message("%s  %6zu %4zu %4zu  %7zu %4zu %6zu\n", date_iso_month(month).p, pages, yes, pages - yes,
                          kinds[0], kinds[1], kinds[2]);
    }
}

static void check_table(const struct table *table)
{
    for (size_t row = 0; row < table->rows.rows; row++) {
        check_page(table, row);
        check_codes(table, row);
        check_dates(table, row);
    }
    check_groups(table);
    print_table(table);
}

static void test_written(void **state)
{
    (void)state;
    struct table table = {0};
    load_table(&table, "tests/corpus");
    check_table(&table);
    assert_true(table.rows.rows >= 60);
    assert_true(count_cities(&table) >= 25);
    assert_true(count_rows(&table, ENCODING, "cp949") >= 6);
    assert_true(count_rows(&table, ENCODING, "utf-16le") >= 1);
    assert_true(count_rows(&table, INITIATIVE, "no") >= 15);
    assert_true(count_rows(&table, INITIATIVE, "reject") >= 2);
    char **paths;
    size_t n, listed = 0;
    struct err err = {0};
    assert_true(file_list("tests/corpus/pages", table.arena, &paths, &n, &err));
    for (size_t i = 0; i < table.rows.rows; i++)
        listed += str_starts(CELL(&table, i, FILE_NAME), STR("pages/"));
    assert_int_equal(n, listed); /* no page without a row */
    arena_free(table.arena);
}

static void run_generator(const char *directory, const char *seed)
{
    char *argv[] = {(char *)"generate-corpus", (char *)directory, (char *)seed, NULL};
    assert_int_equal(generate_corpus_main(3, argv), 0);
}

static void remove_tree(struct arena *arena, const char *directory)
{
    char **paths;
    size_t n;
    struct err err = {0};
    if (file_list(directory, arena, &paths, &n, &err)) {
        for (size_t i = 0; i < n; i++)
            unlink(paths[i]);
    }
    rmdir(file_join(arena, directory, "pages"));
    rmdir(directory);
}

/* All bytes below a directory as one hash, names included. */
static void tree_hash(struct arena *arena, const char *directory, char hex[65])
{
    char **paths;
    size_t n;
    struct err err = {0};
    struct buf all = {0};
    assert_true(file_list(directory, arena, &paths, &n, &err));
    for (size_t i = 0; i < n; i++) {
        const char *name = paths[i] + strlen(directory);
        buf_printf(&all, "%s\n", name);
        buf_str(&all, read_whole(arena, directory, name));
    }
    file_sha256(buf_view(&all), hex);
    buf_free(&all);
}

static void test_generated(void **state)
{
    (void)state;
    char first[] = "/tmp/corpus-a-XXXXXX", second[] = "/tmp/corpus-b-XXXXXX", third[] = "/tmp/corpus-c-XXXXXX";
    assert_true(mkdtemp(first) && mkdtemp(second) && mkdtemp(third));
    run_generator(first, "1");
    run_generator(second, "1");
    run_generator(third, "2");
    struct table table = {0};
    load_table(&table, first);
    char a[65], b[65], c[65];
    tree_hash(table.arena, first, a);
    tree_hash(table.arena, second, b);
    tree_hash(table.arena, third, c);
    check_table(&table);
    size_t cities = count_cities(&table), rows = table.rows.rows, cp949 = count_rows(&table, ENCODING, "cp949");
    remove_tree(table.arena, first);
    remove_tree(table.arena, second);
    remove_tree(table.arena, third);
    arena_free(table.arena);
    assert_string_equal(a, b);
    assert_string_not_equal(a, c);
    assert_in_range(rows, 500, 800);
    assert_true(cities >= 60);
    assert_true(cp949 >= 10);
}

/* 조사 after slots, which every generated sentence rests on. */
static void test_particles(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"고성군은(는)", "고성군은"},     {"시흥시은(는)", "시흥시는"}, {"서울으로(로)", "서울로"},
        {"‘꿈터’을(를)", "‘꿈터’를"},     {"‘마당’이(가)", "‘마당’이"}, {"3과(와) 2과(와)", "3과 2와"},
        {"산업단지이(가)", "산업단지가"}, {"강남구과(와)", "강남구와"},
    };
    struct arena *arena = arena_new();
    struct slots slots = {0};
    struct rng rng = {1};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(text_fill(arena, &rng, &slots, str_from(cases[i][0])).p, cases[i][1]);
    slots_set(&slots, "시", "함평군");
    assert_string_equal(text_fill(arena, &rng, &slots, STR("{옛 {{시}}|옛 {{시}}}은(는)")).p, "옛 함평군은");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_particles), cmocka_unit_test(test_written),
                                       cmocka_unit_test(test_generated)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
