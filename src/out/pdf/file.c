#include "out/pdf/file.h"

#include "base/mem.h"
#include "out/pdf/objects.h"

#include <libdeflate.h>

enum {
    MOST_PACKED = 256,       /* objects in a stream: who reads one of them must inflate all */
    KEEP_DEFLATED = 1 << 18, /* bytes of scratch: more is a font's, and no page needs as much */
};

/* Where an object is: a row of the cross-reference stream (PDF 7.5.8.3). */
struct pdf_place {
    enum { PLACE_FREE, PLACE_FILE, PLACE_PACKED } kind;
    size_t at;      /* byte offset in the file, or number of the object stream */
    unsigned index; /* in the object stream */
};

void pdf_file_free(struct pdf_file *file)
{
    struct buf *all[] = {&file->bytes, &file->heads, &file->values, &file->deflated};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buf_free(all[i]);
    mem_free(file->places);
}

/* Makes the table of places at least as long as `numbers`. */
static void add_places(struct pdf_file *file, size_t numbers)
{
    file->places = mem_grow(file->places, &file->room, numbers, sizeof *file->places);
    while (file->n < numbers)
        file->places[file->n++] = (struct pdf_place){0};
}

static void end_value(struct pdf_file *file)
{
    if (file->open)
        buf_text(&file->bytes, "\nendobj\n");
    file->open = false;
}

