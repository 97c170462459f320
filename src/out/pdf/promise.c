#include "out/pdf/promise.h"

#include "base/language.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

/* PDF/A-1b in place of 1a; there is nothing in place of PDF/A-3a and PDF/UA-1. Reasons after the first do not matter.
 */
static bool lower(struct pdf_promise *promise, struct err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static bool lower(struct pdf_promise *promise, struct err *err, const char *format, ...)
{
    char why[sizeof promise->why];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    if (promise->profile == PDF_ACCESS)
        return err_set(err, ERR_INPUT, "%s, so the file cannot be PDF/A-3a and PDF/UA-1", why);
    if (promise->claim.level == 'A')
        memcpy(promise->why, why, sizeof why);
    promise->claim.level = 'B';
    return true;
}

/* A language tag as PDF/A-1 (6.8.4: RFC 1766, letters only) and the others (RFC 3066) know it. */
static bool is_language(struct str tag, bool letters_only)
{
    size_t length = 0, part = 0;
    for (size_t i = 0; i < tag.n; i++) {
        char c = tag.p[i];
        bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z', digit = c >= '0' && c <= '9' && part && !letters_only;
        if (c == '-' && length) {
            part++;
            length = 0;
        } else if (!(letter || digit) || ++length > 8) {
            return false;
        }
    }
    return length > 0;
}

void pdf_promise_start(struct pdf_promise *promise, enum pdf_profile profile)
{
    bool access = profile == PDF_ACCESS;
    *promise = (struct pdf_promise){.profile = profile, .claim = {access ? 3 : 1, 'A', access}};
}

/* The first glyph of the operation that shows nothing of the font but that it lacks the character; n for none. */
static size_t first_notdef(const struct op *op)
{
    size_t i = 0;
    while (i < op->n && op->glyphs[i].id)
        i++;
    return i;
}

static bool refuse(const struct page *page, const struct op *op, size_t glyph, struct err *err)
{
    size_t from = op->glyphs[glyph].cluster, to = from;
    uint32_t c = from < op->text.n ? utf8_next(op->text, &to) : 0;
    return err_set(err, ERR_INPUT, "page %d: the character \"%.*s\" (U+%04X) is in no font, and there is no box for it",
                   page->number, STR_ARG(str_slice(op->text, from, to)), (unsigned)c);
}

bool pdf_promise_page(struct pdf_promise *promise, struct arena *arena, const struct page *page, struct err *err)
{
    promise->tagged = promise->tagged || page->tags;
    for (size_t i = 0; i < page->n; i++) {
        const struct op *op = &page->ops[i];
        if (op->kind == OP_OUTLINE && !promise->heading.n)
            promise->heading = pdf_metadata_text(arena, op->text);
        if (op->kind != OP_TEXT)
            continue;
        if (!op->artifact && !promise->line.n)
            promise->line = pdf_metadata_text(arena, op->text);
        size_t notdef = first_notdef(op);
        if (notdef < op->n)
            return refuse(page, op, notdef, err);
        if (op->language.n && !is_language(op->language, promise->claim.part == 1) &&
            !lower(promise, err, "page %d: \"%.*s\" is not a language that it can name", page->number,
                   STR_ARG(str_head(op->language, 40))))
            return false;
    }
    return true;
}

static void warn(const struct pdf_promise *promise, struct diag_list *diag)
{
    if (diag)
        diag_add(diag, DIAG_WARNING, "pdf-level", NULL, 0, 0, "the file is PDF/A-1b, not PDF/A-1a: %s", promise->why);
}

bool pdf_promise_end(struct pdf_promise *promise, struct str language, struct diag_list *diag, struct err *err)
{
    if (!promise->tagged && !lower(promise, err, "the document has no structure"))
        return false;
    if (!is_language(language, promise->claim.part == 1) &&
        !lower(promise, err, "\"%.*s\" is not a language that it can name", STR_ARG(str_head(language, 40))))
        return false;
    if (promise->claim.level == 'B')
        warn(promise, diag);
    return true;
}

void pdf_promise_untagged(struct pdf_promise *promise, const char *why, struct diag_list *diag)
{
    bool first = promise->claim.level == 'A';
    promise->tagged = false;
    if (first && lower(promise, NULL, "%s", why))
        warn(promise, diag);
}

struct str pdf_promise_title(const struct pdf_promise *promise, const struct page_info *info)
{
    enum { MOST = 200 };
    struct str found = promise->heading.n ? promise->heading : promise->line;
    if (info->title.n)
        return info->title;
    return found.n                              ? str_trim(str_head(found, MOST))
           : language_is_korean(info->language) ? STR("문서")
                                                : STR("Document");
}
