/* The encoding of a page of HTML. Its bytes decide; what it declares (HTML standard §13.2.3.2) is asked where they are
 * neither UTF-8 nor Korean, and named where it is wrong. */
#include "ingest/html_meta.h"

#include "base/utf8.h"
#include "ingest/encoding.h"
#include "ingest/html_token.h"

#include <string.h>
#include <strings.h>

enum { PRESCAN = 4096 /* bytes; the standard looks at 1024, but pages hide it behind more than that */ };

/* "…charset=euc-kr…": the label; "" for none. */
static struct str charset_in(struct str content)
{
    size_t at = 0;
    while (at + 8 <= content.n && strncasecmp(content.p + at, "charset=", 8) != 0)
        at++;
    struct str label = str_trim(str_slice(content, at + 8, content.n));
    size_t n = 0;
    while (n < label.n && !strchr("\"'; ,>", label.p[n]))
        n++;
    return str_slice(label, 0, n);
}

/* The charset that a page declares in its first bytes, as written; "". */
static struct str declared_charset(struct str bytes)
{
    struct html_scan scan = {.html = str_slice(bytes, 0, PRESCAN)};
    struct html_token token;
    struct str xml = scan.html, label;
    if (str_starts(xml, STR("<?xml"))) {
        size_t at = str_find(str_slice(xml, 0, 120), STR("encoding=\""), 0);
        label = at == SIZE_MAX ? STR("") : str_slice(xml, at + 10, str_find(xml, STR("\""), at + 10));
        if (label.n)
            return label;
    }
    while (html_next(&scan, &token)) {
        struct str name, value;
        if (token.kind != HTML_START || !html_is(token.name, "meta"))
            continue;
        for (size_t at = 0; html_next_attribute(token.attributes, &at, &name, &value);) {
            label = html_is(name, "charset") ? str_trim(value) : html_is(name, "content") ? charset_in(value) : STR("");
            if (label.n)
                return label;
        }
    }
    return STR("");
}

/* "euc-kr" for all names of what is read as cp949, "utf-8" for its own: to compare what is declared with what is. */
static const char *family(const char *name)
{
    static const char *const korean[] = {"cp949",  "euc-kr",        "euckr",          "ms949",
                                         "uhc",    "windows-949",   "ks_c_5601-1987", "ksc5601",
                                         "korean", "x-windows-949", "ks_c_5601-1989"};
    for (size_t i = 0; i < sizeof korean / sizeof *korean; i++)
        if (strcasecmp(name, korean[i]) == 0)
            return "cp949";
    return strcasecmp(name, "utf8") == 0 ? "utf-8" : name;
}

bool html_decode_page(struct arena *arena, const char *name, struct str bytes, const char *encoding,
                      struct decoded *out, struct diag_list *diag)
{
    struct str label = str_head(declared_charset(bytes), 40);
    const char *declared = family(str_copy(arena, label).p);
    if ((encoding && strcmp(encoding, "auto") != 0) || !label.n)
        return decode_bytes(arena, name, bytes, encoding, out, diag);
    if (strcmp(declared, "cp949") == 0 && utf8_invalid(bytes) != SIZE_MAX) {
        struct diag_list unheard = {0}; /* little Hangul, much Hanja: the declaration settles it */
        bool korean = decode_bytes(arena, name, bytes, "auto", out, &unheard);
        diag_free(&unheard);
        if (!korean)
            return decode_bytes(arena, name, bytes, "cp949", out, diag);
    }
    if (!decode_bytes(arena, name, bytes, "auto", out, diag))
        return false;
    if (!encoding_is_utf16(out->encoding) && strcasecmp(declared, out->encoding) != 0)
        diag_add(diag, DIAG_NOTE, "charset-mismatch", name, 0, 0, "declares the charset %s, is %s", declared,
                 out->encoding);
    return true;
}
