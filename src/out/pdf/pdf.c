#include "out/pdf/pdf.h"

#include "base/arena.h"
#include "base/mem.h"
#include "out/pdf/attach.h"
#include "out/pdf/content.h"
#include "out/pdf/intent.h"
#include "out/pdf/links.h"
#include "out/pdf/metadata.h"
#include "out/pdf/objects.h"
#include "out/pdf/promise.h"
#include "out/pdf/tags.h"

#include <assert.h>
#include <math.h>

const char *const pdf_profile_names[PDF_PROFILES + 1] = {"plain", "access", "archive", NULL};

struct pdf {
    const struct page_info *info;
    struct pdf_options options;
    struct page_info facts; /* `info` as it is written */
    struct pdf_promise promise;
    struct arena *arena;
    struct objects *objects;
    struct pdf_fonts fonts;
    struct pdf_tags *tags; /* NULL in PDF_PLAIN */
    struct pdf_links *links;
    struct buf content, entries, resources, catalog, profile;
    const struct page *page; /* the one being written, for add_page */
    size_t font;             /* the same, for write_font */
    struct buf *out;         /* for write_document */
    bool failed, finished;
};

static bool strict(const struct pdf *pdf)
{
    return pdf->options.profile != PDF_PLAIN;
}

static void add_page(void *self)
{
    struct pdf *pdf = self;
    size_t index = object_page(pdf->objects, pdf->page->width, pdf->page->height, buf_view(&pdf->content));
    pdf_links_collect(pdf->links, index, pdf->page);
}

static bool page_is_sane(const struct page *page)
{
    return isfinite(page->width) && isfinite(page->height) && page->width >= 3 && page->height >= 3 &&
           page->width <= PDF_MAX_UNITS && page->height <= PDF_MAX_UNITS;
}

static bool pdf_page(void *self, const struct page *page, struct err *err)
{
    struct pdf *pdf = self;
    assert(!pdf->finished);
    if (pdf->failed)
        return err_set(err, ERR_INTERNAL, "PDF writer: a page after an error");
    buf_clear(&pdf->content);
    pdf->page = page;
    if (pdf->tags)
        pdf_tags_page(pdf->tags, page->tags);
    bool ok = page_is_sane(page) || err_set(err, ERR_INTERNAL, "page %d: size %g × %g pt is out of range", page->number,
                                            (double)page->width, (double)page->height);
    ok = ok && (!strict(pdf) || pdf_promise_page(&pdf->promise, pdf->arena, page, err));
    ok = ok && pdf_content(&pdf->fonts, pdf->tags, page, &pdf->content, err) &&
         objects_guard(pdf->objects, add_page, pdf, err);
    pdf->page = NULL;
    pdf->failed = !ok;
    return ok;
}

static void write_info(struct pdf *pdf)
{
    const struct page_info *info = &pdf->facts;
    struct pdf_date date = pdf_metadata_date(info->created, false);
    object_info(pdf->objects, "Title", info->title);
    object_info(pdf->objects, "Author", info->author);
    object_info(pdf->objects, "Subject", info->subject);
    object_info(pdf->objects, "Keywords", info->keywords);
    object_info(pdf->objects, "Producer", STR("briefgen"));
    object_info(pdf->objects, "CreationDate", str_from(date.p));
    if (strict(pdf)) {
        object_info(pdf->objects, "ModDate", str_from(date.p));
        object_info(pdf->objects, "Creator", STR("briefgen"));
    }
    object_language(pdf->objects, info->language);
}

/* What PDF/A has of the document as a whole. */
static void write_promise(struct pdf *pdf)
{
    struct buf *out = &pdf->entries;
    buf_clear(out);
    pdf_metadata(out, &pdf->facts, pdf->promise.claim);
    unsigned metadata = object_plain_stream(pdf->objects, STR("/Type/Metadata/Subtype/XML"), buf_view(out));
    unsigned profile = object_stream(pdf->objects, STR("/N 3"), buf_view(&pdf->profile));
    buf_printf(&pdf->catalog,
               "/Metadata %u 0 R/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier"
               "(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile %u 0 R>>]",
               metadata, profile);
    if (pdf->options.profile == PDF_ACCESS)
        pdf_attach(pdf->objects, pdf->arena, &pdf->options, pdf->facts.created, out, &pdf->catalog);
    object_catalog(pdf->objects, buf_view(&pdf->catalog));
}

