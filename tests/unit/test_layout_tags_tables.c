/* The elements of tables, cards and charts, with the fake shaper. */
#include "table_builder.h"
#include "tree_text.h"

static void header_and_names_of_rows(void **state)
{
    (void)state;
    grid("lrr", "구분|건수|금액\n가|1|2\n나||3\n");
    lay();
    expect("Table(THead(TR(TH:col'구분' TH:col'건수' TH:col'금액')) "
           "TBody(TR(TH:row'가' TD'1' TD'2') TR(TH:row'나' TD TD'3')))");
}

static void cells_without_text_are_no_headings(void **state)
{
    (void)state;
    struct block *block = grid("lrr", "|a|b\nx|1|2\n|3|4\n||\n합계|4|6\n|합계|6\n");
    option(block, "total", "2");
    lay();
    expect("Table(THead(TR(TD TH:col'a' TH:col'b')) TBody(TR(TH:row'x' TD'1' TD'2') TR(TD TD'3' TD'4') "
           "TR(TD TD TD) TR(TH:row'합계' TD'4' TD'6') TR(TD TH:row'합계' TD'6')))");
}

static void spans_and_several_rows_of_header(void **state)
{
    (void)state;
    struct block *block = grid("llrr", "지역|<|2024|<\n^|<|상|하\n경기|수원|1|2\n^|용인|3|<\n^|광주|^|<\n서울|<|5|6\n");
    option(block, "header", "2");
    option(block, "stub", "2");
    lay();
    expect("Table(THead(TR(TH:col/2x2'지역' TH:col/2x1'2024') TR(TH:col'상' TH:col'하')) "
           "TBody(TR(TH:row/1x3'경기' TH:row'수원' TD'1' TD'2') TR(TH:row'용인' TD/2x2'3') "
           "TR(TH:row'광주') TR(TH:row/2x1'서울' TD'5' TD'6')))");
}

static void a_cell_over_rows_that_have_no_other_text(void **state)
{
    (void)state;
    struct table *table = grid("ll", "a|b\nx|y\n^|\n")->table;
    table->cells[3] = (struct cell){.runs = build_runs(&b, ""), .n = 1};
    lay();
    expect("Table(THead(TR(TH:col'a' TH:col'b')) TBody(TR(TH:row/1x2'x' TD'y') TR(TD)))");
}

static void a_row_without_a_cell_of_its_own_is_none(void **state)
{
    (void)state;
    grid("ll", "a|b\nx|y\n^|^\n^|z\n3|<\n^|<\n");
    lay();
    expect("Table(THead(TR(TH:col'a' TH:col'b')) TBody(TR(TH:row/1x2'x' TD'y') TR(TD'z') TR(TH:row/2x1'3')))");
}

static void group_rows_and_subtotals(void **state)
{
    (void)state;
    struct block *block = grid("lrr", "name|n|m\n경기도|<|<\n수원|1|2\n소계|1|2\n");
    option(block, "subtotal", "소계");
    option(block, "stub", "0");
    lay();
    expect("Table(THead(TR(TH:col'name' TH:col'n' TH:col'm')) TBody(TR(TH:row/3x1'경기도') "
           "TR(TD'수원' TD'1' TD'2') TR(TH:row'소계' TD'1' TD'2')))");
}

static void ranks_are_no_names(void **state)
{
    (void)state;
    struct block *block = grid("llrl", "순위|지역|추이|글\n1|가|1 2 3|글\n|합계|4 5|\n–|6|7|글\n2|나|<|<\n3|<|8|글\n");
    option(block, "spark", "3");
    block = grid("lll", "번호|추이|글\n1|2 3|글\n2|글|4\n");
    option(block, "spark", "2");
    option(block, "stub", "0");
    lay();
    expect("Table(THead(TR(TH:col'순위' TH:col'지역' TH:col'추이' TH:col'글')) TBody("
           "TR(TH:row'1' TH:row'가' TD(Figure[추이: 1, 2, 3] '3') TD'글') "
           "TR(TD TH:row'합계' TD(Figure[추이: 4, 5] '5') TD) "
           "TR(TH:row'–' TD'6' TD(Figure[추이: 7] '7') TD'글') TR(TH:row'2' TD/3x1'나') "
           "TR(TH:row/2x1'3' TD(Figure[추이: 8] '8') TD'글'))) "
           "Table(THead(TR(TH:col'번호' TH:col'추이' TH:col'글')) TBody("
           "TR(TD'1' TD(Figure[추이: 2, 3] '3') TD'글') TR(TD'2' TD'글' TD'4')))");
}

