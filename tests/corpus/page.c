/* Page skins: an article between the menus, weather, comment forms and other cities' headlines of a news site. */
#include "base/mem.h"
#include "base/utf8.h"
#include "corpus.h"

#include <stdlib.h>
#include <string.h>

void page_free(struct page *page)
{
    buf_free(&page->text);
    mem_free(page->roles);
    mem_free(page->blank);
    *page = (struct page){0};
}

static void add_line(struct page *page, struct str line, enum line_role role)
{
    page->roles = mem_grow(page->roles, &page->room, page->n + 1, 1);
    page->blank = mem_grow(page->blank, &page->blank_room, page->n + 1, 1);
    page->roles[page->n] = (unsigned char)role;
    page->blank[page->n] = str_trim(line).n == 0;
    page->n++;
    buf_str(&page->text, line);
    buf_char(&page->text, '\n');
}

/* What one rendering draws from: decks that hold each headline once. */
struct render {
    struct page *page;
    struct arena *arena;
    struct rng *rng;
    const struct source *source;
    const struct slots *slots;
    const struct article_text *article;
    bool dated;
    size_t *heads, *leads, next_head, next_lead;
};

static size_t *deck(struct render *r, size_t n)
{
    size_t *items = ARENA_ARRAY(r->arena, n + 1, size_t);
    for (size_t i = 0; i < n; i++)
        items[i] = i;
    rng_shuffle(r->rng, items, n);
    return items;
}

/* The next text of a deck that is not about the article's own city. */
static struct str draw(struct render *r, struct lines lines, const size_t *order, size_t *next)
{
    struct str own = slots_get(r->slots, STR("약칭"));
    for (size_t tries = 0; tries < lines.n; tries++) {
        struct str text = lines.items[order[(*next)++ % lines.n]];
        if (own.n == 0 || str_find(text, own, 0) == SIZE_MAX)
            return text;
    }
    return STR("");
}

static void draw_weather(struct render *r, size_t count, struct str prefix)
{
    static const char *const skies[] = {"맑음", "흐림", "연무", "구름많음", "눈"};
    const size_t *order = deck(r, r->source->skies.n);
    for (size_t i = 0; i < count && i < r->source->skies.n; i++) {
        int tenths = (int)rng_below(r->rng, 170) - 80;
        add_line(r->page,
                 str_from(arena_printf(r->arena, STR_FMT " %s" STR_FMT " %s%d.%d℃", STR_ARG(prefix),
                                       skies[rng_below(r->rng, 5)], STR_ARG(r->source->skies.items[order[i]]),
                                       tenths < 0 ? "-" : "", abs(tenths) / 10, abs(tenths) % 10)),
                 LINE_OTHER);
    }
}

static void draw_heads(struct render *r, size_t count, struct str prefix)
{
    for (size_t i = 0; i < count; i++) {
        struct str head = draw(r, r->source->heads, r->heads, &r->next_head);
        if (str_equal(prefix, STR("#")))
            prefix = STR("# "); /* ranked */
        char *mark = str_equal(prefix, STR("# ")) ? arena_printf(r->arena, "%zu ", i + 1)
                                                  : arena_printf(r->arena, STR_FMT, STR_ARG(prefix));
        add_line(r->page, str_from(arena_printf(r->arena, "%s" STR_FMT, mark, STR_ARG(head))), LINE_OTHER);
    }
}

/* Other articles' headlines with their cut-off first sentences: in one line each, or in blocks of three lines. */
static void draw_leads(struct render *r, size_t count, struct str prefix)
{
    struct str outlet = slots_get(r->slots, STR("매체"));
    for (size_t i = 0; i < count; i++) {
        struct str rest = draw(r, r->source->leads, r->leads, &r->next_lead), head;
        if (!str_field(&rest, '|', &head))
            continue;
        if (str_equal(prefix, STR("-/"))) {
            add_line(r->page, STR("-"), LINE_OTHER);
            add_line(r->page, head, LINE_OTHER);
            add_line(r->page, rest, LINE_OTHER);
        } else if (prefix.n == 0) {
            add_line(r->page,
                     str_from(arena_printf(r->arena, STR_FMT " [" STR_FMT "] " STR_FMT, STR_ARG(head), STR_ARG(outlet),
                                           STR_ARG(rest))),
                     LINE_OTHER);
        } else {
            add_line(r->page,
                     str_from(arena_printf(r->arena, "  %zu. " STR_FMT " " STR_FMT "...", i + 1, STR_ARG(head),
                                           STR_ARG(rest))),
                     LINE_OTHER);
        }
    }
}

static void draw_banners(struct render *r, size_t count)
{
    struct lines all =
        lines_split(r->arena,
                    STR("남부산림청 산불조심|건강검진 안내|안동 간고등어 본가|군립도서관 책축제|상수도 요금 "
                        "자동이체|한샘골 두부마을|김천 포도즙 직거래|영주 인견 판매장|의성 마늘 직판|창업 상담 무료"),
                    '|');
    const size_t *order = deck(r, all.n);
    for (size_t i = 0; i < count && i < all.n; i++)
        add_line(r->page, all.items[order[i]], LINE_OTHER);
}

