/* The day that a news text names as its own: "… 한다고 4일 밝혔다", or the day of what its lead reports. */
#ifndef INGEST_SPOKEN_H
#define INGEST_SPOKEN_H
#include "base/date.h"
#include "base/str.h"

struct spoken_day {
    date_t date;          /* the last such day up to `latest` */
    bool is_announcement; /* "N일 밝혔다"; false for a day of the lead's event */
    struct str words;
};

/* Looks for an announcement near the start of `body`, then, if `events`, for a past day in its first sentence. Only
 * days within a month before `latest` are found. */
bool spoken_find(struct str body, date_t latest, bool events, struct spoken_day *out);

#endif