static void dates_are_names(void **state)
{
    (void)state;
    grid("lll", "시기|내용|곳\n2024년 하반기|착공|가\n3월|개소|나\n4분기|준공|다\n5위|이름|라\n");
    lay();
    expect(
        "Table(THead(TR(TH:col'시기' TH:col'내용' TH:col'곳')) TBody("
        "TR(TH:row'2024년 하반기' TD'착공' TD'가') TR(TH:row'3월' TD'개소' TD'나') TR(TH:row'4분기' TD'준공' TD'다') "
        "TR(TH:row'5위' TH:row'이름' TD'라')))");
}

static void tables_without_a_header(void **state)
{
    (void)state;
    struct block *block = grid("ll", "|\na|b\nc|d\n");
    option(block, "header", "0");
    option(block, "stub", "0");
    grid("l", "alone\n1\n2\n");
    grid("ll", "no|rows\n");
    lay();
    expect("Table(TBody(TR(TH:row'a' TD'b') TR(TH:row'c' TD'd'))) "
           "Table(THead(TR(TH:col'alone')) TBody(TR(TD'1') TR(TD'2'))) "
           "Table(TBody(TR(TH:col'no' TH:col'rows')))");
}

static void a_table_has_its_title_and_unit_and_its_notes_follow(void **state)
{
    (void)state;
    struct block *title = build_paragraph(&b, "caption", "Title");
    build_call(&b, &title->runs, &title->n, 1);
    build_paragraph(&b, "unit", "(unit)");
    struct cell *cell = &grid("ll", "a|b\nx|y\n")->table->cells[1];
    build_call(&b, &cell->runs, &cell->n, 2);
    build_paragraph(&b, "figure", "Picture");
    build_chart(&b, 1)->chart->title = STR("");
    build_notes(&b, 2, "here");
    lay();
    expect("Table(Caption(P'Title'(Reference(Link'1)')) P'(unit)') THead(TR(TH:col'a' TH:col'b')) "
           "TBody(TR(TH:row'x' TD'y'(Reference(Link'2)'))))) "
           "Note(Lbl(Link'1)') P'note1. here') Note(Lbl(Link'2)') P'note2. here') "
           "Div(Caption'Picture' P'(단위: unit)' Figure[그래프]'bar01')");
}

static void links_in_cells(void **state)
{
    (void)state;
    struct table *table = grid("ll", "a|b\nx|before\n")->table;
    struct run *runs = ARENA_ARRAY(b.arena, 3, struct run);
    runs[0].text = STR("before ");
    runs[1] = (struct run){.text = STR("there"), .link = STR("https://example.com/")};
    runs[2].text = STR(" after");
    table->cells[1] = (struct cell){.runs = runs, .n = 3};
    lay();
    expect("Table(THead(TR(TH:col'a' TH:col'b')) TBody(TR(TH:row'x' "
           "TD'before '(Link'there' ' after'))))");
}

/* What is drawn as content; all of it is one element's. */
static size_t shapes(void)
{
    tag_id figure = 0;
    size_t n = 0;
    for (size_t i = 0; i < seen.n; i++) {
        const struct op *op = &seen.items[i].op;
        if (!op->tag || (op->kind != OP_RECT && op->kind != OP_LINE && op->kind != OP_PATH))
            continue;
        assert_true(!n || op->tag == figure);
        figure = op->tag;
        n++;
    }
    return n;
}

