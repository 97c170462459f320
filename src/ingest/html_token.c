#include "ingest/html_token.h"

#include <string.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool html_is(struct str name, const char *word)
{
    size_t i = 0;
    while (i < name.n && word[i] && lower(name.p[i]) == word[i])
        i++;
    return i == name.n && !word[i];
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static size_t skip_blanks(struct str s, size_t at)
{
    while (at < s.n && is_blank(s.p[at]))
        at++;
    return at;
}

/* Index of the first `c` from `at` on, s.n where there is none. */
static size_t find(struct str s, size_t at, char c)
{
    const char *hit = at < s.n ? memchr(s.p + at, c, s.n - at) : NULL;
    return hit ? (size_t)(hit - s.p) : s.n;
}

bool html_next_attribute(struct str s, size_t *at, struct str *name, struct str *value)
{
    size_t i = *at;
    *value = (struct str){NULL, 0};
    while (i < s.n && (is_blank(s.p[i]) || s.p[i] == '/'))
        i++;
    if (i >= s.n || s.p[i] == '>') {
        *at = i;
        return false;
    }
    size_t from = i++; /* a "=" here is the name's first character */
    while (i < s.n && !is_blank(s.p[i]) && !strchr("/>=", s.p[i]))
        i++;
    *name = str_slice(s, from, i);
    size_t sign = skip_blanks(s, i);
    if (sign < s.n && s.p[sign] == '=') {
        i = skip_blanks(s, sign + 1);
        from = i;
        if (i < s.n && (s.p[i] == '"' || s.p[i] == '\'')) {
            i = find(s, from + 1, s.p[from]);
            *value = str_slice(s, from + 1, i);
            i += i < s.n;
        } else {
            while (i < s.n && !is_blank(s.p[i]) && s.p[i] != '>')
                i++;
            *value = str_slice(s, from, i);
        }
    }
    *at = i;
    return true;
}

/* Elements whose text holds no tags; of some not even references. */
static bool reads_raw(struct str name)
{
    static const char *const names[] = {"script", "style",     "textarea", "title",    "iframe",
                                        "xmp",    "plaintext", "noembed",  "noframes", NULL};
    for (const char *const *n = names; *n; n++)
        if (html_is(name, *n))
            return true;
    return false;
}

/* In SVG and MathML a <title> has tags. Code stays code there, other than in the standard, for where "</svg>" is
 * missing all that follows would be in it. */
static bool begins_raw(const struct html_scan *scan, const struct html_token *token)
{
    bool code = html_is(token->name, "script") || html_is(token->name, "style");
    return reads_raw(token->name) && (!scan->foreign || (code && !token->self_closing));
}

static bool has_references(struct str raw)
{
    return html_is(raw, "title") || html_is(raw, "textarea");
}

/* Does the tag "<name" or "</name" stand at `at`, `skip` bytes of marks before the name? */
static bool is_tag_of(struct str html, size_t at, size_t skip, struct str name)
{
    size_t after = at + skip + name.n, i = 0;
    if (after > html.n || (skip == 2 && html.p[at + 1] != '/'))
        return false;
    while (i < name.n && lower(html.p[at + skip + i]) == lower(name.p[i]))
        i++;
    return i == name.n && (after == html.n || is_blank(html.p[after]) || strchr("/>", html.p[after]));
}

/* Byte at which "</name" begins that ends the text of `name`; html.n where nothing does. In a script's "<!-- … -->" a
 * "<script" needs an end of its own (§13.2.5.25 ff., double escaped): pages write scripts by scripts. */
static size_t raw_end(struct str html, size_t at, struct str name)
{
    bool script = html_is(name, "script"), escaped = false, inner = false;
    for (size_t from = at; at < html.n; at++) {
        if (html.p[at] == '>' && at >= from + 2 && html.p[at - 1] == '-' && html.p[at - 2] == '-') {
            escaped = inner = false;
        } else if (html.p[at] != '<') {
            at = script && escaped ? at : find(html, at, '<') - 1;
        } else if (script && str_starts(str_slice(html, at, at + 4), STR("<!--"))) {
            escaped = true;
        } else if (escaped && is_tag_of(html, at, 1, name)) {
            inner = true;
        } else if (is_tag_of(html, at, 2, name)) {
            if (!inner)
                return at;
            inner = false;
        }
    }
    return html.n;
}

/* Byte behind a comment whose "<!--" ends at `at`: "-->", "--!>", or at once ">" and "->". */
static size_t comment_end(struct str html, size_t at)
{
    struct str rest = str_slice(html, at, html.n);
    if (str_starts(rest, STR(">")))
        return at + 1;
    if (str_starts(rest, STR("->")))
        return at + 2;
    for (size_t i = find(html, at, '>'); i < html.n; i = find(html, i + 1, '>')) {
        struct str before = str_slice(html, at, i);
        if (str_ends(before, STR("--")) || str_ends(before, STR("--!")))
            return i + 1;
    }
    return html.n;
}

/* Byte behind what begins with "<" at scan->at and is no tag and no text: a comment, a declaration, "<?…>", "</ …>";
 * scan->at itself for anything else. */
static size_t bogus_end(struct str html, size_t at)
{
    struct str rest = str_slice(html, at, html.n);
    if (str_starts(rest, STR("<!--")))
        return comment_end(html, at + 4);
    bool odd_end = rest.n > 2 && rest.p[1] == '/' && !is_letter(rest.p[2]);
    if (rest.n > 1 && (rest.p[1] == '!' || rest.p[1] == '?' || odd_end)) {
        size_t end = find(html, at, '>');
        return end < html.n ? end + 1 : html.n;
    }
    return at;
}

static bool is_tag(struct str html, size_t at)
{
    size_t name = at + 1 + (at + 1 < html.n && html.p[at + 1] == '/');
    return html.p[at] == '<' && name < html.n && is_letter(html.p[name]);
}

/* Reads the tag at scan->at. False where the page ends within it: then it is none. */
static bool read_tag(struct html_scan *scan, struct html_token *token)
{
    struct str html = scan->html, name, value;
    bool end = html.p[scan->at + 1] == '/';
    size_t from = scan->at + 1 + end, at = from, last;
    while (at < html.n && !is_blank(html.p[at]) && html.p[at] != '/' && html.p[at] != '>')
        at++;
    *token = (struct html_token){.kind = end ? HTML_END : HTML_START, .name = str_slice(html, from, at)};
    from = last = at;
    while (html_next_attribute(html, &at, &name, &value))
        last = at;
    if (at >= html.n)
        return false;
    token->attributes = str_slice(html, from, last);
    token->self_closing = html.p[at - 1] == '/' && at > last;
    scan->at = at + 1;
    if (html_is(token->name, "svg") || html_is(token->name, "math"))
        scan->foreign = end ? scan->foreign - (scan->foreign > 0) : scan->foreign + !token->self_closing;
    if (!end && begins_raw(scan, token))
        scan->raw = token->name;
    return true;
}

bool html_next(struct html_scan *scan, struct html_token *token)
{
    struct str html = scan->html;
    if (scan->raw.n) {
        size_t end = html_is(scan->raw, "plaintext") ? html.n : raw_end(html, scan->at, scan->raw);
        *token = (struct html_token){.kind = HTML_TEXT, .text = str_slice(html, scan->at, end)};
        token->verbatim = !has_references(scan->raw);
        scan->at = end;
        scan->raw = (struct str){NULL, 0};
        return true;
    }
    while (scan->at < html.n && html.p[scan->at] == '<') {
        if (is_tag(html, scan->at)) {
            bool whole = read_tag(scan, token);
            scan->at = whole ? scan->at : html.n;
            return whole;
        }
        size_t end = bogus_end(html, scan->at);
        if (end == scan->at)
            break;
        scan->at = end;
    }
    if (scan->at >= html.n)
        return false;
    size_t end = find(html, scan->at + 1, '<');
    *token = (struct html_token){.kind = HTML_TEXT, .text = str_slice(html, scan->at, end)};
    scan->at = end;
    return true;
}
