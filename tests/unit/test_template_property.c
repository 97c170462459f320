/* Values are never markup: for every string, wherever it stands, the text of the tree is the data.
 *
 * What cannot survive: control characters and white space of any kind are one U+0020 (the tree's text has no lines and
 * no layout of its own), none at the ends of a text; U+FEFF is left out, for it is no text. In code a control is a
 * blank and white space stays. A link's target is percent-encoded, and there is none where it has a control character
 * or is not http, https, mailto or #. */
#include "markdown_fixture.h"
#include "random_text.h"
#include "template/value.h"

#include "base/utf8.h"

#include <string.h>

static struct str between(const char *before, struct str value, const char *after)
{
    struct buf out = {0};
    buf_text(&out, before);
    buf_str(&out, value);
    buf_text(&out, after);
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static struct str frame(struct str value)
{
    return between("A", value, "Z");
}

static struct str cleaned(struct str value)
{
    struct buf out = {0};
    for (size_t at = 0; at < value.n;) {
        size_t from = at;
        uint32_t c = utf8_next(value, &at);
        if (c == 0xfeff)
            continue;
        if (c < 0x20 || (c >= 0x7f && c < 0xa0) || utf8_is_space(c)) {
            if (out.n && out.p[out.n - 1] != ' ')
                buf_char(&out, ' ');
        } else {
            buf_add(&out, value.p + from, at - from);
        }
    }
    struct str result = str_copy(arena, str_trim(buf_view(&out)));
    buf_free(&out);
    return result;
}

/* --- all texts of a document --- */

static struct {
    struct str want, code;
    size_t n, n_code; /* how often each was found */
} texts;

static void take(struct str text, const char *where)
{
    if (str_equal(text, texts.want))
        texts.n++;
    else if (text.n && !str_equal(text, STR("=")))
        fail_msg("%s: expected \"" STR_FMT "\", got \"" STR_FMT "\"", where, STR_ARG(texts.want), STR_ARG(text));
}

static struct str joined(const struct run *runs, size_t n)
{
    struct buf out = {0};
    for (size_t i = 0; i < n; i++)
        buf_str(&out, runs[i].text);
    struct str result = str_copy(arena, str_trim(buf_view(&out)));
    buf_free(&out);
    return result;
}

static void take_cells(const struct cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        take(joined(cells[i].runs, cells[i].n), "cell");
}

static void take_blocks(const struct block *block)
{
    static const char *const kinds[] = {"heading", "paragraph",  "list",  "item", "quote",
                                        "table",   "cards",      "chart", "code", "rule",
                                        "break",   "box or end", "cover", "list", "contents"};
    for (; block; block = block->next) {
        struct str text = joined(block->runs, block->n);
        if (block->kind == BLOCK_CODE)
            texts.n_code += str_equal(block->runs[0].text, texts.code);
        else
            take(text, kinds[block->kind]);
        for (size_t i = 0; i < block->n_options; i++)
            take(block->options[i].value, "option");
        for (size_t i = 0; i < block->n_cards; i++) {
            take(block->cards[i].label, "card label");
            take(block->cards[i].value, "card value");
            take(block->cards[i].note, "card note");
        }
        if (block->table) {
            take_cells(block->table->header, block->table->columns);
            take_cells(block->table->cells, block->table->columns * block->table->rows);
        }
        if (block->chart) {
            take(block->chart->title, "chart title");
            take(block->chart->unit, "chart unit");
            take(block->chart->alt, "chart alt");
            for (size_t i = 0; i < block->chart->n_series; i++)
                take(block->chart->series ? block->chart->series[i] : STR("="), "series");
            for (size_t i = 0; i < block->chart->n; i++) {
                take(block->chart->rows[i].label, "row label");
                take(block->chart->kind == CHART_BAR ? block->chart->rows[i].values->text : STR("="), "bar text");
            }
        }
        take_blocks(block->children);
    }
}

/* Every "A{{…}}Z" comes out once, those of the front matter's titles twice: in the title block, too. */
static const char positions[] =
    "---\ntitle: A{{x}}Z\nsubtitle: A{{x}}Z\nauthor: A{{x}}Z\nkeywords: A{{x}}Z\nrunning_head: A{{x}}Z\n---\n\n"
    "{.note}\nA{{x}}Z\n\n# A{{x}}Z\n\n###### A{{x}}Z {#own}\n\nA{{x}}Z\n===\n\n- A{{x}}Z\n  1. A{{x}}Z {#item}\n\n"
    "> A{{x}}Z\n\n| A{{x}}Z | = |\n| --- | --- |\n| A{{x}}Z | **A{{x}}Z** |\n| {{y}} | [A{{x}}Z]{.sup} |\n\n"
    "[A{{x}}Z](https://x.kr)\n\n`A{{x}}Z`\n\n***A{{x}}Z***\n\n[A{{x}}Z]{.strong}\n\n=[^1]\n\n[^1]: A{{x}}Z\n\n"
    "{.box title=\"A{{x}}Z\"}\n\nA{{{x}}}Z\n\n{.end}\n\nA{{&x}}Z\n\n{{y}}\n\n{{y|없으면 Q}}\n\n{{y|자르기 9999}}\n\n"
    "```cards\nA{{x}}Z | A{{x}}Z | A{{x}}Z | #nothing\n```\n\n"
    "```chart bar\ntitle=A{{x}}Z, unit=A{{x}}Z, alt=A{{x}}Z\nA{{x}}Z | 1 | A{{x}}Z\n```\n\n"
    "```chart line\nalt=A{{x}}Z\n | A{{x}}Z | {{y}}\nA{{x}}Z | 1 | 2\n```\n\n"
    "```table 목록\ncolumns=y \"A{{x}}Z\" | y(없으면 Q) \"A{{x}}Z\" -> https://x.kr/{y} | 속.y \"=\"\nsort=y\n```\n\n"
    "```\nA{{x}}Z\n```\n";
enum { IN_TITLES = 2, CODE = 1 };

static size_t expected_count(void)
{
    size_t n = IN_TITLES + 5; /* cells of the data table and {{y}} alone */
    for (const char *at = positions; (at = strstr(at, "A{")); at++)
        n++;
    for (const char *at = positions; (at = strstr(at, "{{y")); at++)
        n++;
    return n - CODE - 2;
}

static struct value *context(struct str value)
{
    struct value *map = value_map(arena), *list = value_list(arena), *item = value_map(arena);
    value_set(arena, map, "x", value_text(arena, value));
    value_set(arena, map, "y", value_text(arena, frame(value)));
    value_set(arena, item, "y", value_text(arena, frame(value)));
    struct value *inner = value_list(arena), *row = value_map(arena);
    value_append(arena, inner, item);
    value_set(arena, row, "y", value_text(arena, frame(value)));
    value_set(arena, row, "속", inner);
    value_append(arena, list, row);
    value_set(arena, map, "목록", list);
    return map;
}

/* In code: what is a control, a blank. */
static struct str as_code(struct str value)
{
    struct buf out = {0};
    for (size_t at = 0; at < value.n;) {
        size_t from = at;
        uint32_t c = utf8_next(value, &at);
        if (c < 0x20 || (c >= 0x7f && c < 0xa0))
            buf_char(&out, ' ');
        else
            buf_add(&out, value.p + from, at - from);
    }
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static void check_everywhere(struct str value)
{
    struct doc doc;
    err = (struct err){0};
    if (!template_render(arena, "t.md", STR(positions), context(value), NULL, &doc, &err))
        fail_msg("\"" STR_FMT "\": %s", STR_ARG(value), err.text);
    memset(&texts, 0, sizeof texts);
    texts.want = cleaned(frame(value));
    texts.code = as_code(frame(value));
    const struct str meta[] = {doc.title, doc.subtitle, doc.author, doc.keywords, doc.running_head};
    for (size_t i = 0; i < sizeof meta / sizeof *meta; i++)
        take(meta[i], "front matter");
    take_blocks(doc.first);
    assert_int_equal(doc.n_notes, 1);
    take_blocks(doc.notes[0].first);
    assert_int_equal(texts.n_code, CODE);
    if (texts.n != expected_count())
        fail_msg("\"" STR_FMT "\" was found %zu times, not %zu", STR_ARG(value), texts.n, expected_count());
}

static void values_come_out_equal_in_every_position(void **state)
{
    for (int round = 0; round < 4000; round++) {
        check_everywhere(random_value(arena));
        if (round % 100 == 0) {
            teardown(state);
            setup(state);
        }
    }
}

/* Each code point by itself, those of the placeholders among them. */
static void every_code_point_comes_out(void **state)
{
    struct value *map = value_map(arena), *list = value_list(arena);
    struct doc doc;
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c += c < 0x3000 || c > 0xefff0 ? 7 : 1201) {
        struct buf text = {0};
        if (c >= 0xd800 && c < 0xe000)
            continue;
        buf_utf8(&text, c);
        value_append(arena, list, value_text(arena, buf_view(&text)));
        buf_free(&text);
    }
    value_set(arena, map, "x", list);
    assert_true(template_render(arena, "t.md", STR("{{#x}}\n- A{{.}}Z\n{{/x}}\n"), map, NULL, &doc, &err));
    const struct block *block = doc.first->children;
    for (const struct item *item = list->first; item; item = item->next, block = block->next) {
        assert_non_null(block);
        texts.want = cleaned(frame(item->value->text));
        take(joined(block->children->runs, block->children->n), "item");
    }
    assert_null(block);
}

/* --- links --- */

/* What RFC 3986 has no room for is percent-encoded; "%" stays, for addresses come encoded. */
static struct str encoded(struct str target)
{
    struct buf out = {0};
    target = str_trim(target);
    for (size_t i = 0; i < target.n; i++) {
        unsigned char c = (unsigned char)target.p[i];
        if (c < 0x20 || c == 0x7f) {
            buf_free(&out);
            return STR("");
        }
        if (c >= 0x80 || strchr(" \"<>\\^`{|}", c))
            buf_printf(&out, "%%%02X", c);
        else
            buf_char(&out, (char)c);
    }
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static bool may_be_link(struct str link)
{
    static const char *const starts[] = {"http://", "https://", "mailto:", "#"};
    for (size_t i = 0; i < 4; i++)
        if (link.n >= strlen(starts[i]) && strncasecmp(link.p, starts[i], strlen(starts[i])) == 0)
            return true;
    return link.n == 0;
}

static void links_lead_where_the_data_says(void **state)
{
    for (int round = 0; round < 4000; round++) {
        struct str value = random_value(arena);
        struct doc doc;
        struct str text = STR("[a](https://x.kr/A{{x}}Z)\n\n[a]({{x}})\n\n[a](#n-{{번호}}-{{x}})\n\n"
                              "```table 목록\ncolumns=n -> https://x.kr/A{x}Z\n```\n\nb {#n-{{번호}}-{{x}}}\n");
        struct value *map = value_map(arena), *list = value_list(arena), *row = value_map(arena);
        value_set(arena, map, "x", value_text(arena, value));
        value_set(arena, row, "x", value_text(arena, value));
        value_set(arena, row, "n", value_number(arena, 1));
        value_set(arena, map, "번호", value_number(arena, 7));
        value_append(arena, list, row);
        value_set(arena, map, "목록", list);
        assert_true(template_render(arena, "t.md", text, map, NULL, &doc, &err));
        struct str want = encoded(between("https://x.kr/A", value, "Z"));
        const struct block *block = doc.first;
        if (!str_equal(block->runs[0].link, want))
            fail_msg("expected " STR_FMT ", got " STR_FMT, STR_ARG(want), STR_ARG(block->runs[0].link));
        assert_true(may_be_link(block->next->runs[0].link));
        const struct block *table = block->next->next->next;
        assert_true(str_equal(table->table->cells[0].runs[0].link, want));
        if (str_equal(cleaned(value), value)) /* else the anchor's name is the cleaned one */
            assert_true(block->next->next->runs[0].link.n > 0);
        if (round % 100 == 0) {
            teardown(state);
            setup(state);
        }
    }
}

/* More values than one private plane has code points. */
static void a_hundred_thousand_values(void **state)
{
    (void)state;
    struct value *map = value_map(arena), *list = value_list(arena);
    struct doc doc;
    for (int i = 0; i < 140000; i++)
        value_append(arena, list, value_text(arena, str_from(arena_printf(arena, "v%d", i))));
    value_set(arena, map, "x", list);
    assert_true(template_render(arena, "t.md", STR("{{#x}}\n- {{.}}\n{{/x}}\n"), map, NULL, &doc, &err));
    int i = 0;
    for (const struct block *item = doc.first->children; item; item = item->next, i++)
        assert_string_equal(str_copy(arena, item->children->runs[0].text).p, arena_printf(arena, "v%d", i));
    assert_int_equal(i, 140000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(values_come_out_equal_in_every_position, setup, teardown),
        cmocka_unit_test_setup_teardown(every_code_point_comes_out, setup, teardown),
        cmocka_unit_test_setup_teardown(links_lead_where_the_data_says, setup, teardown),
        cmocka_unit_test_setup_teardown(a_hundred_thousand_values, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
