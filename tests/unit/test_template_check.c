/* template_check: every mistake, in every branch, of the template and its partials. */
#include "markdown_fixture.h"

#include <string.h>

static struct value *sample(void)
{
    struct value *map = value_map(arena), *list = value_list(arena), *one = value_map(arena), *two = value_map(arena),
                 *inner = value_list(arena), *field = value_map(arena);
    value_set(arena, map, "도시", value_text(arena, STR("시흥시")));
    value_set(arena, map, "사업수", value_number(arena, 12));
    value_set(arena, map, "날", value_date(arena, date_from(2024, 1, 16)));
    value_set(arena, map, "있음", value_bool(arena, true));
    value_set(arena, map, "빈달", value_bool(arena, false));
    value_set(arena, map, "빈목록", value_list(arena));
    value_set(arena, one, "이름", value_text(arena, STR("가")));
    value_set(arena, one, "속목록", value_list(arena));
    value_set(arena, two, "이름", value_text(arena, STR("나")));
    value_set(arena, two, "속목록", inner);
    value_set(arena, field, "분야", value_text(arena, STR("창업")));
    value_append(arena, inner, field);
    value_append(arena, list, one);
    value_append(arena, list, two);
    value_set(arena, map, "목록", list);
    return map;
}

static bool load(void *user, struct str name, const char **file, struct str *text)
{
    static const struct {
        const char *name, *text;
    } partials[] = {
        {"좋음", "{{#빈달}}{{도시}}{{/빈달}}\n"},
        {"나쁨", "가\n{{#빈달}}\n{{도사}}\n{{/빈달}}\n{{사업스}}\n"},
        {"마디", "{{#있음}}{{#빈달}}{{>마디}}{{/빈달}}{{/있음}}"},
        {"끝없음", "{{>끝없음}}{{>끝없음}}"},
        {"찾음", "가\n[x](#i)"},
        {"주석", "가\n나[^가]"},
        {"바탕", "{{$앞}}{{도사}}{{/앞}}"},
    };
    (void)user;
    for (size_t i = 0; i < sizeof partials / sizeof *partials; i++) {
        if (!str_equal(name, str_from(partials[i].name)))
            continue;
        *file = arena_printf(arena, "%s.md", partials[i].name);
        *text = str_from(partials[i].text);
        return true;
    }
    return false;
}

static const struct style_list *styles(void *user, const struct doc *doc, struct err *wrong)
{
    static const struct str names[] = {{"note", 4}, {"unit", 4}}, characters[] = {{"strong", 6}};
    static const struct style_list list = {names, 2, characters, 1};
    (void)user;
    size_t at = str_find(doc->sheet, STR("= x"), 0), line = doc->sheet_line;
    if (at == SIZE_MAX)
        return &list;
    for (size_t i = 0; i < at; i++)
        line += doc->sheet.p[i] == '\n';
    if (str_starts(doc->sheet, STR("[page]\nwhole")))
        err_set(wrong, ERR_CONFIG, "%s: [page]: no room", doc->sheet_file);
    else
        err_set(wrong, ERR_CONFIG, "%s:%zu: not a length", doc->sheet_file, line);
    return NULL;
}

