#include "out/pdf/attach.h"

#include "base/arena.h"
#include "base/file.h"
#include "out/pdf/metadata.h"

#include <stdlib.h>

struct entry {
    const struct pdf_attachment *file;
    struct str key; /* in the tree of names: UTF-16 in hex, so that the tree is in the order of bytes */
};

static int by_key(const void *a, const void *b)
{
    return str_compare(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

/* The stream. CheckSum is the MD5 of what is attached, so that a viewer can tell damage (PDF table 46). */
static unsigned write_bytes(struct objects *objects, const struct pdf_attachment *file, struct str created,
                            struct buf *scratch)
{
    struct pdf_date date = pdf_metadata_date(created, false);
    char md5[33];
    file_md5(file->bytes, md5);
    buf_clear(scratch);
    buf_text(scratch, "/Type/EmbeddedFile/Subtype");
    pdf_name(scratch, file->type);
    buf_printf(scratch, "/Params<</Size %zu/CheckSum<%s>", file->bytes.n, md5);
    if (date.p[0])
        buf_printf(scratch, "/CreationDate(%s)/ModDate(%s)", date.p, date.p);
    buf_text(scratch, ">>");
    return object_stream(objects, buf_view(scratch), file->bytes);
}

static unsigned write_file(struct objects *objects, const struct pdf_attachment *file, struct str created,
                           struct buf *scratch)
{
    unsigned bytes = write_bytes(objects, file, created, scratch);
    buf_clear(scratch);
    buf_text(scratch, "/Type/Filespec/AFRelationship/Data/F");
    pdf_text(scratch, file->name);
    buf_text(scratch, "/UF");
    pdf_text(scratch, file->name);
    buf_text(scratch, "/Desc");
    pdf_text(scratch, file->description);
    buf_printf(scratch, "/EF<</F %u 0 R/UF %u 0 R>>", bytes, bytes);
    return object_dict(objects, buf_view(scratch));
}

void pdf_attach(struct objects *objects, struct arena *arena, const struct pdf_options *options, struct str created,
                struct buf *scratch, struct buf *catalog)
{
    struct entry *entries = ARENA_ARRAY(arena, options->n, struct entry);
    unsigned *numbers = ARENA_ARRAY(arena, options->n, unsigned);
    for (size_t i = 0; i < options->n; i++) {
        buf_clear(scratch);
        pdf_utf16_hex(scratch, options->attachments[i].name);
        entries[i] = (struct entry){&options->attachments[i], str_copy(arena, buf_view(scratch))};
    }
    if (!options->n)
        return;
    qsort(entries, options->n, sizeof *entries, by_key);
    buf_text(catalog, "/Names<</EmbeddedFiles<</Names[");
    for (size_t i = 0; i < options->n; i++) {
        numbers[i] = write_file(objects, entries[i].file, created, scratch);
        buf_printf(catalog, "<FEFF" STR_FMT ">%u 0 R", STR_ARG(entries[i].key), numbers[i]);
    }
    buf_text(catalog, "]>>>>/AF[");
    for (size_t i = 0; i < options->n; i++)
        buf_printf(catalog, "%s%u 0 R", i ? " " : "", numbers[i]);
    buf_char(catalog, ']');
}