static void write_font(void *self)
{
    struct pdf *pdf = self;
    unsigned numbers[PDF_LAYERS];
    pdf_font_write(pdf->fonts.items[pdf->font], pdf->objects, pdf->options.profile == PDF_ARCHIVE, numbers);
    for (size_t layer = 0; layer < PDF_LAYERS; layer++)
        if (numbers[layer])
            buf_printf(&pdf->resources, "/F%zu %u 0 R", pdf->font * PDF_LAYERS + layer, numbers[layer]);
}

/* One font after the other, so that only one subset is in memory. All pages inherit one dictionary of them. */
static bool write_fonts(struct pdf *pdf, struct err *err)
{
    buf_text(&pdf->resources, "/Font<<");
    for (pdf->font = 0; pdf->font < pdf->fonts.n; pdf->font++)
        if (!pdf_font_build(pdf->fonts.items[pdf->font], strict(pdf), err) ||
            !objects_guard(pdf->objects, write_font, pdf, err))
            return false;
    buf_text(&pdf->resources, ">>");
    pdf_fonts_free(&pdf->fonts);
    return true;
}

static void write_document(void *self)
{
    struct pdf *pdf = self;
    object_resources(pdf->objects, object_dict(pdf->objects, buf_view(&pdf->resources)),
                     pdf->options.profile != PDF_ACCESS);
    pdf_links_write(pdf->links, pdf->objects, pdf->info->language);
    write_info(pdf);
    if (pdf->options.profile == PDF_ARCHIVE && !pdf_tags_fit(pdf->tags))
        pdf_promise_untagged(&pdf->promise, "its structure has lists that are longer than PDF 1.4 allows",
                             pdf->options.diag);
    if (strict(pdf))
        write_promise(pdf);
    if (pdf->promise.tagged)
        pdf_tags_write(pdf->tags, pdf->objects);
    objects_save(pdf->objects, pdf->out);
}

static bool pdf_finish(void *self, struct buf *out, struct err *err)
{
    struct pdf *pdf = self;
    assert(!pdf->finished);
    if (pdf->failed)
        return err_set(err, ERR_INTERNAL, "PDF writer: finish after an error");
    if (object_page_count(pdf->objects) == 0)
        return err_set(err, ERR_INTERNAL, "PDF writer: a document without pages");
    pdf->finished = true;
    pdf->out = out;
    pdf->facts = pdf_metadata_info(pdf->arena, pdf->info);
    if (strict(pdf)) {
        pdf->facts.title = pdf_promise_title(&pdf->promise, &pdf->facts);
        if (!pdf_promise_end(&pdf->promise, pdf->info->language, pdf->options.diag, err) ||
            !pdf_intent(&pdf->profile, err))
            return false;
    }
    return write_fonts(pdf, err) && objects_guard(pdf->objects, write_document, pdf, err);
}

static void pdf_free(void *self)
{
    struct pdf *pdf = self;
    if (!pdf)
        return;
    pdf_fonts_free(&pdf->fonts);
    pdf_links_free(pdf->links);
    pdf_tags_free(pdf->tags);
    objects_free(pdf->objects);
    arena_free(pdf->arena);
    struct buf *all[] = {&pdf->content, &pdf->entries, &pdf->resources, &pdf->catalog, &pdf->profile};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buf_free(all[i]);
    mem_free(pdf);
}

bool pdf_device(const struct page_info *info, const struct pdf_options *options, struct device *out, struct err *err)
{
    (void)err; /* libharu starts with the first page */
    struct pdf *pdf = mem_alloc(sizeof *pdf);
    *pdf = (struct pdf){.info = info,
                        .options = options ? *options : (struct pdf_options){0},
                        .arena = arena_new(),
                        .objects = objects_new(options && options->profile == PDF_ARCHIVE)};
    pdf->tags = strict(pdf) ? pdf_tags_new() : NULL;
    pdf->links = pdf_links_new(pdf->tags);
    pdf_promise_start(&pdf->promise, pdf->options.profile);
    *out = (struct device){pdf, pdf_page, pdf_finish, pdf_free};
    return true;
}