static void sparklines_say_a_number_that_comes_again_once(void **state)
{
    (void)state;
    struct buf many = {0};
    struct block *block = grid("lr", "a|spark\nx|0 0 0 0 – – 1 1 1\ny|1 0 0 0 0\nz|2 2\n");
    option(block, "spark", "2");
    lay();
    expect("Table(THead(TR(TH:col'a' TH:col'spark')) TBody("
           "TR(TH:row'x' TD(Figure[추이: 0 (4번), –, –, 1 (3번)] '1')) "
           "TR(TH:row'y' TD(Figure[추이: 1, 0 (4번)] '0')) TR(TH:row'z' TD(Figure[추이: 2, 2] '2'))))");
    buf_text(&many, "a|spark\nx|");
    for (int i = 0; i < 300; i++)
        buf_printf(&many, "%d ", i % 2);
    buf_text(&many, "7 7 7\n");
    teardown(state);
    setup(state);
    block = grid("lr", many.p);
    option(block, "spark", "2");
    lay();
    const char *text = tree_line();
    assert_non_null(strstr(text, "[추이: 0, 1, 0, "));
    assert_non_null(strstr(text, ", 1, …, 7 (3번)]"));
    assert_true(strlen(text) < 600);
    buf_free(&many);
}

static void bars_are_decoration_and_sparklines_say_their_numbers(void **state)
{
    (void)state;
    struct block *block = grid("lrr", "a|bar|spark\nx|5|3 x 5 – 8\ny|2|\n");
    option(block, "bars", "2");
    option(block, "spark", "3");
    lay();
    const char *text = tree_line();
    assert_string_equal(text, "Table(THead(TR(TH:col'a' TH:col'bar' TH:col'spark')) TBody("
                              "TR(TH:row'x' TD'5' TD(Figure[추이: 3, 5, –, 8] '8')) TR(TH:row'y' TD'2' TD)))");
    assert_int_equal(shapes(), 2); /* from 3 to 5, and a dot on 8 */
}

/* ---- longer and wider than a page ---- */

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, what)); at += strlen(what))
        n++;
    return n;
}

static void a_wide_table_is_one_table(void **state)
{
    (void)state;
    build_table(&b, 2, 60, "xxxx");
    lay();
    const char *text = tree_line();
    assert_int_equal(count_diag(&seen, "wide-table"), 1);
    assert_int_equal(count(text, "Table("), 1);
    assert_int_equal(count(text, "TR("), 3);
    assert_int_equal(count(text, "TH:col'head"), 60);
    assert_int_equal(count(text, "TH:row'xxxx'"), 2);
    assert_int_equal(count(text, "TD'xxxx'"), 2 * 59); /* each once, the names of rows too */
    assert_non_null(strstr(text, "TH:col'head58' TH:col'head59')) TBody(TR(TH:row'xxxx' TD'xxxx'"));
}

static void what_a_band_cuts_is_said_once(void **state)
{
    (void)state;
    struct block *block = build_table(&b, 2, 60, "xxxx");
    struct cell *cells = block->table->cells;
    for (size_t c = 2; c < 60; c++)
        cells[c] = (struct cell){.join = JOIN_LEFT};
    cells[60] = (struct cell){.join = JOIN_UP};
    lay();
    const char *text = tree_line();
    assert_non_null(strstr(text, "TBody(TR(TH:row/1x2'xxxx' TD/59x1'xxxx') TR(TD'xxxx' TD'xxxx'"));
    assert_int_equal(count(text, "TD'xxxx'"), 59);
}

