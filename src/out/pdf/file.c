#include "out/pdf/file.h"

#include "base/mem.h"

#include <libdeflate.h>

enum { MOST_PACKED = 256 }; /* objects in a stream: who reads one of them must inflate all */

/* Where an object is: a row of the cross-reference stream (PDF 7.5.8.3). */
struct pdf_place {
    enum { PLACE_FREE, PLACE_FILE, PLACE_PACKED } kind;
    size_t at;      /* byte offset in the file, or number of the object stream */
    unsigned index; /* in the object stream */
};

void pdf_file_free(struct pdf_file *file)
{
    buf_free(&file->heads);
    buf_free(&file->values);
    buf_free(&file->deflated);
    mem_free(file->places);
}

/* Makes the table of places as long as `numbers`. */
static void add_places(struct pdf_file *file, size_t numbers)
{
    file->places = mem_grow(file->places, &file->room, numbers, sizeof *file->places);
    while (file->n < numbers)
        file->places[file->n++] = (struct pdf_place){0};
}

void pdf_file_begin(struct pdf_file *file, struct buf *out, struct libdeflate_compressor *deflate, size_t numbers)
{
    file->out = out;
    file->deflate = deflate;
    add_places(file, numbers);
    buf_text(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"); /* four high bytes: the file is binary */
}

static void begin_object(struct pdf_file *file, unsigned number)
{
    file->places[number] = (struct pdf_place){PLACE_FILE, file->out->n, 0};
    buf_printf(file->out, "%u 0 obj\n", number);
}

/* The value of a stream object with these entries in its dictionary. */
static void put_stream(struct pdf_file *file, struct str entries, struct str bytes)
{
    size_t bound = libdeflate_zlib_compress_bound(file->deflate, bytes.n);
    buf_clear(&file->deflated);
    char *room = buf_room(&file->deflated, bound);
    size_t n = libdeflate_zlib_compress(file->deflate, bytes.p, bytes.n, room, bound);
    buf_printf(file->out, "<<" STR_FMT "/Filter/FlateDecode/Length %zu>>\nstream\n", STR_ARG(entries), n);
    buf_add(file->out, room, n);
    buf_text(file->out, "\nendstream\nendobj\n");
}

/* Writes the object stream being filled (PDF 7.5.7). */
static void put_pack(struct pdf_file *file)
{
    struct buf entries = {0};
    if (!file->pack)
        return;
    buf_printf(&entries, "/Type/ObjStm/N %u/First %zu", file->packed, file->heads.n);
    buf_str(&file->heads, buf_view(&file->values));
    begin_object(file, file->pack);
    put_stream(file, buf_view(&entries), buf_view(&file->heads));
    buf_free(&entries);
    buf_clear(&file->heads);
    buf_clear(&file->values);
    file->pack = file->packed = 0;
}

struct buf *pdf_file_open(struct pdf_file *file, unsigned number, bool is_stream)
{
    if (is_stream) {
        begin_object(file, number);
        return file->out;
    }
    if (file->packed == MOST_PACKED)
        put_pack(file);
    if (!file->pack) {
        file->pack = (unsigned)file->n;
        add_places(file, file->n + 1);
    }
    file->places[number] = (struct pdf_place){PLACE_PACKED, file->pack, file->packed++};
    buf_printf(&file->heads, "%u %zu ", number, file->values.n);
    return &file->values;
}

void pdf_file_close(struct pdf_file *file, unsigned number)
{
    if (file->places[number].kind == PLACE_FILE)
        buf_text(file->out, "\nendobj\n");
    else
        buf_char(&file->values, '\n');
}

static void put_integer(struct buf *out, size_t value, int bytes)
{
    while (bytes--)
        buf_char(out, (char)(value >> 8 * bytes));
}

void pdf_file_end(struct pdf_file *file, struct str trailer)
{
    struct buf entries = {0}, rows = {0};
    put_pack(file);
    unsigned number = (unsigned)file->n;
    add_places(file, file->n + 1);
    size_t start = file->out->n;
    begin_object(file, number);
    for (size_t i = 0; i < file->n; i++) {
        const struct pdf_place *place = &file->places[i];
        put_integer(&rows, place->kind, 1);
        put_integer(&rows, place->at, 4);
        put_integer(&rows, i ? place->index : UINT16_MAX, 2); /* object 0 heads the free ones */
    }
    buf_printf(&entries, "/Type/XRef/Size %zu/W[1 4 2]", file->n);
    buf_str(&entries, trailer);
    put_stream(file, buf_view(&entries), buf_view(&rows));
    buf_printf(file->out, "startxref\n%zu\n%%%%EOF\n", start);
    buf_free(&entries);
    buf_free(&rows);
}
