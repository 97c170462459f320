/* Names of the enumerations as the database keeps them, and the text that findings point into. */
#include "store/records.h"

#include "base/arena.h"

#include <string.h>

static const char *const basis_names[] = {
    [BASIS_UNKNOWN] = "unknown",
    [BASIS_INFERRED] = "inferred",
    [BASIS_METADATA] = "metadata",
    [BASIS_PUBLISHED] = "published",
};

static const char *const kind_names[FINDING_KINDS] = {
    [FINDING_CITY] = "city",   [FINDING_CATEGORY] = "category", [FINDING_INITIATIVE] = "initiative",
    [FINDING_EVENT] = "event", [FINDING_STAGE] = "stage",       [FINDING_AGENCY] = "agency",
    [FINDING_MONEY] = "money", [FINDING_COUNT] = "count",       [FINDING_TARGET] = "target",
    [FINDING_ZONE] = "zone",
};

const char *basis_name(enum date_basis basis)
{
    return basis_names[basis];
}

const char *finding_kind_name(enum finding_kind kind)
{
    return kind_names[kind];
}

enum date_basis basis_from_name(struct str name)
{
    for (size_t i = 0; i < sizeof basis_names / sizeof *basis_names; i++)
        if (str_equal(name, str_from(basis_names[i])))
            return (enum date_basis)i;
    return BASIS_UNKNOWN;
}

enum finding_kind finding_kind_from_name(struct str name)
{
    for (size_t i = 0; i < FINDING_KINDS; i++)
        if (str_equal(name, str_from(kind_names[i])))
            return (enum finding_kind)i;
    return FINDING_KINDS;
}

static char *append(char *to, struct str part)
{
    if (part.n)
        memcpy(to, part.p, part.n);
    return to + part.n;
}

struct str article_text(struct arena *arena, const struct article *article)
{
    size_t n = article->title.n + article->subtitle.n + article->body.n + 2;
    char *text = arena_alloc(arena, n + 1), *to = append(text, article->title);
    *to++ = '\n';
    to = append(to, article->subtitle);
    *to++ = '\n';
    append(to, article->body);
    return (struct str){text, n};
}

void article_set_key(struct article *article)
{
    article->key[0] = 'a';
    memcpy(article->key + 1, article->hash, ARTICLE_KEY - 2);
    article->key[ARTICLE_KEY - 1] = '\0';
}