void pdf_file_stream(struct pdf_file *file, struct libdeflate_compressor *deflate, unsigned number, struct str entries,
                     struct str bytes)
{
    if (!file->bytes.n) /* object streams and ActualText need 1.5; four high bytes: the file is binary */
        buf_text(&file->bytes, file->classic ? "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n" : "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    end_value(file);
    add_places(file, (size_t)number + 1);
    file->places[number] = (struct pdf_place){PLACE_FILE, file->bytes.n, 0};
    struct str packed = bytes;
    if (deflate) {
        size_t bound = libdeflate_zlib_compress_bound(deflate, bytes.n);
        char *room = buf_room(&file->deflated, bound);
        packed.n = libdeflate_zlib_compress(deflate, bytes.n ? bytes.p : "", bytes.n, room, bound);
        packed.p = room;
    }
    buf_printf(&file->bytes, "%u 0 obj\n<<" STR_FMT "%s/Length %zu>>\nstream\n", number, STR_ARG(entries),
               deflate ? "/Filter/FlateDecode" : "", packed.n);
    buf_str(&file->bytes, packed);
    buf_text(&file->bytes, "\nendstream\nendobj\n");
    if (file->deflated.room > KEEP_DEFLATED)
        buf_free(&file->deflated);
}

bool pdf_file_has(const struct pdf_file *file, unsigned number)
{
    return number < file->n && file->places[number].kind != PLACE_FREE;
}

void pdf_file_values(struct pdf_file *file, struct libdeflate_compressor *deflate, size_t numbers)
{
    file->deflate = deflate;
    add_places(file, numbers);
}

/* Writes the object stream being filled (PDF 7.5.7). */
static void put_pack(struct pdf_file *file)
{
    struct buf entries = {0};
    if (!file->pack)
        return;
    buf_printf(&entries, "/Type/ObjStm/N %u/First %zu", file->packed, file->heads.n);
    buf_str(&file->heads, buf_view(&file->values));
    pdf_file_stream(file, file->deflate, file->pack, buf_view(&entries), buf_view(&file->heads));
    buf_free(&entries);
    buf_clear(&file->heads);
    buf_clear(&file->values);
    file->pack = file->packed = 0;
}

struct buf *pdf_file_value(struct pdf_file *file, unsigned number)
{
    if (file->classic) {
        end_value(file);
        file->places[number] = (struct pdf_place){PLACE_FILE, file->bytes.n, 0};
        buf_printf(&file->bytes, "%u 0 obj\n", number);
        file->open = true;
        return &file->bytes;
    }
    if (file->packed == MOST_PACKED)
        put_pack(file);
    if (!file->pack) {
        file->pack = (unsigned)file->n;
        add_places(file, file->n + 1);
    } else {
        buf_char(&file->values, '\n');
    }
    file->places[number] = (struct pdf_place){PLACE_PACKED, file->pack, file->packed++};
    pdf_fixed(&file->heads, number, 0);
    buf_char(&file->heads, ' ');
    pdf_fixed(&file->heads, (int64_t)file->values.n, 0);
    buf_char(&file->heads, ' ');
    return &file->values;
}

enum { ROW = 1 + 4 + 2 }; /* bytes: kind, place, index */

static void put_integer(char **to, size_t value, int bytes)
{
    while (bytes--)
        *(*to)++ = (char)(value >> 8 * bytes);
}

static void set_row(const struct pdf_place *place, bool first, char row[ROW])
{
    put_integer(&row, place->kind, 1);
    put_integer(&row, place->at, 4);
    put_integer(&row, first ? UINT16_MAX : place->index, 2); /* object 0 heads the free ones */
}

/* The file identifier: a hash of the bytes so far, and their number. */
static void put_id(struct pdf_file *file, struct buf *out)
{
    unsigned long long hash = str_hash(buf_view(&file->bytes)), size = file->bytes.n;
    buf_text(out, "/ID[");
    for (int i = 0; i < 2; i++)
        buf_printf(out, "<%016llX%016llX>", hash, size);
    buf_char(out, ']');
}

/* The cross-reference table of 20 bytes an object and the trailer (PDF 7.5.4, 7.5.5). Numbers that no object has go
 * back to object 0, as none will ever take them. */
static void put_table(struct pdf_file *file, struct str trailer)
{
    struct buf id = {0};
    put_id(file, &id);
    buf_printf(&file->bytes, "xref\n0 %zu\n", file->n);
    for (size_t i = 0; i < file->n; i++) {
        bool used = file->places[i].kind == PLACE_FILE;
        buf_printf(&file->bytes, "%010zu %05d %c \n", used ? file->places[i].at : 0, used ? 0 : UINT16_MAX,
                   used ? 'n' : 'f');
    }
    buf_printf(&file->bytes, "trailer\n<</Size %zu" STR_FMT STR_FMT ">>\n", file->n, STR_ARG(trailer),
               STR_ARG(buf_view(&id)));
    buf_free(&id);
}

/* The same as a stream (PDF 7.5.8). */
static void put_rows(struct pdf_file *file, struct str trailer)
{
    struct buf entries = {0}, rows = {0};
    unsigned number = (unsigned)file->n;
    add_places(file, file->n + 1);
    file->places[number] = (struct pdf_place){PLACE_FILE, file->bytes.n, 0};
    char row[ROW], above[ROW] = {0};
    for (size_t i = 0; i < file->n; i++) {
        set_row(&file->places[i], i == 0, row);
        if (file->differences)
            buf_char(&rows, 2); /* the filter Up of PNG: each byte less the one above it */
        for (size_t k = 0; k < ROW; k++) {
            buf_char(&rows, (char)(row[k] - (file->differences ? above[k] : 0)));
            above[k] = row[k];
        }
    }
    buf_printf(&entries, "/Type/XRef/Size %zu/W[1 4 2]%s" STR_FMT, file->n,
               file->differences ? "/DecodeParms<</Predictor 12/Columns 7>>" : "", STR_ARG(trailer));
    put_id(file, &entries);
    pdf_file_stream(file, file->deflate, number, buf_view(&entries), buf_view(&rows));
    buf_free(&entries);
    buf_free(&rows);
}

void pdf_file_end(struct pdf_file *file, struct str trailer)
{
    put_pack(file);
    end_value(file);
    size_t start = file->bytes.n;
    if (file->classic)
        put_table(file, trailer);
    else
        put_rows(file, trailer);
    buf_printf(&file->bytes, "startxref\n%zu\n%%%%EOF\n", start);
}
