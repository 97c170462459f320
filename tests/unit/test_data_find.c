/* Regions as people write them. */
#include "base/arena.h"
#include "data/data.h"

#include "unit.h"

#include <string.h>

enum { MOST = 32 };

static struct arena *arena;
static struct regions regions;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    arena = arena_new();
    if (!regions_load(arena, "data/regions.tsv", data_file("data/regions.tsv"), &regions, &err))
        fail_msg("%s", err.text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* Units separated by blanks. */
static const char *found(const char *text)
{
    struct region_match matches[MOST];
    size_t n = regions_find(&regions, str_from(text), matches, MOST);
    const char *list = "";
    for (size_t i = 0; i < n; i++)
        list = arena_printf(arena, "%s%s%s", list, i ? " " : "", matches[i].region->unit);
    return list;
}

static void each_way_of_writing_finds_the_place(void **state)
{
    (void)state;
    static const char *const ways[][2] = {
        {"시흥", "41390"},
        {"시흥시", "41390"},
        {"경기 시흥", "41390"},
        {"경기도 시흥시", "41390"},
        {"경기시흥", "41390"},
        {"41390", "41390"},
        {" 시흥 시 ", "41390"},
        {"경기", "41000"},
        {"경기도", "41000"},
        {"대구", "27000"},
        {"대구시", "27000"},
        {"대구광역시", "27000"},
        {"대구 중구", "27110"},
        {"대구시 중구", "27110"},
        {"대구광역시 중구", "27110"},
        {"경남", "48000"},
        {"경상남도", "48000"},
        {"경남도", "48000"},
        {"고양 일산동구", "41285"},
        {"고양시일산동구", "41285"},
        {"일산동구", "41285"},
        {"경기 고양 일산동구", "41285"},
        {"서울", "11000"},
        {"서울시", "11000"},
        {"서울 종로구", "11110"},
        {"광주 광산구", "29200"},
        {"경기 광주", "41610"},
        {"경기도 광주시", "41610"},
        {"광주광역시", "29000"},
        {"세종", "36110"},
        {"세종시", "36110"},
        {"세종특별자치시", "36110"},
        {"36000", "36000"},
        {"강원 고성", "51820"},
        {"경남 고성군", "48820"},
        {"제주도", "50000"},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(found(ways[i][0]), ways[i][1]) != 0)
            fail_msg("%s: got \"%s\", not \"%s\"", ways[i][0], found(ways[i][0]), ways[i][1]);
}

static void former_names_and_codes_find_the_place_of_today(void **state)
{
    (void)state;
    static const char *const ways[][2] = {
        {"42110", "51110"},         {"강원도 춘천시", "51110"},   {"강원특별자치도 춘천시", "51110"},
        {"강원도", "51000"},        {"전라북도 전주시", "52110"}, {"전북", "52000"},
        {"47720", "27720"},         {"경북 군위군", "27720"},     {"대구 군위", "27720"},
        {"경기도 광주군", "41610"}, {"인천 남구", "28177"},       {"41790", "41610"},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(found(ways[i][0]), ways[i][1]) != 0)
            fail_msg("%s: got \"%s\", not \"%s\"", ways[i][0], found(ways[i][0]), ways[i][1]);
}

static void a_name_of_several_finds_them_all(void **state)
{
    (void)state;
    assert_string_equal(found("고성군"), "48820 51820");
    assert_string_equal(found("광주"), "29000 41610");
    assert_string_equal(found("광주시"), "29000 41610");
    assert_string_equal(found("중구"), "11140 26110 27110 28110 30140 31110");
    assert_string_equal(found("제주"), "50000 50110");
    struct region_match matches[2];
    assert_int_equal(regions_find(&regions, STR("중구"), matches, 2), 2);
}

static void what_is_no_place_finds_none(void **state)
{
    (void)state;
    static const char *const none[] = {"",
                                       " ",
                                       "시",
                                       "구",
                                       "도",
                                       "경기도시",
                                       "경기 해운대구",
                                       "서울 시흥시",
                                       "99999",
                                       "4139",
                                       "413900",
                                       "시흥시흥",
                                       "경기도 시흥시 시흥시",
                                       "수원 일산동구",
                                       "Siheung"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (*found(none[i]))
            fail_msg("%s: got \"%s\"", none[i], found(none[i]));
    char much[500];
    memset(much, 'a', sizeof much);
    struct region_match matches[MOST];
    assert_int_equal(regions_find(&regions, (struct str){much, sizeof much}, matches, MOST), 0);
}

static void the_full_name_of_each_unit_is_its_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < regions.n; i++) {
        const struct region *region = &regions.items[i];
        struct region_match matches[MOST];
        size_t n = regions_find(&regions, region->full_name, matches, MOST), best = 0, k;
        bool there = false;
        for (k = 0; k < n; k++) {
            best = matches[k].fit > matches[best].fit ? k : best;
            there = there || strcmp(matches[k].region->unit, region->unit) == 0;
        }
        if (region->type == REGION_SIDO && strcmp(region->unit, "36000") == 0)
            continue;
        if (!there || strcmp(found(region->code), region->unit) != 0)
            fail_msg("%s %s", region->code, region->full_name.p);
    }
}

static void a_slip_has_a_suggestion(void **state)
{
    (void)state;
    assert_string_equal(regions_suggest(&regions, arena, STR("시홍시"))->unit, "41390");
    assert_string_equal(regions_suggest(&regions, arena, STR("경기도 시훙시"))->unit, "41390");
    assert_string_equal(regions_suggest(&regions, arena, STR("포항사"))->unit, "47110");
    assert_null(regions_suggest(&regions, arena, STR("")));
    assert_null(regions_suggest(&regions, arena, STR("xyz")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_way_of_writing_finds_the_place),
        cmocka_unit_test(former_names_and_codes_find_the_place_of_today),
        cmocka_unit_test(a_name_of_several_finds_them_all),
        cmocka_unit_test(what_is_no_place_finds_none),
        cmocka_unit_test(the_full_name_of_each_unit_is_its_own),
        cmocka_unit_test(a_slip_has_a_suggestion),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
