#include "ingest/html_ld.h"

#include "ingest/html_token.h"
#include "ingest/json.h"

#include <jansson.h>
#include <string.h>

enum { MOST_NODES = 200 /* of a graph that are looked at */, MOST_KEYWORDS = 50 };

static struct str text_of(const json_t *value)
{
    return json_is_string(value) ? (struct str){json_string_value(value), json_string_length(value)} : STR("");
}

static struct str kept(struct arena *arena, struct str s)
{
    return str_trim(html_decode(arena, str_copy(arena, s), true));
}

static bool is_article_type(const json_t *type)
{
    struct str name = text_of(type);
    return str_ends(name, STR("Article")) || str_ends(name, STR("BlogPosting")) || str_ends(name, STR("/Report"));
}

static bool is_article(const json_t *node)
{
    const json_t *type = json_object_get(node, "@type");
    for (size_t i = 0; i < json_array_size(type); i++)
        if (is_article_type(json_array_get(type, i)))
            return true;
    return is_article_type(type);
}

/* A name, that of an object, or that of the first of several. */
static struct str name_of(const json_t *value)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    return json_is_object(value) ? text_of(json_object_get(value, "name")) : text_of(value);
}

static struct str address_of(const json_t *node)
{
    const json_t *page = json_object_get(node, "mainEntityOfPage");
    struct str id = json_is_object(page) ? text_of(json_object_get(page, "@id")) : text_of(page);
    return id.n ? id : text_of(json_object_get(node, "url"));
}

static struct str keywords_of(struct arena *arena, const json_t *value)
{
    struct buf out = {0};
    if (!json_is_array(value))
        return kept(arena, text_of(value));
    for (size_t i = 0; i < json_array_size(value) && i < MOST_KEYWORDS; i++) {
        if (i)
            buf_char(&out, ',');
        buf_str(&out, text_of(json_array_get(value, i)));
    }
    struct str result = kept(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static void read_article(struct arena *arena, const json_t *node, struct html_ld *out)
{
    struct str headline = text_of(json_object_get(node, "headline"));
    out->headline = kept(arena, headline.n ? headline : text_of(json_object_get(node, "name")));
    out->publisher = kept(arena, name_of(json_object_get(node, "publisher")));
    out->published = kept(arena, text_of(json_object_get(node, "datePublished")));
    out->url = kept(arena, address_of(node));
    out->keywords = keywords_of(arena, json_object_get(node, "keywords"));
    out->body = kept(arena, text_of(json_object_get(node, "articleBody")));
}

/* The article among the nodes of a list. */
static const json_t *among(const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list) && i < MOST_NODES; i++) {
        const json_t *node = json_array_get(list, i), *inner = json_object_get(node, "@graph");
        if (is_article(node))
            return node;
        for (size_t k = 0; k < json_array_size(inner) && k < MOST_NODES; k++)
            if (is_article(json_array_get(inner, k)))
                return json_array_get(inner, k);
    }
    return NULL;
}

void html_ld(struct arena *arena, struct str json, struct html_ld *out)
{
    char *copy = arena_copy(arena, json.p ? json.p : "", json.n);
    json_t *root, *one = NULL;
    if (out->headline.n || out->published.n)
        return;
    for (size_t i = 0; i < json.n; i++) /* many break lines within strings, which JSON forbids */
        if ((unsigned char)copy[i] < ' ')
            copy[i] = ' ';
    if (json_excess((struct str){copy, json.n}) != JSON_FITS)
        return;
    json_begin();
    root = json_loadb(copy, json.n, JSON_DISABLE_EOF_CHECK, NULL);
    if (json_is_object(root))
        one = json_pack("[O]", root);
    const json_t *article = among(one ? one : root);
    if (!article && json_is_object(root))
        article = json_is_object(json_object_get(root, "mainEntity")) && is_article(json_object_get(root, "mainEntity"))
                      ? json_object_get(root, "mainEntity")
                      : NULL;
    if (article)
        read_article(arena, article, out);
    json_decref(one);
    json_decref(root);
}
