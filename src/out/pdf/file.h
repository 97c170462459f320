/* The bytes of a PDF file (PDF 7.5): streams are objects of their own; everything else is packed into deflated object
 * streams and found through a cross-reference stream. Of 300 pages with 2,740 links that saves a third of the file. */
#ifndef OUT_PDF_FILE_H
#define OUT_PDF_FILE_H
#include "base/str.h"

#include <stdbool.h>

struct libdeflate_compressor;

/* Zero-initialise; free with pdf_file_free. */
struct pdf_file {
    struct buf *out; /* borrowed, like deflate */
    struct libdeflate_compressor *deflate;
    struct pdf_place *places; /* by object number */
    size_t n, room;
    unsigned pack;            /* number of the object stream being filled; 0 = none */
    unsigned packed;          /* objects in it */
    struct buf heads, values; /* "number offset" of each; their values */
    struct buf deflated;
};
void pdf_file_free(struct pdf_file *file);

/* Writes the header to `out`, which is empty. Objects will have numbers from 1 below `numbers`; those that are never
 * written are free. */
void pdf_file_begin(struct pdf_file *file, struct buf *out, struct libdeflate_compressor *deflate, size_t numbers);

/* Begins an object; its value is to be appended to the buffer that is returned. Then pdf_file_close. */
struct buf *pdf_file_open(struct pdf_file *file, unsigned number, bool is_stream);
void pdf_file_close(struct pdf_file *file, unsigned number);

/* Writes what is left and the cross-reference stream, whose dictionary has the entries `trailer`: Root, Info, ID. */
void pdf_file_end(struct pdf_file *file, struct str trailer);

#endif
