#include "out/pdf/metadata.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/utf8.h"

#include <stdio.h>

enum { MAX_FACT = 16000 }; /* bytes: 32,000 as UTF-16, and PDF/A-3's strings end at 32,767 */

static bool is_blank(uint32_t c)
{
    return c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFFFE || c == 0xFFFF;
}

struct str pdf_metadata_text(struct arena *arena, struct str text)
{
    struct buf out = {0};
    text = str_head(text, MAX_FACT);
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c != 0xFEFF && !utf8_is_direction(c))
            buf_utf8(&out, is_blank(c) ? ' ' : c);
    }
    struct str result = str_copy(arena, str_trim(buf_view(&out)));
    buf_free(&out);
    return result;
}

struct page_info pdf_metadata_info(struct arena *arena, const struct page_info *info)
{
    return (struct page_info){
        .title = pdf_metadata_text(arena, info->title),
        .author = pdf_metadata_text(arena, info->author),
        .subject = pdf_metadata_text(arena, info->subject),
        .keywords = pdf_metadata_text(arena, info->keywords),
        .language = pdf_metadata_text(arena, info->language),
        .created = info->created,
    };
}

struct pdf_date pdf_metadata_date(struct str created, bool xmp)
{
    struct pdf_date result = {""};
    date_t day = date_parse(created);
    if (day == DATE_NONE)
        return result;
    struct ymd ymd = date_split(day);
    if (ymd.year < 1583) /* readers count by another calendar then, and find the two forms to differ */
        return result;
    snprintf(result.p, sizeof result.p, xmp ? "%04d-%02d-%02dT00:00:00+09:00" : "D:%04d%02d%02d000000+09'00'", ymd.year,
             ymd.month, ymd.day);
    return result;
}

static void put_escaped(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '<')
            buf_text(out, "&lt;");
        else if (text.p[i] == '>')
            buf_text(out, "&gt;");
        else if (text.p[i] == '&')
            buf_text(out, "&amp;");
        else
            buf_char(out, text.p[i]);
}

/* <name>before value after</name>, where there is a value. `before` opens what `after` closes. */
static void put_fact(struct buf *out, const char *name, const char *before, struct str value, const char *after)
{
    if (!value.n)
        return;
    buf_printf(out, "<%s>%s", name, before);
    put_escaped(out, value);
    buf_printf(out, "%s</%s>\n", after, name);
}

/* PDF/A knows no property of PDF/UA, so the packet must describe it (ISO 19005-3 6.6.2.3.2). */
static void put_ua(struct buf *out)
{
    buf_text(out, "<pdfuaid:part>1</pdfuaid:part>\n"
                  "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
                  "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
                  "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
                  "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
                  "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
                  "<pdfaProperty:name>part</pdfaProperty:name>\n"
                  "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
                  "<pdfaProperty:category>internal</pdfaProperty:category>\n"
                  "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>\n"
                  "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
                  "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n");
}

static void put_claim(struct buf *out, struct pdf_claim claim)
{
    if (claim.part)
        buf_printf(out, "<pdfaid:part>%d</pdfaid:part>\n<pdfaid:conformance>%c</pdfaid:conformance>\n", claim.part,
                   claim.level);
    if (claim.ua)
        put_ua(out);
}

void pdf_metadata(struct buf *out, const struct page_info *info, struct pdf_claim claim)
{
    buf_text(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                  "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                  " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                  " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"");
    if (claim.ua)
        buf_text(out, " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
                      " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                      " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                      " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"");
    buf_text(out, ">\n");
    struct pdf_date date = pdf_metadata_date(info->created, true);
    const char *alternatives = "<rdf:Alt><rdf:li xml:lang=\"x-default\">", *end = "</rdf:li></rdf:Alt>";
    put_fact(out, "dc:title", alternatives, info->title, end);
    put_fact(out, "dc:creator", "<rdf:Seq><rdf:li>", info->author, "</rdf:li></rdf:Seq>");
    put_fact(out, "dc:description", alternatives, info->subject, end);
    put_fact(out, "dc:language", "<rdf:Bag><rdf:li>", info->language, "</rdf:li></rdf:Bag>");
    put_fact(out, "pdf:Keywords", "", info->keywords, "");
    put_fact(out, "pdf:Producer", "", STR("briefgen"), "");
    put_fact(out, "xmp:CreatorTool", "", STR("briefgen"), "");
    put_fact(out, "xmp:CreateDate", "", str_from(date.p), "");
    put_fact(out, "xmp:ModifyDate", "", str_from(date.p), "");
    put_claim(out, claim);
    buf_text(out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
}