static void rows_divided_over_pages(void **state)
{
    (void)state;
    struct table *table = build_table(&b, 3, 2, NULL)->table;
    for (size_t c = 2; c < 4; c++) {
        struct buf text = {0};
        for (size_t i = 0; i < 150; i++)
            buf_printf(&text, "%s%zu:%zu.............................................", i ? " " : "", c, i);
        table->cells[c].runs = build_runs(&b, text.p);
        buf_free(&text);
    }
    lay();
    const char *text = tree_line();
    assert_true(seen.pages > 2);
    assert_int_equal(count(text, "TH:col"), 2);
    assert_int_equal(count(text, "TR("), 4);
    assert_int_equal(count(text, "TH:row'2:0.."), 1);
    assert_int_equal(count(text, "TD'3:0.."), 1);
    assert_true(strstr(text, "2:149.") < strstr(text, "3:0."));
}

static void names_of_groups_go_on_without_a_word(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "name|n\n경기도|<\n");
    for (size_t i = 0; i < 100; i++)
        buf_printf(&text, "row%zu|%zu\n", i, i);
    grid("lr", text.p);
    buf_free(&text);
    lay();
    const char *said = tree_line();
    assert_true(seen.pages > 1);
    assert_int_equal(count(said, "경기도"), 1);
    assert_int_equal(count(said, "TR("), 102);
}

static void nothing_of_the_header_goes_on_below_a_group(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "name|n|m\n경기도|<|<\n^|tall");
    for (size_t i = 0; i < 3000; i++)
        buf_text(&text, " word");
    buf_text(&text, "|2\n");
    grid("lll", text.p);
    buf_free(&text);
    lay();
    const char *line = tree_line();
    assert_int_equal(count_diag(&seen, "table-span-split"), 1);
    assert_non_null(strstr(line, "TBody(TR(TH:row/3x1'경기도') TR(TD TH:row'tall word"));
    assert_non_null(strstr(line, "word' TD'2')))"));
}

/* Every row of every part takes every column once; returns the number of rows. */
static size_t check_part(const struct tags *tags, tag_id part, size_t columns, uint32_t round)
{
    size_t rows = 0, *until = ARENA_ARRAY(b.arena, columns, size_t); /* row at which a column is free again */
    for (tag_id line = tags_get(tags, part)->first; line; line = tags_get(tags, line)->next, rows++) {
        size_t c = 0;
        assert_true(tags_get(tags, line)->seen);
        for (tag_id id = tags_get(tags, line)->first; id; id = tags_get(tags, id)->next) {
            const struct tag *cell = tags_get(tags, id);
            while (c < columns && until[c] > rows)
                c++;
            for (size_t end = c + cell->columns; c < end; c++) {
                if (c >= columns || until[c] > rows)
                    fail_msg("round %u: row %zu: a cell takes column %zu, which there is not", round, rows, c);
                until[c] = rows + cell->rows;
            }
        }
        for (c = 0; c < columns; c++)
            if (until[c] <= rows)
                fail_msg("round %u: row %zu: nothing takes column %zu", round, rows, c);
    }
    for (size_t c = 0; c < columns; c++)
        assert_int_equal(until[c], rows);
    assert_true(rows > 0 && rows <= 8191);
    return rows;
}

/* … of the table that has been laid out. */
static size_t check_table(size_t columns, uint32_t round)
{
    const struct tags *tags = seen.tags;
    size_t rows = 0;
    check_tags(&seen, arena_printf(b.arena, "round %u", round));
    for (tag_id id = 1; id <= tags_count(tags); id++) {
        enum tag_kind kind = tags_get(tags, id)->kind;
        if (kind == TAG_THEAD || kind == TAG_TBODY)
            rows += check_part(tags, id, columns, round);
        if (kind == TAG_TABLE && tags_get(tags, id)->first)
            assert_int_equal(tags_get(tags, tags_get(tags, id)->last)->kind, TAG_TBODY);
        if (kind == TAG_THEAD)
            assert_int_equal(tags_get(tags, id)->previous, 0);
    }
    return rows;
}

