/* Values in PDF syntax: numbers, names, text strings. */
#include "base/utf8.h"
#include "out/pdf/objects.h"

#include <math.h>

void pdf_fixed(struct buf *out, int64_t value, int decimals)
{
    char digits[24];
    size_t n = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    while (decimals > 0 && rest % 10 == 0) {
        rest /= 10;
        decimals--;
    }
    for (; decimals > 0; decimals--, rest /= 10) {
        digits[--n] = (char)('0' + rest % 10);
        if (decimals == 1)
            digits[--n] = '.';
    }
    bool bare = n == sizeof digits; /* no fraction: "0" must show */
    for (; rest || bare; rest /= 10, bare = false)
        digits[--n] = (char)('0' + rest % 10);
    if (value < 0)
        digits[--n] = '-';
    buf_add(out, digits + n, sizeof digits - n);
}

void pdf_number(struct buf *out, double value, int decimals)
{
    static const double scale[] = {1, 10, 100, 1000};
    pdf_fixed(out, llround(value * scale[decimals]), decimals);
}

static void hex4(struct buf *out, unsigned unit)
{
    static const char digit[] = "0123456789ABCDEF";
    char text[4] = {digit[unit >> 12 & 15], digit[unit >> 8 & 15], digit[unit >> 4 & 15], digit[unit & 15]};
    buf_add(out, text, 4);
}

void pdf_utf16_hex(struct buf *out, struct str utf8)
{
    for (size_t at = 0; at < utf8.n;) {
        uint32_t c = utf8_next(utf8, &at);
        if (c > 0xFFFF) {
            hex4(out, 0xD800 + ((c - 0x10000) >> 10));
            hex4(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            hex4(out, c);
        }
    }
}

void pdf_text(struct buf *out, struct str utf8)
{
    enum { MOST = 16000 };
    struct str text = str_head(utf8, MOST);
    bool ascii = true;
    for (size_t i = 0; i < text.n; i++)
        ascii = ascii && text.p[i] >= ' ' && text.p[i] < 0x7f;
    if (!ascii) {
        buf_text(out, "<FEFF");
        pdf_utf16_hex(out, text);
        buf_char(out, '>');
        return;
    }
    buf_char(out, '(');
    for (size_t i = 0; i < text.n; i++) {
        if (strchr("()\\", text.p[i]))
            buf_char(out, '\\');
        buf_char(out, text.p[i]);
    }
    buf_char(out, ')');
}

void pdf_name(struct buf *out, struct str bytes)
{
    buf_char(out, '/');
    for (size_t i = 0; i < bytes.n && i < 100; i++) { /* names end at 127 bytes; #xx triples only rare ones */
        unsigned char c = (unsigned char)bytes.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                     c == '_' || c == '+' || c == '.';
        if (plain)
            buf_char(out, (char)c);
        else
            buf_printf(out, "#%02X", c);
    }
}
