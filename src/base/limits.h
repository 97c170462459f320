/* Every limit of the program on what it takes, in one place: the code uses LIMIT_…, `briefgen limits` lists them, and
 * README's table is checked against it. A new limit is one row here. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/* X(NAME, value, "unit", "of what", "what happens beyond it", exit status) */
#define LIMITS(X)                                                                                                      \
    X(PAGE_BYTES, 16 << 20, "bytes", "a page of text, HTML or Markdown", "the page is set aside", 1)                   \
    X(RECORD_BYTES, 16 << 20, "bytes", "a JSON record", "the record is set aside", 1)                                  \
    X(JSON_DEPTH, 32, "levels", "brackets inside each other in JSON", "the record is set aside", 1)                    \
    X(BODY_LINES, 200000, "lines", "the body of an article", "the record is set aside", 1)                             \
    X(URL_BYTES, 2000, "bytes", "an article's address", "the address is left out, with a warning", 0)                  \
    X(ARTICLE_BYTES, (256 << 20) - 4096, "bytes", "an article with all its texts", "nothing is imported", 65)

enum {
#define LIMIT_VALUE(name, value, unit, of, beyond, status) LIMIT_##name = (value),
    LIMITS(LIMIT_VALUE)
#undef LIMIT_VALUE
};

#endif
