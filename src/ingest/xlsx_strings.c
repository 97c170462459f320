/* Shared strings (ECMA-376 part 1, 18.4). */
#include "ingest/spill.h"
#include "ingest/xlsx.h"

#include "base/mem.h"

#include <string.h>

enum {
    MEMORY_TEXT = 32 * 1024 * 1024, /* bytes; more goes to a temporary file … */
    MEMORY_ENDS = 8 * 1024 * 1024,  /* … and so do the ends of the strings */
};

_Static_assert((int)XML_TEXT <= (int)SPILL_WINDOW, "a string is read in one piece");

struct strings {
    struct spill *text, *ends; /* of string i: a uint64_t each */
    struct buf one;            /* the string that is being read */
    unsigned phonetic;         /* depth of the <rPh> around, 0: none */
};

static bool on_start(struct xml *xml, const char *name, const char *const *attributes)
{
    struct strings *strings = xml->context;
    (void)attributes;
    if (xml->depth == 1 && strcmp(name, "sst") != 0)
        return err_set(xml->err, ERR_INPUT, "the shared strings are a <%.100s>", name);
    if (xml->depth == 2)
        buf_clear(&strings->one);
    if (strcmp(name, "rPh") == 0 && !strings->phonetic)
        strings->phonetic = xml->depth;
    xml->text = xml->depth > 2 && !strings->phonetic && strcmp(name, "t") == 0 ? &strings->one : NULL;
    return true;
}

static bool on_end(struct xml *xml, const char *name)
{
    struct strings *strings = xml->context;
    xml->text = NULL;
    if (strings->phonetic == xml->depth)
        strings->phonetic = 0;
    if (xml->over)
        return err_set(xml->err, ERR_INPUT, "a shared string of more than %d bytes", XML_TEXT);
    if (xml->depth != 2 || strcmp(name, "si") != 0)
        return true;
    xml_unescape(&strings->one, 0);
    if (!spill_add(strings->text, buf_view(&strings->one), xml->err))
        return false;
    uint64_t end = spill_size(strings->text);
    return spill_add(strings->ends, (struct str){(const char *)&end, sizeof end}, xml->err);
}

struct strings *strings_read(const struct zipfile *zip, size_t member, struct err *err)
{
    struct strings *strings = mem_alloc(sizeof *strings);
    *strings = (struct strings){.text = spill_new(MEMORY_TEXT), .ends = spill_new(MEMORY_ENDS)};
    struct xml xml = {.start = on_start, .end = on_end, .context = strings, .limit = XML_TEXT};
    if (xml_parse(zip, member, &xml, err))
        return strings;
    strings_free(strings);
    return NULL;
}

void strings_free(struct strings *strings)
{
    if (!strings)
        return;
    spill_free(strings->text);
    spill_free(strings->ends);
    buf_free(&strings->one);
    mem_free(strings);
}

uint64_t strings_count(const struct strings *strings)
{
    return strings ? spill_size(strings->ends) / sizeof(uint64_t) : 0;
}

bool strings_get(struct strings *strings, uint64_t index, struct buf *out, struct err *err)
{
    uint64_t ends[2] = {0, 0};
    size_t first = index ? 0 : 1; /* the string begins where the one before it ends */
    struct str bytes;
    if (!spill_get(strings->ends, (index + first - 1) * sizeof *ends, (2 - first) * sizeof *ends, &bytes, err))
        return false;
    memcpy(ends + first, bytes.p, bytes.n);
    if (!spill_get(strings->text, ends[0], (size_t)(ends[1] - ends[0]), &bytes, err))
        return false;
    buf_str(out, bytes);
    return true;
}
