#include "out/pdf/glyphs.h"

#include "base/mem.h"

#include <stdlib.h>

enum { MOST = 8191 }; /* elements of an array in PDF/A-1 (6.1.12) */

/* ---- widths ---- */

static int by_width(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* The most common whole number: DW is an integer (PDF table 117), and poppler and MuPDF read no other. */
static int default_width(const struct pdf_glyph *glyphs, size_t n)
{
    enum { WHOLE = 100, USUAL = 100000 };
    int32_t *widths = mem_alloc(mem_mul(n, sizeof *widths));
    for (size_t i = 0; i < n; i++)
        widths[i] = glyphs[i].width;
    qsort(widths, n, sizeof *widths, by_width);
    int32_t best = USUAL;
    size_t most = 0, run = 0;
    for (size_t i = 0; i < n; i++) {
        run = i && widths[i] == widths[i - 1] ? run + 1 : 1;
        if (run > most && widths[i] % WHOLE == 0) {
            most = run;
            best = widths[i];
        }
    }
    mem_free(widths);
    return best;
}

/* "c [w w …]" for neighbours, "first last w" for a stretch of equal widths. Returns how many elements that is. */
static size_t put_stretches(const struct pdf_glyph *g, size_t n, int usual, struct buf *out)
{
    size_t elements = 0;
    for (size_t i = 0; i < n;) {
        if (g[i].width == usual) {
            i++;
            continue;
        }
        size_t end = i + 1, equal = i + 1;
        while (equal < n && g[equal].code == g[equal - 1].code + 1 && g[equal].width == g[i].width)
            equal++;
        buf_printf(out, "%u", g[i].code);
        if (equal - i > 2) {
            buf_printf(out, " %u ", g[equal - 1].code);
            pdf_fixed(out, g[i].width, 2);
            buf_char(out, ' ');
            i = equal;
            elements += 3;
            continue;
        }
        buf_char(out, '[');
        pdf_fixed(out, g[i].width, 2);
        for (; end < n && end - i < MOST && g[end].code == g[end - 1].code + 1 && g[end].width != usual; end++) {
            buf_char(out, ' ');
            pdf_fixed(out, g[end].width, 2);
        }
        buf_char(out, ']');
        i = end;
        elements += 2;
    }
    return elements;
}

/* "c [w w …]" for every MOST codes, whatever they have. */
static void put_all(const struct pdf_glyph *g, size_t n, int usual, struct buf *out)
{
    size_t at = 0, put = 0;
    for (unsigned code = g[0].code; code <= g[n - 1].code; code++, put++) {
        if (put % MOST == 0)
            buf_printf(out, "%s%u[", put ? "]" : "", code);
        else
            buf_char(out, ' ');
        bool has = g[at].code == code;
        pdf_fixed(out, has ? g[at].width : usual, 2);
        at += has;
    }
    buf_char(out, ']');
}

int pdf_glyph_widths(const struct pdf_glyph *g, size_t n, struct buf *out)
{
    int usual = default_width(g, n);
    size_t start = out->n;
    if (put_stretches(g, n, usual, out) > MOST) {
        out->n = start;
        put_all(g, n, usual, out);
    }
    return usual;
}

/* ---- texts ---- */

/* One line of a ToUnicode map from entry `at`: a stretch of following codes becomes one range with an array of texts;
 * so does a single code, as veraPDF takes a long text without brackets for a number. Returns the entry after it. Ranges
 * may not cross a high byte (PDF 9.10.3, Adobe TN #5014). */
static size_t unicode_range(const struct pdf_glyph *g, size_t at, size_t stop, const char *pool, struct buf *out)
{
    size_t end = at + 1;
    while (end < stop && g[end].size && g[end].code == g[end - 1].code + 1 && g[end].code >> 8 == g[at].code >> 8 &&
           end - at < 100)
        end++;
    buf_printf(out, "<%04X><%04X>[", g[at].code, g[end - 1].code);
    for (size_t i = at; i < end; i++) {
        buf_char(out, '<');
        pdf_utf16_hex(out, (struct str){pool + g[i].text, g[i].size});
        buf_char(out, '>');
    }
    buf_text(out, "]\n");
    return end;
}

void pdf_glyph_texts(const struct pdf_glyph *glyphs, size_t count, const char *pool, struct buf *out)
{
    struct buf lines = {0};
    buf_text(out, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                  "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n"
                  "/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    int n = 0;
    for (size_t i = 0; i < count || n;) {
        if (i < count && !glyphs[i].size) {
            i++;
            continue;
        }
        if (i < count) {
            i = unicode_range(glyphs, i, count, pool, &lines);
            n++;
        }
        if (n == 100 || i >= count) {
            buf_printf(out, "%d beginbfrange\n", n);
            buf_str(out, buf_view(&lines));
            buf_text(out, "endbfrange\n");
            buf_clear(&lines);
            n = 0;
        }
    }
    buf_text(out, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    buf_free(&lines);
}