static void random_tables_are_regular(void **state)
{
    (void)state;
    build_end(&b);
    for (uint32_t round = 1; round < 600; round++) {
        seed = round * 7919;
        build_begin(&b);
        size_t tokens = 0;
        build_lines(&b, "", chance(40));
        random_table(&tokens);
        see(&seen, &b.doc, NULL);
        check_table(b.doc.first->next->table->columns, round);
        seen_end(&seen);
        build_end(&b);
    }
    build_begin(&b);
}

static void five_thousand_rows(void **state)
{
    (void)state;
    build_table(&b, 5000, 3, "x");
    lay();
    assert_int_equal(check_table(3, 0), 5001);
}

static void cells_taller_than_a_part(void **state)
{
    (void)state;
    struct table *table = build_table(&b, 20000, 2, "x")->table;
    for (size_t row = 100; row < 19000; row++)
        table->cells[2 * row] = (struct cell){.join = JOIN_UP};
    lay();
    assert_int_equal(check_table(2, 0), 20001);
}

/* The columns that do not fit follow below, in the rows that are there already: parts end in the same places. */
static void wide_cells_taller_than_a_part(void **state)
{
    enum { COLUMNS = 30, ROWS = 9000 };
    (void)state;
    struct table *table = build_table(&b, ROWS, COLUMNS, "여덟글자로된말하나")->table;
    for (size_t row = 100; row < 8900; row++)
        table->cells[COLUMNS * row + COLUMNS - 1] = (struct cell){.join = JOIN_UP};
    lay();
    assert_int_equal(count_diag(&seen, "wide-table"), 1);
    assert_int_equal(check_table(COLUMNS, 0), ROWS + 1);
}

static void headers_longer_than_a_part(void **state)
{
    (void)state;
    struct block *block = build_table(&b, 9500, 2, "x");
    option(block, "header", "9000");
    for (size_t row = 10; row < 9200; row++)
        block->table->cells[2 * row] = (struct cell){.join = JOIN_UP};
    lay();
    assert_int_equal(check_table(2, 0), 9501);
}

/* ---- cards and charts ---- */

static void cards_are_a_list(void **state)
{
    (void)state;
    struct block *block = build_block(&b, BLOCK_CARDS);
    block->cards = ARENA_ARRAY(b.arena, 5, struct card);
    block->n_cards = 5;
    block->cards[0] = (struct card){STR("사업"), STR("12건"), STR("전월 10건"), STR("https://example.com/a")};
    block->cards[1] = (struct card){STR("도시"), STR("3곳"), STR(""), STR("")};
    block->cards[2] = (struct card){STR(""), STR("5억"), STR("합계"), STR("#nowhere")};
    block->cards[3] = (struct card){STR("목록"), STR(""), STR(""), STR("https://example.com/b")};
    block->cards[4] = (struct card){STR("끝"), STR(""), STR(""), STR("")};
    lay();
    expect("L(LI(Lbl'사업' LBody(Link'12건 ' '전월 10건')) "
           "LI(Lbl'도시' LBody'3곳') LI(LBody(Link?'5억 ' '합계')) LI(LBody(Link'목록')) LI(LBody'끝'))");
}

static void a_chart_is_a_figure_beside_its_caption(void **state)
{
    (void)state;
    struct chart *chart = build_chart(&b, 2)->chart;
    chart->alt = STR("막대 두 개");
    chart->rows[1].link = STR("https://example.com/");
    lay();
    expect("Div(Caption'Chart (단위: unit)' Figure[막대 두 개]'bar01bar12'(Link))");
    for (size_t i = 0; i < seen.n; i++) /* its text is the figure's: a name says which it is */
        if (seen.items[i].op.kind == OP_LINK)
            assert_true(str_equal(seen.items[i].op.text, STR("bar1")));
}

static void a_chart_without_title(void **state)
{
    (void)state;
    struct chart *chart = build_chart(&b, 1)->chart;
    chart->title = chart->unit = STR("");
    lay();
    expect("Figure[그래프]'bar01'");
}

