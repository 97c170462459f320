/* The values of findings taken apart (records.h). */
#include "store/records.h"

/* Takes the part before the next blank; false at the end. */
static bool next_part(struct str *rest, struct str *part)
{
    return str_field(rest, ' ', part) && part->n > 0;
}

static bool split_range(struct str text, struct str *lo, struct str *hi)
{
    size_t dots = str_find(text, STR(".."), 0);
    if (dots == SIZE_MAX)
        return false;
    *lo = str_slice(text, 0, dots);
    *hi = str_slice(text, dots + 2, text.n);
    return true;
}

/* At most 18 digits; -1 for the empty string. */
static bool read_number(struct str text, int64_t *out)
{
    *out = text.n ? 0 : -1;
    for (size_t i = 0; i < text.n; i++) {
        if (text.n > 18 || text.p[i] < '0' || text.p[i] > '9')
            return false;
        *out = *out * 10 + (text.p[i] - '0');
    }
    return true;
}

bool finding_amount(struct str value, bool unit_first, struct amount_value *out)
{
    struct str range, lo, hi;
    struct str *first = unit_first ? &out->unit : &range, *second = unit_first ? &range : &out->unit;
    if (!next_part(&value, first) || !next_part(&value, second) || value.n == 0)
        return false;
    out->role = value;
    return split_range(range, &lo, &hi) && read_number(lo, &out->lo) && read_number(hi, &out->hi) &&
           (out->lo >= 0 || out->hi >= 0);
}

bool finding_target(struct str value, struct target_value *out)
{
    struct str range, first, last;
    if (!next_part(&value, &range) || !split_range(range, &first, &last) || value.n == 0)
        return false;
    *out = (struct target_value){date_parse(first), date_parse(last), value};
    return out->first != DATE_NONE && out->last != DATE_NONE && out->first <= out->last;
}

bool finding_agency(struct str value, struct str *place, struct str *name)
{
    bool good = next_part(&value, place) && value.n > 0;
    *name = value;
    return good;
}
