/* Pages → PDF, the only user of libharu and of HarfBuzz's subsetter. */
#ifndef OUT_PDF_PDF_H
#define OUT_PDF_PDF_H
#include "base/diag.h"
#include "base/err.h"
#include "layout/page.h"

/* What a file promises. */
enum pdf_profile {
    PDF_PLAIN,   /* nothing: the smallest file, without tags */
    PDF_ACCESS,  /* PDF/A-3a and PDF/UA-1 in one, with attachments */
    PDF_ARCHIVE, /* PDF/A-1a; else, with the reason as a warning, 1b */
    PDF_PROFILES
};
extern const char *const pdf_profile_names[PDF_PROFILES + 1]; /* "plain" …, NULL at the end */

/* A file inside the file (PDF/A-3: an associated one, AFRelationship Data). */
struct pdf_attachment {
    struct str name;        /* without folders, UTF-8 */
    struct str type;        /* MIME */
    struct str description; /* what it is, in the document's language */
    struct str bytes;
};

struct pdf_options {
    enum pdf_profile profile;
    const struct pdf_attachment *attachments; /* [n], borrowed until finish; of PDF_ACCESS */
    size_t n;
    struct diag_list *diag; /* what is not as asked; borrowed until it is freed */
};

/* A PDF device: compressed, fonts embedded as subsets with ToUnicode, outline, links, document information.
 * Same pages, same options ⇒ same bytes. `info` and `options` are borrowed until finish; NULL is PDF_PLAIN. Free with
 * device->free. A file that its profile forbids is not made: ERR_CONFIG or ERR_INPUT names what, where. */
bool pdf_device(const struct page_info *info, const struct pdf_options *options, struct device *out, struct err *err);

#endif
