/* The review list as a spreadsheet. */
#include "cli/review.h"

#include "analyze/describe.h"
#include "out/csv.h"

const char *const review_headers[REVIEW_COLUMNS] = {
    [REVIEW_ID] = "기사ID",
    [REVIEW_TITLE] = "제목",
    [REVIEW_OUTLET] = "매체",
    [REVIEW_URL] = "URL",
    [REVIEW_DATE] = "보도일",
    [REVIEW_BASIS] = "날짜 근거",
    [REVIEW_INITIATIVE] = "사업 여부",
    [REVIEW_CODES] = "시군구코드",
    [REVIEW_REGIONS] = "지역",
    [REVIEW_CATEGORIES] = "분야",
    [REVIEW_SCORE] = "점수",
    [REVIEW_GROUP] = "사업ID",
    [REVIEW_WHY] = "확인할 점",
    [REVIEW_STATE] = "판",
    [REVIEW_FIX_INITIATIVE] = "고침_사업",
    [REVIEW_FIX_CITY] = "고침_시군구코드",
    [REVIEW_FIX_CATEGORY] = "고침_분야",
    [REVIEW_FIX_DATE] = "고침_보도일",
    [REVIEW_FIX_GROUP] = "고침_묶음",
    [REVIEW_NOTE] = "메모",
};

static struct str label_of(const struct taxonomy *taxonomy, struct str key)
{
    for (size_t i = 0; i < taxonomy->n; i++)
        if (str_equal(taxonomy->items[i].key, key))
            return taxonomy->items[i].label;
    return key;
}

/* A list as "a;b", its items in other words where `kind` says so. */
enum wording { AS_IS, AS_LABELS, AS_NAMES };
static struct str joined(struct cli *cli, const struct str *items, size_t n, enum wording wording)
{
    struct buf text = {0};
    for (size_t i = 0; i < n; i++) {
        const char *name = wording == AS_NAMES ? describe_place(&cli->regions, items[i], DATE_NONE) : NULL;
        struct str item = wording == AS_LABELS ? label_of(&cli->taxonomy, items[i]) : name ? str_from(name) : items[i];
        buf_printf(&text, "%s" STR_FMT, i ? ";" : "", STR_ARG(item));
    }
    struct str result = str_copy(cli->arena, buf_view(&text));
    buf_free(&text);
    return result;
}

static struct str relabelled(struct cli *cli, struct str list)
{
    struct str items[8], item;
    size_t n = 0;
    while (list.n > 0 && n < 8 && str_field(&list, ';', &item))
        items[n++] = item;
    return joined(cli, items, n, AS_LABELS);
}

/* The corrections that stand, as a person would write them. */
static void put_said(struct cli *cli, const struct str *said, struct str *cells)
{
    if (said[CORRECTION_INITIATIVE].n)
        cells[REVIEW_FIX_INITIATIVE] = str_equal(said[CORRECTION_INITIATIVE], STR("yes")) ? STR("예") : STR("아니오");
    cells[REVIEW_FIX_CITY] = said[CORRECTION_CITY];
    cells[REVIEW_FIX_CATEGORY] = relabelled(cli, said[CORRECTION_CATEGORY]);
    cells[REVIEW_FIX_DATE] = str_equal(said[CORRECTION_DATE], STR("unknown")) ? STR("미상") : said[CORRECTION_DATE];
    struct str group = said[CORRECTION_GROUP];
    if (group.n > 1 && group.p[0] == 'a')
        group = str_from(arena_printf(cli->arena, "i" STR_FMT, STR_ARG(str_slice(group, 1, group.n))));
    cells[REVIEW_FIX_GROUP] = group;
    cells[REVIEW_NOTE] = said[CORRECTION_NOTE];
}

static bool is_free_text(size_t column)
{
    return column == REVIEW_TITLE || column == REVIEW_OUTLET || column == REVIEW_URL || column == REVIEW_ID ||
           column == REVIEW_GROUP || column == REVIEW_FIX_GROUP || column == REVIEW_NOTE;
}

static void put_row(struct cli *cli, const struct reviewed *item, struct buf *out)
{
    const struct listed_article *a = &item->article;
    struct date_text date = date_iso(a->published);
    struct str cells[REVIEW_COLUMNS] = {
        [REVIEW_ID] = a->key,
        [REVIEW_TITLE] = a->title,
        [REVIEW_OUTLET] = a->outlet,
        [REVIEW_URL] = a->url,
        [REVIEW_DATE] = str_from(date.p),
        [REVIEW_BASIS] = str_from(basis_name(a->basis)),
        [REVIEW_INITIATIVE] = a->is_initiative ? STR("예") : STR("아니오"),
        [REVIEW_CODES] = joined(cli, a->regions, a->n_regions, AS_IS),
        [REVIEW_REGIONS] = joined(cli, a->regions, a->n_regions, AS_NAMES),
        [REVIEW_CATEGORIES] = joined(cli, a->categories, a->n_categories, AS_LABELS),
        [REVIEW_SCORE] = str_from(arena_printf(cli->arena, "%.2f", a->score)),
        [REVIEW_GROUP] = a->initiative,
        [REVIEW_WHY] = review_words(cli->arena, item),
        [REVIEW_STATE] = str_from(item->state),
    };
    put_said(cli, item->said.values, cells);
    for (size_t i = 0; i < REVIEW_COLUMNS; i++) {
        if (i)
            buf_char(out, ',');
        if (is_free_text(i))
            csv_text(out, cells[i]);
        else
            csv_cell(out, cells[i]);
    }
    buf_text(out, "\r\n");
}

void review_csv(struct cli *cli, const struct reviewed *items, size_t n, struct buf *out)
{
    buf_text(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < REVIEW_COLUMNS; i++)
        buf_printf(out, "%s%s", i ? "," : "", review_headers[i]);
    buf_text(out, "\r\n");
    for (size_t i = 0; i < n; i++)
        put_row(cli, &items[i], out);
}
