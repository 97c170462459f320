#include "ingest/fragment.h"

#include "ingest/reader.h"

#include <string.h>

enum { TAG_BYTES = 4000, REFERENCE_BYTES = 32 /* the longest, with room */ };

static const char *const blocks[] = {"p",  "br", "div", "li",         "ul",      "ol",      "table",  "tr",
                                     "td", "th", "hr",  "blockquote", "section", "article", "figure", "pre",
                                     "h1", "h2", "h3",  "h4",         "h5",      "h6",      NULL};
static const char *const others[] = {
    "b",    "strong", "em",  "i",   "u",      "s",     "span",   "a",          "font",  "img",   "small",  "sup", "sub",
    "mark", "strike", "del", "ins", "script", "style", "iframe", "figcaption", "tbody", "thead", "center", NULL};

enum tag { NO_TAG, INLINE_TAG, BLOCK_TAG };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Which tag stands at the "<" at `at`, if any: a name of HTML, and a ">" before the next "<". After a name of one
 * letter that is no plain <b> an attribute is wanted. */
static enum tag tag_at(struct str s, size_t at)
{
    char name[16];
    size_t n = 0, i = at + 1 + (at + 1 < s.n && s.p[at + 1] == '/');
    bool attribute = false;
    while (i < s.n && n < sizeof name &&
           ((lower(s.p[i]) >= 'a' && lower(s.p[i]) <= 'z') || (n && s.p[i] >= '1' && s.p[i] <= '6')))
        name[n++] = lower(s.p[i++]);
    if (!n || n == sizeof name || i == s.n || !strchr(" \t\n/>", s.p[i]))
        return NO_TAG;
    bool plain = s.p[i] == '>' || s.p[i] == '/';
    for (size_t limit = i + TAG_BYTES; i < s.n && i < limit && s.p[i] != '>'; i++) {
        if (s.p[i] == '<')
            return NO_TAG;
        attribute |= s.p[i] == '=';
    }
    struct str word = {name, n};
    if (i == s.n || s.p[i] != '>' || (n == 1 && !plain && !attribute))
        return NO_TAG;
    return str_is_any(word, blocks) ? BLOCK_TAG : str_is_any(word, others) ? INLINE_TAG : NO_TAG;
}

/* "&amp;", "&#8217;", "&#x27;": the shape of one; a name that is none stays as it stands. */
static bool is_reference(struct str s, size_t at)
{
    size_t i = at + 1, least = 2;
    if (i < s.n && s.p[i] == '#') {
        i++;
        least = 1;
    }
    size_t from = i;
    while (i < s.n && i < at + REFERENCE_BYTES &&
           ((s.p[i] >= '0' && s.p[i] <= '9') || (lower(s.p[i]) >= 'a' && lower(s.p[i]) <= 'z')))
        i++;
    return i - from >= least && i < s.n && s.p[i] == ';';
}

struct str fragment_text(struct arena *arena, struct str value)
{
    bool html = false, block = false;
    if (!value.n || (!memchr(value.p, '<', value.n) && !memchr(value.p, '&', value.n)))
        return value;
    for (size_t i = 0; i < value.n && !block; i++) {
        enum tag tag = value.p[i] == '<' ? tag_at(value, i) : NO_TAG;
        block = tag == BLOCK_TAG;
        html |= tag != NO_TAG || (value.p[i] == '&' && is_reference(value, i));
    }
    if (!html)
        return value;
    struct buf out = {0};
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] == '<' && tag_at(value, i) == NO_TAG && !str_starts(str_slice(value, i, value.n), STR("<!--")))
            buf_text(&out, "&lt;");
        else if (value.p[i] == '\n' && !block) /* text with a tag or two: its lines are lines */
            buf_text(&out, "<br>");
        else
            buf_char(&out, value.p[i]);
    struct str text = html_to_text(arena, str_copy(arena, buf_view(&out)));
    buf_free(&out);
    return text;
}
