#include "ingest/html_elements.h"

#include "base/arena.h"
#include "data/data.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { B = HTML_BLOCK, S = HTML_BLOCK | HTML_SPACED, LONGEST = 10, LONGEST_HINT = 40 };

/* In the order of names. */
static const struct html_element elements[] = {
    {"a", EL_A, 0},
    {"address", EL_NAMED, B},
    {"area", EL_NAMED + 1, HTML_VOID},
    {"article", EL_ARTICLE, B},
    {"aside", EL_ASIDE, B},
    {"audio", EL_NAMED + 2, HTML_UNSEEN},
    {"base", EL_NAMED + 3, HTML_VOID},
    {"blockquote", EL_NAMED + 4, S},
    {"body", EL_ROOT, 0},
    {"br", EL_BR, HTML_VOID},
    {"button", EL_NAMED + 5, HTML_UNSEEN},
    {"canvas", EL_NAMED + 6, HTML_UNSEEN},
    {"caption", EL_CAPTION, B | HTML_SCOPE | HTML_PART},
    {"center", EL_NAMED + 7, B},
    {"col", EL_NAMED + 8, HTML_VOID},
    {"datalist", EL_NAMED + 9, HTML_UNSEEN},
    {"dd", EL_DD, B},
    {"details", EL_NAMED + 10, B},
    {"dialog", EL_NAMED + 11, HTML_UNSEEN},
    {"div", EL_NAMED + 12, B},
    {"dl", EL_DL, S},
    {"dt", EL_DT, B},
    {"embed", EL_NAMED + 13, HTML_VOID},
    {"fieldset", EL_NAMED + 14, B},
    {"figcaption", EL_FIGCAPTION, B},
    {"figure", EL_NAMED + 15, S},
    {"footer", EL_FOOTER, B},
    {"form", EL_NAMED + 16, B},
    {"frame", EL_FRAME, HTML_VOID},
    {"frameset", EL_FRAME, HTML_VOID},
    {"h1", EL_HEADING, S},
    {"h2", EL_HEADING, S},
    {"h3", EL_HEADING, S},
    {"h4", EL_HEADING, S},
    {"h5", EL_HEADING, S},
    {"h6", EL_HEADING, S},
    {"head", EL_ROOT, 0},
    {"header", EL_NAMED + 17, B},
    {"hr", EL_NAMED + 18, HTML_VOID | S},
    {"html", EL_ROOT, 0},
    {"iframe", EL_NAMED + 19, HTML_VOID},
    {"img", EL_NAMED + 20, HTML_VOID},
    {"input", EL_INPUT, HTML_VOID},
    {"legend", EL_NAMED + 21, B},
    {"li", EL_LI, B},
    {"link", EL_NAMED + 22, HTML_VOID},
    {"main", EL_MAIN, B},
    {"map", EL_NAMED + 23, HTML_UNSEEN},
    {"math", EL_NAMED + 24, HTML_UNSEEN},
    {"menu", EL_UL, S},
    {"meta", EL_NAMED + 25, HTML_VOID},
    {"nav", EL_NAV, B},
    {"noembed", EL_NAMED + 26, HTML_VOID},
    {"noframes", EL_NAMED + 27, HTML_VOID},
    {"noscript", EL_NAMED + 28, HTML_UNSEEN},
    {"object", EL_NAMED + 29, HTML_UNSEEN},
    {"ol", EL_OL, S},
    {"optgroup", EL_NAMED + 30, HTML_UNSEEN},
    {"option", EL_NAMED + 31, HTML_UNSEEN},
    {"p", EL_P, S},
    {"param", EL_NAMED + 32, HTML_VOID},
    {"plaintext", EL_NAMED + 33, HTML_VOID},
    {"pre", EL_PRE, S},
    {"rp", EL_NAMED + 34, HTML_UNSEEN},
    {"script", EL_NAMED + 35, HTML_VOID},
    {"section", EL_NAMED + 36, B},
    {"select", EL_NAMED + 37, HTML_UNSEEN},
    {"source", EL_NAMED + 38, HTML_VOID},
    {"style", EL_NAMED + 39, HTML_VOID},
    {"summary", EL_NAMED + 40, B},
    {"svg", EL_NAMED + 41, HTML_UNSEEN},
    {"table", EL_TABLE, S | HTML_SCOPE | HTML_PART},
    {"tbody", EL_NAMED + 42, B | HTML_PART},
    {"td", EL_TD, B | HTML_SCOPE | HTML_PART},
    {"template", EL_NAMED + 43, HTML_UNSEEN | HTML_SCOPE},
    {"textarea", EL_NAMED + 44, HTML_VOID},
    {"tfoot", EL_NAMED + 45, B | HTML_PART},
    {"th", EL_TH, B | HTML_SCOPE | HTML_PART},
    {"thead", EL_NAMED + 46, B | HTML_PART},
    {"title", EL_NAMED + 47, HTML_VOID},
    {"tr", EL_TR, B | HTML_PART},
    {"track", EL_NAMED + 48, HTML_VOID},
    {"ul", EL_UL, S},
    {"video", EL_NAMED + 49, HTML_UNSEEN},
    {"wbr", EL_NAMED + 50, HTML_VOID},
    {"xmp", EL_NAMED + 51, HTML_VOID},
};
_Static_assert(EL_NAMED + 51 < HTML_ELEMENTS, "ids are indices of an array");

static int compare(const void *name, const void *element)
{
    return strcmp(name, ((const struct html_element *)element)->name);
}

struct html_element html_element(struct str name)
{
    char low[LONGEST + 1] = "";
    const struct html_element *found = NULL;
    for (size_t i = 0; i < name.n && name.n <= LONGEST; i++)
        low[i] = (char)(name.p[i] >= 'A' && name.p[i] <= 'Z' ? name.p[i] + 32 : name.p[i]);
    if (*low)
        found = bsearch(low, elements, sizeof elements / sizeof *elements, sizeof *elements, compare);
    return found ? *found : (struct html_element){"", EL_OTHER, 0};
}

static struct tsv hints;
static struct arena *kept; /* lives as long as the process */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    struct err err = {0};
    kept = arena_new();
    if (!tsv_parse(kept, "data/html.tsv", data_file("data/html.tsv"), &hints, &err))
        hints = (struct tsv){0};
}

struct str html_hint(struct str name)
{
    char plain[LONGEST_HINT];
    size_t n = 0, low = 0, high;
    pthread_once(&once, load);
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (c == '-' || c == '_')
            continue;
        if (n == sizeof plain)
            return STR("");
        plain[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    while (n > 0 && plain[n - 1] >= '0' && plain[n - 1] <= '9')
        n--;
    for (high = hints.rows; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare((struct str){plain, n}, tsv_cell(&hints, middle, 0));
        if (order == 0)
            return tsv_cell(&hints, middle, 1);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return STR("");
}
