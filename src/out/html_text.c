#include "out/html_text.h"

#include "base/link.h"
#include "base/utf8.h"

/* Controls but tab and newline, noncharacters, and what turns the order of text around. */
static bool is_forbidden(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0) || utf8_is_direction(c) ||
           (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

void html_text(struct buf *out, struct str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        switch (c) {
        case '&': buf_text(out, "&amp;"); break;
        case '<': buf_text(out, "&lt;"); break;
        case '>': buf_text(out, "&gt;"); break;
        case '"': buf_text(out, "&quot;"); break;
        default:
            if (!is_forbidden(c))
                buf_add(out, text.p + from, at - from);
        }
    }
}

void html_attribute(struct buf *out, const char *name, struct str text)
{
    if (!text.n)
        return;
    buf_printf(out, " %s=\"", name);
    html_text(out, text);
    buf_char(out, '"');
}

static void put_name(struct buf *out, struct str anchor)
{
    if (anchor.n && anchor.p[0] == '_') /* ours begin with one */
        buf_char(out, '_');
    struct str part;
    for (bool more = str_field(&anchor, ' ', &part); more;) { /* an id has no blanks */
        html_text(out, part);
        more = str_field(&anchor, ' ', &part);
        buf_text(out, more ? "_" : "");
    }
}

void html_id(struct buf *out, struct str anchor)
{
    if (!anchor.n)
        return;
    buf_text(out, " id=\"");
    put_name(out, anchor);
    buf_char(out, '"');
}

bool html_link(struct buf *out, struct str link)
{
    if (link.n > 1 && link.p[0] == '#') {
        buf_text(out, "<a href=\"#");
        put_name(out, str_slice(link, 1, link.n));
        buf_text(out, "\">");
        return true;
    }
    if (!link_is_page(link) && !link_has_scheme(link, "mailto:"))
        return false;
    buf_text(out, "<a");
    html_attribute(out, "href", link);
    buf_text(out, link_has_scheme(link, "http") ? " rel=\"noopener noreferrer\">" : ">");
    return true;
}

static const struct {
    unsigned flag;
    const char *name;
} looks[] = {{RUN_STRONG, "strong"}, {RUN_EMPHASIS, "em"}, {RUN_CODE, "code"}, {RUN_SUPER, "sup"}, {RUN_SUB, "sub"}};
enum { LOOKS = sizeof looks / sizeof *looks };

static void put_run(struct buf *out, const struct run *run)
{
    for (size_t i = 0; i < LOOKS; i++)
        if (run->flags & looks[i].flag)
            buf_printf(out, "<%s>", looks[i].name);
    const bool span = run->style.n || run->language.n;
    if (span) {
        buf_text(out, "<span");
        if (run->style.n) {
            buf_text(out, " class=\"c-");
            html_text(out, run->style);
            buf_char(out, '"');
        }
        html_attribute(out, "lang", run->language);
        buf_char(out, '>');
    }
    html_text(out, run->text);
    buf_text(out, span ? "</span>" : "");
    for (size_t i = LOOKS; i-- > 0;)
        if (run->flags & looks[i].flag)
            buf_printf(out, "</%s>", looks[i].name);
}

/* "1)", which leads to the note; the first call is where the note leads back to. */
static void put_call(struct buf *out, unsigned note, struct html_calls *calls)
{
    unsigned call = note <= calls->n ? ++calls->calls[note - 1] : 2;
    buf_printf(out, "<sup class=\"call\"><a href=\"#_note-%u\"", note);
    if (call == 1)
        buf_printf(out, " id=\"_call-%u\"", note);
    buf_printf(out, " role=\"doc-noteref\">%u)</a></sup>", note);
}

void html_runs(struct buf *out, const struct run *runs, size_t n, struct html_calls *calls)
{
    for (size_t i = 0; i < n;) {
        if (runs[i].flags & RUN_BREAK)
            buf_text(out, "<br>");
        if (runs[i].note) {
            put_call(out, runs[i++].note, calls);
            continue;
        }
        bool linked = html_link(out, runs[i].link);
        const struct str link = runs[i].link;
        put_run(out, &runs[i++]);
        for (; linked && i < n && !runs[i].note && str_equal(runs[i].link, link); i++) { /* one link */
            buf_text(out, runs[i].flags & RUN_BREAK ? "<br>" : "");
            put_run(out, &runs[i]);
        }
        buf_text(out, linked ? "</a>" : "");
    }
}

void html_plain(struct buf *out, const struct run *runs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_text(out, runs[i].flags & RUN_BREAK ? " " : "");
        html_text(out, runs[i].text);
    }
}
