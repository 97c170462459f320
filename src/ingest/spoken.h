/* The day that a news text names as its own: "… 한다고 4일 밝혔다", or the day of what its lead reports. */
#ifndef INGEST_SPOKEN_H
#define INGEST_SPOKEN_H
#include "base/date.h"
#include "base/str.h"

struct spoken_day {
    date_t date;          /* the last such day up to `latest` */
    bool is_announcement; /* "N일 밝혔다"; false for a day of the lead's event */
    bool is_past;         /* "지난 N일": not the day of writing */
    struct str words;
};

/* Looks for an announcement near the start of `body`, then, if `events`, for the last past day in its first two
 * sentences. Only days within a month before `latest` are found. */
bool spoken_find(struct str body, date_t latest, bool events, struct spoken_day *out);

/* A full date of which the first sentences of `body` speak as past ("2023년 11월 29일 … 열었다"); DATE_NONE for none.
 */
date_t spoken_past_date(struct str body, struct str *words);

/* Does the sentence end in the past tense: 했다. 열었다. 밝혔다.? */
bool spoken_is_past(struct str sentence);

/* Does a day go on as a span of time: 까지, 부터, ~? `rest` is what follows it. */
bool spoken_is_span(struct str rest);

#endif
