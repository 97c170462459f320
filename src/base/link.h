/* Which addresses may become links. */
#ifndef BASE_LINK_H
#define BASE_LINK_H
#include "base/str.h"

/* Does it begin with the scheme, in letters of either case, and go on? scheme: "mailto:". */
bool link_has_scheme(struct str link, const char *scheme);

/* Is it an http or https address with the host that it seems to have? "user@" makes it lie about that, a backslash is a
 * slash to browsers, and a percent sign hides any of them. Characters behind the host are not looked at. */
bool link_is_page(struct str link);

#endif
