#include "out/pdf/promise.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

static const char *const wholes[PDF_PROFILES] = {"", "PDF/A-3a and PDF/UA-1", "PDF/A-1a"};

static void lower(struct pdf_promise *promise, struct pdf_claim to, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void lower(struct pdf_promise *promise, struct pdf_claim to, const char *format, ...)
{
    struct pdf_claim *claim = &promise->claim;
    if (!promise->why[0]) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(promise->why, sizeof promise->why, format, arguments);
        va_end(arguments);
    }
    *claim = (struct pdf_claim){
        .part = to.part ? claim->part : 0,
        .level = to.level == 'B' ? 'B' : claim->level,
        .ua = claim->ua && to.ua,
    };
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

void pdf_promise_start(struct pdf_promise *promise, const struct pdf_options *options, const struct page_info *info)
{
    bool access = options->profile == PDF_ACCESS;
    *promise = (struct pdf_promise){.options = options, .claim = {access ? 3 : 1, 'A', access}};
    if (!is_language(info->language, !access))
        lower(promise, (struct pdf_claim){1, 'B', false}, "the document's language, \"%.*s\", is none",
              STR_ARG(str_head(info->language, 40)));
}

/* The first glyph of the operation that shows nothing of the font but that it lacks the character; n for none. */
static size_t first_notdef(const struct op *op)
{
    size_t i = 0;
    while (i < op->n && op->glyphs[i].id)
        i++;
    return i;
}

static bool refuse_notdef(struct pdf_promise *promise, const struct page *page, const struct op *op, size_t glyph,
                          struct err *err)
{
    size_t from = op->glyphs[glyph].cluster, to = from;
    uint32_t c = from < op->text.n ? utf8_next(op->text, &to) : 0;
    struct str shown = str_slice(op->text, from, to);
    if (promise->options->required)
        return err_set(err, ERR_INPUT, "page %d: the character %.*s (U+%04X) is in no font, so the file cannot be %s",
                       page->number, STR_ARG(shown), (unsigned)c, wholes[promise->options->profile]);
    lower(promise, (struct pdf_claim){promise->options->profile == PDF_ARCHIVE, 'B', false},
          "page %d: the character %.*s (U+%04X) is in no font", page->number, STR_ARG(shown), (unsigned)c);
    return true;
}

bool pdf_promise_page(struct pdf_promise *promise, struct arena *arena, const struct page *page, struct err *err)
{
    promise->tagged = promise->tagged || page->tags;
    for (size_t i = 0; i < page->n; i++) {
        const struct op *op = &page->ops[i];
        if (op->kind == OP_OUTLINE && !promise->heading.n)
            promise->heading = str_copy(arena, op->text);
        if (op->kind != OP_TEXT)
            continue;
        if (!op->artifact && !promise->line.n)
            promise->line = str_copy(arena, op->text);
        size_t notdef = first_notdef(op);
        if (notdef < op->n && !refuse_notdef(promise, page, op, notdef, err))
            return false;
        if (op->language.n && !is_language(op->language, promise->claim.part == 1))
            lower(promise, (struct pdf_claim){1, 'B', false}, "page %d: a language, \"%.*s\", is none", page->number,
                  STR_ARG(str_head(op->language, 40)));
    }
    return true;
}

bool pdf_promise_end(struct pdf_promise *promise, struct err *err)
{
    const struct pdf_options *options = promise->options;
    if (!promise->tagged)
        lower(promise, (struct pdf_claim){1, 'B', false}, "the document has no structure");
    if (!promise->why[0])
        return true;
    if (options->required && options->profile == PDF_ACCESS)
        return err_set(err, ERR_INPUT, "%s, so the file cannot be %s", promise->why, wholes[options->profile]);
    char claim[20] = "without a level";
    if (promise->claim.part)
        snprintf(claim, sizeof claim, "PDF/A-%d%c", promise->claim.part, promise->claim.level | 0x20);
    if (options->diag)
        diag_add(options->diag, DIAG_WARNING, "pdf-level", NULL, 0, 0, "the file is %s, not %s: %s", claim,
                 wholes[options->profile], promise->why);
    return true;
}

struct str pdf_promise_title(const struct pdf_promise *promise, const struct page_info *info)
{
    enum { MOST = 200 };
    struct str found = str_trim(promise->heading).n ? promise->heading : promise->line;
    if (info->title.n)
        return info->title;
    if (str_trim(found).n)
        return str_head(found, MOST);
    return str_starts(info->language, STR("en")) ? STR("Document") : STR("문서");
}