static const struct {
    const char *name, *text, *found;
} cases[] = {
    {"nothing wrong",
     "---\ntitle: {{도시}}\n---\n\n# 가 {#가}\n\n{{#목록}}\n- {{이름}}{{#속목록}} "
     "{{분야}}{{/속목록}}{{^마지막}},{{/마지막}}\n"
     "{{/목록}}\n{{#빈목록}}\n{{아무거나}}\n{{/빈목록}}\n\n{.note}\n[글](#가)\n\n{{>좋음}}\n{{>마디}}\n",
     ""},
    {"in branches that are not taken",
     "{{#빈달}}\n{{도사}}\n{{^빈달}}{{사업스}}{{/빈달}}\n{{/빈달}}\n{{^있음}}{{날|원}}{{/"
     "있음}}\n{{#목록}}{{이룸}}{{#속목록}}"
     "{{분냐}}{{/속목록}}{{/목록}}\n{{#빈목록}}{{#빈달}}{{모르는이름}}{{도시|원}}{{/빈달}}{{/빈목록}}",
     "t.md:2: unknown tag {{도사}}; did you mean {{도시}}?\n"
     "t.md:3: unknown tag {{사업스}}; did you mean {{사업수}}?\n"
     "t.md:5: {{날|원}}: the filter 원 is for a number; this is a date\n"
     "t.md:6: unknown tag {{이룸}}; did you mean {{이름}}?\n"
     "t.md:6: unknown tag {{분냐}}; did you mean {{분야}}?\n"
     "t.md:7: {{도시|원}}: the filter 원 is for a number; this is text\n"},
    {"sections that are not closed, and closed twice",
     "{{#있음}}\n{{#목록}}\n{{/있음}}\n{{도사}}\n{{/빈달}}\n{{^빈달}}\n{{#}}\n",
     "t.md:3: {{/있음}} where {{/목록}} is due (opened in line 2)\n"
     "t.md:4: unknown tag {{도사}}; did you mean {{도시}}?\n"
     "t.md:5: {{/빈달}} closes nothing\n"
     "t.md:6: {{^빈달}} is never closed\n"
     "t.md:7: a tag without a proper name\n"},
    {"of partials, once, after its own", "{{>나쁨}}\n{{>나쁨}}\n{{#빈달}}{{>없음}}{{/빈달}}\n{{도사}}",
     "t.md:3: {{>없음}}: there is no 없음.md beside the template, nor built in\n"
     "t.md:4: unknown tag {{도사}}; did you mean {{도시}}?\n"
     "나쁨.md:3: unknown tag {{도사}}; did you mean {{도시}}?\n"
     "나쁨.md:5: unknown tag {{사업스}}; did you mean {{사업수}}?\n"},
    {"a partial without end", "{{>끝없음}}\n",
     "끝없음.md:1: {{>끝없음}}: partials in partials deeper than 32; does it call itself?\n"},
    {"a default that is replaced is looked at, too", "{{<바탕}}{{$앞}}{{사업스}}{{/앞}}{{$뒤}}{{/뒤}}{{/바탕}}",
     "t.md:1: {{$뒤}} is no block of 바탕.md\n"
     "t.md:1: unknown tag {{사업스}}; did you mean {{사업수}}?\n"
     "바탕.md:1: unknown tag {{도사}}; did you mean {{도시}}?\n"},
    {"styles, taken or not",
     "{.noet}\n가\n\n{{#빈달}}\n{.unti}\n나 [다]{.stron}\n\n{.note titel=x}\n{{/빈달}}\n\n[라]{.strog}\n",
     "t.md:1: unknown style or option .noet in {.noet}; did you mean note?\n"
     "t.md:5: unknown style or option .unti in {.unti}; did you mean unit?\n"
     "t.md:6: unknown character style .stron; did you mean .strong?\n"
     "t.md:8: unknown style or option titel=x in {.note titel=x}; did you mean title?\n"
     "t.md:11: unknown character style .strog; did you mean .strong?\n"},
    {"languages, taken or not",
     "---\nlang: en_US\n---\n\n{lang=jp}\n가\n\n{{#빈달}}\n{.note lang=xx}\n나 "
     "[다]{lang=kor-x}\n\n{{/빈달}}\n[라]{.strong "
     "lang=x}\n\n{lang={{도시}}}\n마\n\n{lang=ja}\n```cards\n가 | 1\n```\n\n[바]{lang=zh-Hant}\n",
     "t.md:2: lang: en_US names no language; one is en, ja or zh-Hant (BCP 47)\n"
     "t.md:5: lang=jp names no language; one is en, ja or zh-Hant (BCP 47)\n"
     "t.md:9: lang=xx names no language; one is en, ja or zh-Hant (BCP 47)\n"
     "t.md:10: lang=kor-x names no language; one is en, ja or zh-Hant (BCP 47)\n"
     "t.md:13: lang=x names no language; one is en, ja or zh-Hant (BCP 47)\n"
     "t.md:15: lang=시흥시 names no language; one is en, ja or zh-Hant (BCP 47)\n"
     "t.md:19: lang= has no effect on key figures and charts\n"},
    {"a sheet's mistakes, and what comes after them",
     "---\n[page]\nleft = x\nright = 3\n{{#빈달}}\n\n{{/빈달}}\ntop = x\n---\n\n{{도사}}\n\n```chart pie\n```\n",
     "t.md:3: not a length\n"
     "t.md:8: not a length\n"
     "t.md:11: unknown tag {{도사}}; did you mean {{도시}}?\n"
     "t.md:13: unknown chart \"pie\"; there are bar, stacked, line, multiple, heat, slope, map\n"},
    {"of a sheet as a whole", "---\n[page]\nwhole = x\nleft = x\n---\n\n{{도사}}\n",
     "t.md:0: [page]: no room\n"
     "t.md:7: unknown tag {{도사}}; did you mean {{도시}}?\n"},
    {"data tables, taken or not",
     "```table 목록\ncolumns=이름 | 이룸\nsrot=이름\n```\n\n{{#빈달}}\n```table 목록\ncolumns=이릉\n```\n\n```table "
     "목룍\n"
     "columns=이릉\n```\n{{/빈달}}\n",
     "t.md:2: the items of 목록 have no \"이룸\"; did you mean \"이름\"?\n"
     "t.md:3: unknown option of a table \"srot=\"; did you mean \"sort=\"?\n"
     "t.md:8: the items of 목록 have no \"이릉\"; did you mean \"이름\"?\n"
     "t.md:11: unknown tag ```table 목룍; did you mean ```table 목록?\n"},
    {"several of the same text",
     "---\ntitel: x\nsubtitel: y\n---\n\n{.keep}\n\n# 가 {#a}\n\n# 나 {#a}\n\n```cards\n1|2|3||5\n1|2|3||5\n```\n\n"
     "[x](#b) [^n]\n",
     "t.md:2: unknown front matter \"titel\"; did you mean \"title\"?\n"
     "t.md:3: unknown front matter \"subtitel\"; did you mean \"subtitle\"?\n"
     "t.md:6: {.keep} without {.end}\n"
     "t.md:10: the anchor {#a} is there twice\n"
     "t.md:13: a card has at most four fields: label | value | note | link\n"
     "t.md:14: a card has at most four fields: label | value | note | link\n"
     "t.md:17: a link to #b leads nowhere with these values\n"
     "t.md:17: the note [^n] is not defined\n"},
    {"links, each in its line",
     "가\n[x](#b)\n[y](javascript:z)\n\n| 가 |\n|---|\n| [x](#c) |\n| [x](#d) |\n\n```cards\n\n가 | 1 | | #e\n```\n\n"
     "```chart bar\ntitle=가\n가 | 1 | | #f\n```\n\n```table 목록\ncolumns=이름\ncolumns=이름 -> #h-{이름}\n```\n\n"
     "{{>찾음}}\n\n가[^n]\n\n[^n]: 나\n[x](#j) {{>찾음}}\n\n# h-나 {#h-나}\n",
     "t.md:2: a link to #b leads nowhere with these values\n"
     "t.md:3: the link to javascript:z is left out: only http, https, mailto and #name are allowed\n"
     "t.md:7: a link to #c leads nowhere with these values\n"
     "t.md:8: a link to #d leads nowhere with these values\n"
     "t.md:12: a link to #e leads nowhere with these values\n"
     "t.md:17: a link to #f leads nowhere with these values\n"
     "t.md:22: a link to #h-가 leads nowhere with these values\n"
     "t.md:30: a link to #j leads nowhere with these values\n"
     "찾음.md:2: a link to #i leads nowhere with these values\n"},
    {"notes of partials", "{{>주석}}\n\n[^나]: 나\n",
     "t.md:3: the note [^나] is called by nothing\n"
     "주석.md:2: the note [^가] is not defined\n"},
    {"cards and charts that are not taken",
     "{{#빈달}}\n```cards\n가|1|2||4\n{{도시}}|1|2||{{사업수}}\n{{도시}}|1|{{#있음}}2|3{{/있음}}|{{^있음}}4{{/"
     "있음}}|5\n```\n\n"
     "```chart bax\n```\n\n```chart bar\ntitle={{도시}}, numbers=koren\n{{#목록}}\n{{이름}} | {{도시}}\n"
     "{{이름}} | 1 {{#있음}} | 2{{/있음}} | 3 | 4 | 5\n{{/목록}}\n```\n\n```chart line\ntitel=가\n | 가 | 나\n다 | "
     "라\n```\n\n"
     "````\n```chart nix\n```\n````\n\n    ```chart nix\n    ```\n{{/빈달}}\n{{^있음}}\n```chart "
     "{{도시}}\n1\n```\n{{/있음}}\n",
     "t.md:3: a card has at most four fields: label | value | note | link\n"
     "t.md:4: a card has at most four fields: label | value | note | link\n"
     "t.md:8: unknown chart \"bax\"; there are bar, stacked, line, multiple, heat, slope, map\n"
     "t.md:12: numbers= cannot be \"koren\"; did you mean \"korean\"?\n"
     "t.md:14: not a number in a chart: \"시흥시\"\n"
     "t.md:20: unknown option of a chart \"titel=\"; did you mean \"title=\"?\n"
     "t.md:34: unknown chart \"시흥시\"; there are bar, stacked, line, multiple, heat, slope, map\n"},
    {"no text", "가\n\xff", "t.md:2: not UTF-8\n"},
};

static void all_mistakes_are_found(void **state)
{
    (void)state;
    static const struct template_loader loader = {load, NULL, NULL};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct template_source source = {
            .name = "t.md", .text = str_from(cases[i].text), .loader = &loader, .styles = styles, .user = NULL};
        struct diag_list diag = {0};
        struct buf found = {0};
        bool good = template_check(arena, &source, sample(), &diag, &err);
        buf_text(&found, "");
        for (size_t k = 0; k < diag.n; k++)
            buf_printf(&found, "%s:%zu: %s\n", diag.items[k].place, diag.items[k].line, diag.items[k].text);
        if (!str_equal(buf_view(&found), str_from(cases[i].found)))
            fail_msg("%s:\n" STR_FMT, cases[i].name, STR_ARG(buf_view(&found)));
        assert_int_equal(good, diag_count(&diag, DIAG_ERROR) == 0);
        assert_int_equal(err.kind, ERR_NONE);
        buf_free(&found);
        diag_free(&diag);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_mistakes_are_found, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
