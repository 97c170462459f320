/* The other articles of an initiative, and what they have in common with one of them. */
#include "cli/explain.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_PAIRS = 64, MAX_TITLE_WORDS = 32 };

static size_t pairs_of(struct str title, uint64_t pairs[MAX_PAIRS])
{
    size_t n = 0;
    uint32_t before = 0;
    for (size_t at = 0; at < title.n && n < MAX_PAIRS;) {
        uint32_t c = utf8_next(title, &at);
        if (!utf8_is_letter(c))
            continue;
        if (before)
            pairs[n++] = (uint64_t)before << 32 | c;
        before = c;
    }
    return n;
}

double titles_alike(struct str a, struct str b)
{
    uint64_t x[MAX_PAIRS], y[MAX_PAIRS];
    size_t n = pairs_of(a, x), m = pairs_of(b, y), common = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++)
            if (x[i] == y[k]) {
                common++;
                y[k] = 0;
                break;
            }
    return n + m ? 2 * (double)common / (double)(n + m) : 0;
}

/* The next run of letters of at least two syllables. */
static bool next_word(struct str text, size_t *at, struct str *word)
{
    while (*at < text.n) {
        size_t begin = *at, end = begin, letters = 0;
        while (end < text.n) {
            size_t next = end;
            if (!utf8_is_letter(utf8_next(text, &next)))
                break;
            end = next;
            letters++;
        }
        *at = end;
        if (end < text.n)
            utf8_next(text, at);
        *word = str_slice(text, begin, end);
        if (letters >= 2)
            return true;
    }
    return false;
}

static bool is_listed(const struct explain_member *member, struct str word)
{
    for (size_t i = 0; i < member->n_common; i++)
        if (str_find(member->common[i], word, 0) != SIZE_MAX || str_find(word, member->common[i], 0) != SIZE_MAX)
            return true;
    return false;
}

/* Words of this title that the other article holds, title or body. */
static void find_common(struct str title, struct str other, struct arena *arena, struct explain_member *member)
{
    struct str word;
    for (size_t at = 0, n = 0; n < MAX_TITLE_WORDS && member->n_common < EXPLAIN_COMMON && next_word(title, &at, &word);
         n++)
        if (str_find(other, word, 0) != SIZE_MAX && !is_listed(member, word))
            member->common[member->n_common++] = str_copy(arena, word);
}

/* Ranks run from 0. */
static bool count_more(struct store *store, struct explained *e, struct err *err)
{
    static const char sql[] = "SELECT max(rank) FROM initiative_article WHERE initiative ="
                              " (SELECT initiative FROM initiative_article WHERE article = ?1)";
    struct param param = {.type = PARAM_INT, .number = e->listed->id};
    struct rows *rows = store_query(store, sql, &param, 1, err);
    int64_t others = rows && rows_next(rows, err) ? rows_int(rows, 0) : 0;
    rows_close(rows);
    e->more_members = others > (int64_t)e->n_members ? (size_t)others - e->n_members : 0;
    return err->kind == ERR_NONE;
}

bool explain_members(struct store *store, struct arena *arena, struct explained *e, struct err *err)
{
    static const char where[] = "id IN (SELECT article FROM initiative_article WHERE initiative ="
                                " (SELECT initiative FROM initiative_article WHERE article = ?1) AND article <> ?1"
                                " ORDER BY rank LIMIT ?2)";
    const struct param params[] = {{.type = PARAM_INT, .number = e->listed->id},
                                   {.type = PARAM_INT, .number = EXPLAIN_MEMBERS}};
    struct rows *rows = store_articles(store, where, params, 2, err);
    struct arena *each = arena_new();
    struct article other;
    for (; rows && e->n_members < EXPLAIN_MEMBERS && store_next_article(rows, each, &other, err); arena_reset(each)) {
        struct explain_member *member = &e->members[e->n_members++];
        *member = (struct explain_member){
            .key = str_copy(arena, str_from(other.key)),
            .title = str_copy(arena, other.title),
            .outlet = str_copy(arena, other.outlet),
            .published = other.published,
            .alike = titles_alike(e->article.title, other.title),
        };
        find_common(e->article.title, article_text(each, &other), arena, member);
    }
    rows_close(rows);
    arena_free(each);
    return err->kind == ERR_NONE && count_more(store, e, err);
}
