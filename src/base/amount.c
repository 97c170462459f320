#include "base/amount.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const struct {
    uint64_t size;
    const char *name;
} units[] = {{1000000000000, "조"}, {100000000, "억"}, {10000, "만"}};
enum { UNITS = sizeof units / sizeof *units };

/* Digits of which the first `whole` stand before the point. */
static void put_grouped(struct buf *out, const char *digits, int n, int whole)
{
    for (int i = 0; i < n; i++) {
        if (i && i < whole && (whole - i) % 3 == 0)
            buf_char(out, ',');
        buf_char(out, digits[i]);
    }
}

static void put_magnitude(struct buf *out, uint64_t magnitude)
{
    char digits[24], *first = digits + sizeof digits;
    do /* a brief has some hundred thousand numbers: printf takes five times as long */
        *--first = (char)('0' + magnitude % 10);
    while (magnitude /= 10);
    int n = (int)(digits + sizeof digits - first);
    put_grouped(out, first, n, n);
}

/* Takes the sign off. */
static uint64_t put_sign(struct buf *out, int64_t number)
{
    if (number < 0)
        buf_text(out, "−");
    return number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
}

void amount_whole(struct buf *out, int64_t number)
{
    put_magnitude(out, put_sign(out, number));
}

/* printf rounds what is stored: 2.675 is a little less. Here it is 2.68, as people round what they read. */
double amount_rounded(double value, int decimals)
{
    double scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    double scaled = fabs(value) * scale;
    return scaled < 1e15 ? copysign(floor(scaled * (1 + 4 * DBL_EPSILON) + 0.5) / scale, value) : value;
}

void amount_real(struct buf *out, double value, int decimals, bool zeros)
{
    char digits[400];
    int n = snprintf(digits, sizeof digits, "%.*f", decimals, fabs(amount_rounded(value, decimals)));
    int whole = decimals ? n - decimals - 1 : n;
    if (decimals && !zeros)
        while (n > whole && (digits[n - 1] == '0' || n == whole + 1)) /* a bare point goes too */
            n--;
    bool nothing = true;
    for (int i = 0; i < n; i++)
        nothing = nothing && (digits[i] == '0' || digits[i] == '.');
    if (value < 0 && !nothing)
        buf_text(out, "−");
    put_grouped(out, digits, n, whole);
}

void amount_korean(struct buf *out, int64_t number)
{
    uint64_t rest = put_sign(out, number);
    bool any = false;
    for (size_t i = 0; i < UNITS; i++) {
        if (rest < units[i].size)
            continue;
        if (any)
            buf_char(out, ' ');
        put_magnitude(out, rest / units[i].size);
        buf_text(out, units[i].name);
        rest %= units[i].size;
        any = true;
    }
    if (any && !rest)
        return;
    if (any)
        buf_char(out, ' ');
    if (any && rest % 1000 == 0) {
        put_magnitude(out, rest / 1000);
        buf_text(out, "천");
    } else {
        put_magnitude(out, rest);
    }
}

void amount_short(struct buf *out, double value, int decimals)
{
    double size = fabs(value);
    if (size >= 1000 && size < 1e8 && fmod(size, 1000) == 0) {
        if (size >= 10000) {
            amount_korean(out, (int64_t)value);
        } else {
            amount_real(out, value / 1000, 0, false);
            buf_text(out, "천");
        }
        return;
    }
    for (size_t i = 0; i < UNITS; i++) {
        double unit = (double)units[i].size;
        if (size < unit * 0.99995) /* what would round up to 10,000 of the next smaller unit is one of this */
            continue;
        amount_real(out, value / unit, size < 100 * unit ? 1 : 0, false);
        buf_text(out, units[i].name);
        return;
    }
    amount_real(out, value, decimals, false);
}
