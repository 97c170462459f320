/* The bytes of a PDF file (PDF 7.5): streams are objects of their own and written at once; everything else is packed
 * into deflated object streams and found through a cross-reference stream. Of 300 pages with 2,740 links that saves a
 * third. PDF 1.4, which PDF/A-1 is, has neither: there every object stands for itself and the table is text.
 */
#ifndef OUT_PDF_FILE_H
#define OUT_PDF_FILE_H
#include "base/str.h"

#include <stdbool.h>

struct libdeflate_compressor;

/* Zero-initialise; free with pdf_file_free. */
struct pdf_file {
    struct buf bytes;
    bool classic;             /* PDF 1.4 */
    bool differences;         /* the cross-reference stream has those: shorter where objects come by the thousand */
    bool open;                /* an object's value is being appended to `bytes`: PDF 1.4 only */
    struct pdf_place *places; /* by object number */
    size_t n, room;
    struct libdeflate_compressor *deflate; /* of the object streams; borrowed */
    unsigned pack;                         /* number of the object stream being filled; 0 = none */
    unsigned packed;                       /* objects in it */
    struct buf heads, values;              /* "number offset" of each; their values */
    struct buf deflated;
};
void pdf_file_free(struct pdf_file *file);

/* Appends a stream object with these entries in its dictionary; as it is where `deflate` is NULL. */
void pdf_file_stream(struct pdf_file *file, struct libdeflate_compressor *deflate, unsigned number, struct str entries,
                     struct str bytes);
bool pdf_file_has(const struct pdf_file *file, unsigned number);

/* Once all streams are in: numbers from `numbers` up are free for object streams. */
void pdf_file_values(struct pdf_file *file, struct libdeflate_compressor *deflate, size_t numbers);
/* Begins an object that is no stream: its value is to be appended to what is returned. */
struct buf *pdf_file_value(struct pdf_file *file, unsigned number);

/* Appends what is left and the cross-reference stream or table, whose dictionary has the entries `trailer` and an ID
 * that depends on nothing but the bytes before it. Then `bytes` are the file. */
void pdf_file_end(struct pdf_file *file, struct str trailer);

#endif
