/* Numbers in cells, and the days that some of them are. */
#include "base/date.h"
#include "ingest/xlsx.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* 18.8.30: the formats without a code that show days or times, those of East Asian locales among them. */
static bool is_builtin_date(unsigned id)
{
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/* Of the code's first section: is there a letter of a day or time outside quotes, escapes and brackets other than those
 * of elapsed time ([h], [mm])? */
static bool is_date_code(const char *code)
{
    for (const char *p = code; *p && *p != ';'; p++) {
        char c = (char)(*p | 32);
        if (*p == '\\' || *p == '_' || *p == '*') { /* a character as it is, its width, a filling of it */
            if (!*++p)
                return false;
        } else if (*p == '"') {
            if (!(p = strchr(p + 1, '"')))
                return false;
        } else if (*p == '[') {
            const char *end = strchr(p, ']');
            size_t n = strspn(p + 1, "hHmMsS");
            if (!end || (n > 0 && p[n + 1] == ']'))
                return end;
            p = end;
        } else if (strncmp(p, "General", 7) == 0) {
            p += 6;
        } else if (c == 'y' || c == 'm' || c == 'd' || c == 'h' || c == 's') {
            return true;
        }
    }
    return false;
}

bool number_is_date(unsigned id, const char *code)
{
    return code ? is_date_code(code) : is_builtin_date(id);
}

/* A serial number of days (18.17.4.1). The 1900 system counts a 1900-02-29 that never was, as serial 60: it is shown as
 * such, and is no date. False where it is none of a day in years up to 9999. */
static bool put_date(struct buf *text, double serial, bool date1904)
{
    enum { LAST = 2958465, LAST_1904 = LAST - 1462, DAY = 86400 * 1000 };
    if (serial < 0 || serial >= (date1904 ? LAST_1904 : LAST) + 1)
        return false;
    int64_t milliseconds = llround(serial * DAY);
    int day = (int)(milliseconds / DAY), time = (int)(milliseconds % DAY);
    if (date1904 || day >= 1) {
        date_t first = date1904 ? date_from(1904, 1, 1) : day < 60 ? date_from(1899, 12, 31) : date_from(1899, 12, 30);
        buf_text(text, !date1904 && day == 60 ? "1900-02-29" : date_iso(first + day).p);
        if (!time)
            return true;
        buf_char(text, ' ');
    }
    int second = time / 1000;
    buf_printf(text, "%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
    if (time % 1000)
        buf_printf(text, ".%03d", time % 1000);
    return true;
}

static void put_number(struct buf *text, double value)
{
    if (fabs(value) < 1e21 && value == rint(value))
        buf_printf(text, "%.0f", value + 0.0);
    else
        buf_printf(text, "%.15g", value);
}

void number_text(struct buf *text, size_t from, bool date, bool date1904)
{
    struct str s = str_trim(str_slice(buf_view(text), from, text->n));
    char copy[64], *end;
    if (!s.n || s.n >= sizeof copy)
        return;
    memcpy(copy, s.p, s.n);
    copy[s.n] = '\0';
    if (strspn(copy, "0123456789+-.eE") != s.n) /* no "inf", no "0x" */
        return;
    double value = strtod(copy, &end);
    if (*end || !isfinite(value))
        return;
    text->n = from;
    if (!date || !put_date(text, value, date1904))
        put_number(text, value);
}