static void draw_body(struct render *r, struct str options)
{
    const struct lines *paragraphs = &r->article->paragraphs;
    size_t gap_at = str_find(options, STR("gap="), 0), first_at = str_find(options, STR("first="), 0);
    size_t gap = gap_at == SIZE_MAX ? 0 : (size_t)(options.p[gap_at + 4] - '0');
    bool join = str_starts(options, STR("join")), bullets = str_find(options, STR("bullets"), 0) != SIZE_MAX;
    bool nbsp = str_find(options, STR("nbsp"), 0) != SIZE_MAX;
    struct buf line = {0};
    if (first_at != SIZE_MAX) {
        buf_str(&line, text_fill(r->arena, r->rng, r->slots, str_slice(options, first_at + 6, options.n)));
        buf_char(&line, ' ');
    }
    for (size_t i = 0; i < paragraphs->n; i++) {
        for (size_t g = 0; !join && i > 0 && g < gap; g++)
            add_line(r->page, nbsp && g == 0 ? STR("\xC2\xA0") : STR(""), LINE_OTHER);
        buf_text(&line, bullets ? (i == 0 ? "□ " : "○ ") : nbsp && i > 0 ? "\xC2\xA0" : join && i > 0 ? " " : "");
        buf_str(&line, paragraphs->items[i]);
        if (join && i + 1 < paragraphs->n)
            continue;
        add_line(r->page, buf_view(&line), LINE_BODY);
        buf_clear(&line);
    }
    buf_free(&line);
}

static void draw_text(struct render *r, struct str text)
{
    add_line(r->page, text_fill(r->arena, r->rng, r->slots, text), LINE_OTHER);
}

static struct str joined(struct render *r, struct str a, struct str b)
{
    return str_from(arena_printf(r->arena, STR_FMT STR_FMT, STR_ARG(a), STR_ARG(b)));
}

/* A line "@name options" of a skin. */
static void directive(struct render *r, struct str name, struct str options)
{
    size_t count = 0, at = 0;
    while (at < options.n && options.p[at] >= '0' && options.p[at] <= '9')
        count = count * 10 + (size_t)(options.p[at++] - '0');
    struct str prefix = str_slice(options, at + 1, options.n);
    if (str_equal(name, STR("title"))) {
        add_line(r->page, joined(r, r->article->title, options), LINE_TITLE);
    } else if (str_equal(name, STR("repeat"))) {
        add_line(r->page, r->article->title, LINE_TITLE);
        add_line(r->page, r->article->title, LINE_TITLE);
    } else if (str_equal(name, STR("subtitle"))) {
        if (r->article->subtitle.n > 0)
            add_line(r->page, joined(r, options, r->article->subtitle), LINE_OPTIONAL);
    } else if (str_equal(name, STR("date"))) {
        if (r->dated)
            draw_text(r, options);
    } else if (str_equal(name, STR("caption"))) {
        if (rng_percent(r->rng, 50)) {
            struct str city = slots_get(r->slots, STR("시"));
            add_line(r->page, str_from(arena_printf(r->arena, STR_FMT " 제공", STR_ARG(city))), LINE_OPTIONAL);
            add_line(r->page, STR(""), LINE_OTHER);
        }
    } else if (str_equal(name, STR("body"))) {
        draw_body(r, options);
    } else if (str_equal(name, STR("weather"))) {
        draw_weather(r, count, prefix);
    } else if (str_equal(name, STR("heads"))) {
        draw_heads(r, count, prefix);
    } else if (str_equal(name, STR("lead"))) {
        draw_leads(r, 1, STR(""));
    } else if (str_equal(name, STR("leads"))) {
        draw_leads(r, count, prefix);
    } else if (str_equal(name, STR("banners"))) {
        draw_banners(r, count);
    }
}

void page_render(struct page *page, struct arena *arena, struct rng *rng, const struct source *source, size_t outlet,
                 const struct slots *slots, const struct article_text *article, bool dated)
{
    struct render r = {
        .page = page, .arena = arena, .rng = rng, .source = source, .slots = slots, .article = article, .dated = dated};
    r.heads = deck(&r, source->heads.n);
    r.leads = deck(&r, source->leads.n);
    for (size_t i = 0; i < source->skins[outlet].n; i++) {
        struct str line = source->skins[outlet].items[i];
        if (!str_starts(line, STR("@"))) {
            draw_text(&r, line);
            continue;
        }
        struct str rest = str_slice(line, 1, line.n), name;
        str_field(&rest, ' ', &name);
        directive(&r, name, rest);
    }
}

struct str page_lines(struct arena *arena, const struct page *page, enum line_role role)
{
    struct buf out = {0};
    for (size_t i = 0; i < page->n; i++) {
        if (page->roles[i] != role)
            continue;
        size_t last = i;
        for (size_t j = i + 1; j < page->n && (page->roles[j] == role || page->blank[j]); j++)
            last = page->roles[j] == role ? j : last;
        buf_printf(&out, "%s%zu", out.n > 0 ? "," : "", i + 1);
        if (last > i)
            buf_printf(&out, "-%zu", last + 1);
        i = last;
    }
    struct str lines = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return lines;
}
