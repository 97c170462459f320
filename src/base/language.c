#include "base/language.h"

#include <string.h>
#include <unicode/uloc.h>

bool language_is_known(struct str tag)
{
    enum { LONGEST = 35 }; /* RFC 5646, 4.4.1 */
    char text[LONGEST + 1], locale[ULOC_FULLNAME_CAPACITY];
    if (tag.n > LONGEST || tag.n == 0 || memchr(tag.p, '\0', tag.n))
        return false;
    memcpy(text, tag.p, tag.n);
    text[tag.n] = '\0';
    int32_t parsed = 0;
    UErrorCode status = U_ZERO_ERROR;
    uloc_forLanguageTag(text, locale, sizeof locale, &parsed, &status);
    size_t first = strcspn(text, "-");
    bool known = first == 3 || (first == 2 && *uloc_getISO3Language(locale)); /* ICU has not all of those of three */
    return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING && (size_t)parsed == tag.n && known;
}

bool language_is_korean(struct str tag)
{
    return !tag.n || str_equal(tag, STR("ko")) || str_starts(tag, STR("ko-"));
}
