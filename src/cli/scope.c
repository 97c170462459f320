/* What a command is asked about: a period, regions, a category. */
#include "cli/cli.h"

#include <stdlib.h>
#include <time.h>

/* Today, for "last": SOURCE_DATE_EPOCH, else the clock, in Korea's time zone (UTC+9, no daylight saving). */
static date_t today(void)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    long long seconds = fixed && *fixed ? strtoll(fixed, &end, 10) : (long long)time(NULL);
    if ((end && *end) || seconds < 0 || seconds > 253402300799) /* 9999-12-31 */
        return DATE_NONE;
    return (date_t)((seconds + 9 * 3600) / 86400);
}

bool cli_period(const struct cli *cli, bool *given, date_t *from, date_t *to, struct err *err)
{
    return period_parse(&cli->period, today(), given, from, to, err);
}
