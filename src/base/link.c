#include "base/link.h"

#include <string.h>
#include <strings.h>

bool link_has_scheme(struct str link, const char *scheme)
{
    size_t n = strlen(scheme);
    return link.n > n && strncasecmp(link.p, scheme, n) == 0;
}

bool link_is_page(struct str link)
{
    size_t host = link_has_scheme(link, "https://") ? 8 : link_has_scheme(link, "http://") ? 7 : 0, to = host;
    while (to < link.n && !strchr("/?#", link.p[to]))
        if (strchr("@\\%", link.p[to++]))
            return false;
    return host && to > host;
}
