/* Whatever the bytes are, a reader does not crash or hang, and what it emits is an article: clean text, a key, dates
 * that agree with their basis. One harness for all formats: `make fuzz` compiles it once for each with FUZZ_FORMAT, and
 * tests/unit/test_ingest_fuzz.c runs the inputs of tests/fuzz/FORMAT. */
#include "base/utf8.h"
#include "ingest/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef FUZZ_FORMAT
#define FUZZ_FORMAT "auto"
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *fuzz_format = FUZZ_FORMAT;

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "fuzz_reader %s: %s\n", fuzz_format, what);
    abort();
}

/* Text as the store takes it: UTF-8 without controls but newline and tab. */
static bool is_clean(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < ' ' && s.p[i] != '\n' && s.p[i] != '\t') || s.p[i] == 0x7f)
            return false;
    return utf8_invalid(s) == SIZE_MAX;
}

static bool check_article(void *context, struct article *a, struct err *err)
{
    const struct str texts[] = {a->title,        a->subtitle,      a->outlet,        a->url,
                                a->body,         a->body_lines,    a->date_evidence, a->external_id,
                                a->hint_regions, a->hint_agencies, a->hint_keywords};
    (void)err;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        must(is_clean(texts[i]), "an unclean text");
    must(utf8_invalid(a->raw) == SIZE_MAX, "raw is no UTF-8");
    must(a->title.n + a->body.n > 0, "an empty article");
    must(a->body.n > 0, "an article without a body");
    must(strlen(a->hash) == 64 && strlen(a->key) == ARTICLE_KEY - 1, "no key");
    must((a->published != DATE_NONE) == (a->basis >= BASIS_METADATA), "a date without its basis");
    must(!a->url.n || str_starts(a->url, STR("http://")) || str_starts(a->url, STR("https://")), "an address not http");
    must(++*(size_t *)context < 100000, "more articles than bytes can hold");
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct ingest_options options = {.format = fuzz_format, .encoding = "auto", .file_limit = 16 << 20};
    struct diag_list diag = {0};
    struct err err = {0};
    size_t n = 0;
    char *exact = malloc(size ? size : 1); /* of that very size, so that a sanitizer sees a step beyond it */
    if (!exact)
        return 0;
    if (size)
        memcpy(exact, data, size);
    bool ok = ingest_text("fuzz", (struct str){exact, size}, &options, check_article, &n, &diag, &err);
    must(ok, err.text);
    for (size_t i = 0; i < diag.n; i++)
        must(is_clean(str_from(diag.items[i].text)) && is_clean(str_from(diag.items[i].place)), "an unclean message");
    must(n > 0 || diag.n > 0, "nothing in silence");
    diag_free(&diag);
    free(exact);
    return 0;
}