static void all_of_a_chart_is_its_content(void **state)
{
    (void)state;
    static const enum chart_kind kinds[] = {CHART_BAR,  CHART_STACKED, CHART_LINE, CHART_MULTIPLE,
                                            CHART_HEAT, CHART_SLOPE,   CHART_MAP};
    build_end(&b);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        build_begin(&b);
        struct chart *chart = build_series(&b, kinds[k], 3, 2)->chart;
        for (size_t i = 0; kinds[k] == CHART_MAP && i < 3; i++)
            chart->rows[i].label = i == 0 ? STR("서울") : i == 1 ? STR("부산") : STR("경기");
        build_paragraph(&b, "", "after");
        see(&seen, &b.doc, NULL);
        const char *text = tree_line();
        assert_true(str_starts(str_from(text), STR("Div(Caption'Chart (단위: unit)' Figure[Chart]'")));
        assert_int_equal(count(text, "Figure"), 1);
        assert_true(shapes() >= 3);
        seen_end(&seen);
        build_end(&b);
    }
    build_begin(&b);
}

static void a_chart_over_pages_is_one_figure(void **state)
{
    (void)state;
    build_series(&b, CHART_HEAT, 100, 3);
    lay();
    const char *text = tree_line();
    assert_true(seen.pages > 1);
    assert_int_equal(count(text, "Figure"), 1);
    assert_int_equal(count(text, "series0"), 1); /* repeated on each page */
    assert_int_equal(count(text, "bar99"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(header_and_names_of_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(cells_without_text_are_no_headings, setup, teardown),
        cmocka_unit_test_setup_teardown(spans_and_several_rows_of_header, setup, teardown),
        cmocka_unit_test_setup_teardown(a_cell_over_rows_that_have_no_other_text, setup, teardown),
        cmocka_unit_test_setup_teardown(a_row_without_a_cell_of_its_own_is_none, setup, teardown),
        cmocka_unit_test_setup_teardown(group_rows_and_subtotals, setup, teardown),
        cmocka_unit_test_setup_teardown(ranks_are_no_names, setup, teardown),
        cmocka_unit_test_setup_teardown(dates_are_names, setup, teardown),
        cmocka_unit_test_setup_teardown(tables_without_a_header, setup, teardown),
        cmocka_unit_test_setup_teardown(a_table_has_its_title_and_unit_and_its_notes_follow, setup, teardown),
        cmocka_unit_test_setup_teardown(links_in_cells, setup, teardown),
        cmocka_unit_test_setup_teardown(sparklines_say_a_number_that_comes_again_once, setup, teardown),
        cmocka_unit_test_setup_teardown(bars_are_decoration_and_sparklines_say_their_numbers, setup, teardown),
        cmocka_unit_test_setup_teardown(a_wide_table_is_one_table, setup, teardown),
        cmocka_unit_test_setup_teardown(what_a_band_cuts_is_said_once, setup, teardown),
        cmocka_unit_test_setup_teardown(rows_divided_over_pages, setup, teardown),
        cmocka_unit_test_setup_teardown(names_of_groups_go_on_without_a_word, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_of_the_header_goes_on_below_a_group, setup, teardown),
        cmocka_unit_test_setup_teardown(random_tables_are_regular, setup, teardown),
        cmocka_unit_test_setup_teardown(five_thousand_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(cells_taller_than_a_part, setup, teardown),
        cmocka_unit_test_setup_teardown(wide_cells_taller_than_a_part, setup, teardown),
        cmocka_unit_test_setup_teardown(headers_longer_than_a_part, setup, teardown),
        cmocka_unit_test_setup_teardown(cards_are_a_list, setup, teardown),
        cmocka_unit_test_setup_teardown(a_chart_is_a_figure_beside_its_caption, setup, teardown),
        cmocka_unit_test_setup_teardown(a_chart_without_title, setup, teardown),
        cmocka_unit_test_setup_teardown(all_of_a_chart_is_its_content, setup, teardown),
        cmocka_unit_test_setup_teardown(a_chart_over_pages_is_one_figure, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
