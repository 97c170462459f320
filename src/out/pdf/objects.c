/* libharu as the keeper of objects. Its text, font, image, annotation and file functions stay unused: dictionaries are
 * written by a hook from text that we made, which keeps the file and the memory small and every byte ours. */
#include "out/pdf/objects.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "out/pdf/file.h"

#include <assert.h>
#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>
#include <libdeflate.h>
#include <setjmp.h>
#include <string.h>

enum {
    PAGE_LEVEL = 1,      /* of libdeflate: 26 ms for 300 dense pages, level 6 takes 52 ms to save 1.5 % */
    DATA_LEVEL = 6,      /* fonts, tables, objects: 2.5 ms more save 6 % of a TrueType subset */
    MANY_MORE = 16000,   /* objects, of long tables: packed at PAGE_LEVEL they take a third of the time and 13 % more */
    MAX_PAGES = 32767,   /* libharu's array limit */
    PAGES_A_NODE = 1000, /* of PDF 1.4, whose arrays end at 8,191 */
    MAX_PAGE_ANNOTATIONS = 8191, /* the same */
    MAX_OBJECTS = 8388607,       /* PDF/A-1 6.1.12, PDF/A-3 6.1.13; libharu's, too */
    OBJECTS_A_STREAM = 200,      /* at least: for the numbers that object streams will take */
    MAX_TEXT = 16000,            /* bytes of an information value or title: libharu's strings end at 65,535 */
};

struct objects {
    HPDF_Doc doc;
    jmp_buf home;
    bool guarded;
    HPDF_STATUS code, detail; /* libharu's first complaint; 0 = none */
    struct libdeflate_compressor *page_deflate, *data_deflate;
    struct buf text, catalog;
    HPDF_Dict *dicts; /* by object number - 1; NULL for libharu's own objects */
    size_t n_dicts, dicts_room;
    HPDF_Page *pages;
    size_t n_pages, pages_room;
    HPDF_Outline *outlines;
    size_t n_outlines, outlines_room;
    bool complete; /* no object will be added */
    struct pdf_file file;
};

_Noreturn static void fail(struct objects *o, HPDF_STATUS code, HPDF_STATUS detail)
{
    if (o->code == 0) {
        o->code = code ? code : HPDF_FAILD_TO_ALLOC_MEM;
        o->detail = detail;
    }
    assert(o->guarded);
    longjmp(o->home, 1);
}

static void on_error(HPDF_STATUS code, HPDF_STATUS detail, void *user)
{
    struct objects *o = user;
    if (o->guarded)
        fail(o, code, detail);
}

static void need(struct objects *o, HPDF_STATUS status)
{
    if (status != HPDF_OK)
        fail(o, status, o->doc->error.detail_no);
}

/* What a constructor of libharu gave, which is NULL on failure. */
static void *made(struct objects *o, void *object)
{
    if (!object)
        fail(o, o->doc->error.error_no, o->doc->error.detail_no);
    return object;
}

static void *haru_alloc(HPDF_UINT size)
{
    return mem_alloc(size);
}

static void haru_free(void *block)
{
    mem_free(block);
}

struct objects *objects_new(bool classic)
{
    struct objects *o = mem_alloc(sizeof *o);
    *o = (struct objects){.file.classic = classic};
    return o;
}

void objects_free(struct objects *o)
{
    if (!o)
        return;
    if (o->doc)
        HPDF_Free(o->doc);
    libdeflate_free_compressor(o->page_deflate);
    libdeflate_free_compressor(o->data_deflate);
    buf_free(&o->text);
    buf_free(&o->catalog);
    mem_free(o->dicts);
    mem_free(o->pages);
    mem_free(o->outlines);
    pdf_file_free(&o->file);
    mem_free(o);
}

bool objects_classic(const struct objects *o)
{
    return o->file.classic;
}

static void start(struct objects *o)
{
    o->doc = HPDF_NewEx(on_error, haru_alloc, haru_free, 0, o);
    o->page_deflate = libdeflate_alloc_compressor(PAGE_LEVEL);
    o->data_deflate = libdeflate_alloc_compressor(DATA_LEVEL);
    if (!o->doc || !o->page_deflate || !o->data_deflate)
        fail(o, HPDF_FAILD_TO_ALLOC_MEM, 0);
    if (o->file.classic)
        need(o, HPDF_SetPagesConfiguration(o->doc, PAGES_A_NODE));
}

bool objects_guard(struct objects *o, void (*step)(void *argument), void *argument, struct err *err)
{
    assert(!o->guarded);
    o->guarded = true;
    if (o->code == 0 && setjmp(o->home) == 0) {
        if (!o->doc)
            start(o);
        step(argument);
    }
    o->guarded = false;
    if (o->code == 0)
        return true;
    if (o->code == HPDF_ARRAY_COUNT_ERR && o->n_pages >= MAX_PAGES)
        return err_set(err, ERR_INPUT, "a document of more than %d pages", MAX_PAGES);
    if (o->code == HPDF_XREF_COUNT_ERR)
        return err_set(err, ERR_INPUT, "a document of more than %d objects", MAX_OBJECTS);
    return err_set(err, o->code == HPDF_FAILD_TO_ALLOC_MEM ? ERR_MEMORY : ERR_INTERNAL,
                   "PDF writer failed: libharu error 0x%04lX, detail %lu", (unsigned long)o->code,
                   (unsigned long)o->detail);
}

/* The hook that libharu calls while it writes a dictionary; attr is our text. */
static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    return dict->attr ? HPDF_Stream_WriteStr(stream, dict->attr) : HPDF_OK;
}

static void free_entries(HPDF_Dict dict)
{
    mem_free(dict->attr);
    dict->attr = NULL;
}

static unsigned number_of(HPDF_Dict dict)
{
    return dict->header.obj_id & 0x00FFFFFF;
}

static void set_entries(HPDF_Dict dict, struct str entries)
{
    char *copy = mem_alloc(mem_add(entries.n, 2));
    if (entries.n)
        memcpy(copy, entries.p, entries.n);
    copy[entries.n] = '\n';
    copy[entries.n + 1] = 0;
    mem_free(dict->attr);
    dict->attr = copy;
}

static HPDF_Dict dict_of(struct objects *o, unsigned number)
{
    assert(number < o->n_dicts && o->dicts[number]);
    return o->dicts[number];
}

static unsigned remember(struct objects *o, HPDF_Dict dict)
{
    unsigned number = number_of(dict);
    o->dicts = mem_grow(o->dicts, &o->dicts_room, (size_t)number + 1, sizeof *o->dicts);
    while (o->n_dicts <= number)
        o->dicts[o->n_dicts++] = NULL;
    o->dicts[number] = dict;
    return number;
}

unsigned object_reserve(struct objects *o)
{
    assert(!o->complete);
    HPDF_Dict dict = made(o, HPDF_Dict_New(o->doc->mmgr));
    dict->write_fn = write_entries;
    dict->free_fn = free_entries;
    need(o, HPDF_Xref_Add(o->doc->xref, dict));
    return remember(o, dict);
}

void object_set(struct objects *o, unsigned number, struct str entries)
{
    set_entries(dict_of(o, number), entries);
}

unsigned object_dict(struct objects *o, struct str entries)
{
    unsigned number = object_reserve(o);
    object_set(o, number, entries);
    return number;
}

unsigned object_stream(struct objects *o, struct str entries, struct str bytes)
{
    unsigned number = object_reserve(o);
    pdf_file_stream(&o->file, o->data_deflate, number, entries, bytes);
    return number;
}

unsigned object_plain_stream(struct objects *o, struct str entries, struct str bytes)
{
    unsigned number = object_reserve(o);
    pdf_file_stream(&o->file, NULL, number, entries, bytes);
    return number;
}

size_t object_page(struct objects *o, double width, double height, struct str content)
{
    if (o->n_pages >= MAX_PAGES)
        fail(o, HPDF_ARRAY_COUNT_ERR, MAX_PAGES);
    HPDF_Page page = made(o, HPDF_AddPage(o->doc));
    need(o, HPDF_Page_SetWidth(page, (HPDF_REAL)width));
    need(o, HPDF_Page_SetHeight(page, (HPDF_REAL)height));
    need(o, HPDF_Dict_RemoveElement(page, "Resources")); /* object_resources */
    pdf_file_stream(&o->file, o->page_deflate, number_of(((HPDF_PageAttr)page->attr)->contents), STR(""), content);
    o->pages = mem_grow(o->pages, &o->pages_room, o->n_pages + 1, sizeof(HPDF_Page));
    o->pages[o->n_pages] = page;
    return o->n_pages++;
}

size_t object_page_count(const struct objects *o)
{
    return o->n_pages;
}

unsigned object_page_number(const struct objects *o, size_t page)
{
    assert(page < o->n_pages);
    return number_of(o->pages[page]);
}

unsigned object_page_annotation(struct objects *o, size_t page, struct str entries)
{
    assert(page < o->n_pages);
    HPDF_Array list = HPDF_Dict_GetItem(o->pages[page], "Annots", HPDF_OCLASS_ARRAY);
    if (!list) {
        list = made(o, HPDF_Array_New(o->doc->mmgr));
        need(o, HPDF_Dict_Add(o->pages[page], "Annots", list));
    }
    if (HPDF_Array_Items(list) >= MAX_PAGE_ANNOTATIONS)
        return 0;
    unsigned number = object_dict(o, entries);
    need(o, HPDF_Array_Add(list, dict_of(o, number)));
    return number;
}

void object_page_tags(struct objects *o, size_t page, bool content)
{
    assert(page < o->n_pages);
    need(o, HPDF_Dict_AddName(o->pages[page], "Tabs", "S"));
    if (content)
        need(o, HPDF_Dict_AddNumber(o->pages[page], "StructParents", (HPDF_INT32)page));
}

void object_resources(struct objects *o, unsigned dict, bool inherited)
{
    if (inherited)
        need(o, HPDF_Dict_Add(o->doc->root_pages, "Resources", dict_of(o, dict)));
    for (size_t i = 0; i < o->n_pages && !inherited; i++)
        need(o, HPDF_Dict_Add(o->pages[i], "Resources", dict_of(o, dict)));
}

void object_catalog(struct objects *o, struct str entries)
{
    buf_str(&o->catalog, entries);
}

/* UTF-8 as the bytes of a PDF text string, in o->text: ASCII as it is, else UTF-16BE with its mark. */
static void to_text_string(struct objects *o, struct str utf8)
{
    struct str text = str_head(utf8, MAX_TEXT);
    bool ascii = true;
    buf_clear(&o->text);
    for (size_t i = 0; i < text.n; i++)
        ascii = ascii && text.p[i] >= ' ' && text.p[i] < 0x7f;
    if (ascii) {
        buf_str(&o->text, text);
        return;
    }
    buf_add(&o->text, "\xFE\xFF", 2);
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at), high = c > 0xFFFF ? 0xD7C0 + (c >> 10) : c;
        buf_char(&o->text, (char)(high >> 8));
        buf_char(&o->text, (char)high);
        if (c > 0xFFFF) {
            buf_char(&o->text, (char)(0xDC | (c >> 8 & 3)));
            buf_char(&o->text, (char)c);
        }
    }
}

static void add_text(struct objects *o, HPDF_Dict dict, const char *key, struct str value)
{
    to_text_string(o, value);
    need(o, HPDF_Dict_Add(dict, key,
                          made(o, HPDF_Binary_New(o->doc->mmgr, (HPDF_BYTE *)o->text.p, (HPDF_UINT)o->text.n))));
}

size_t object_outline(struct objects *o, size_t parent, struct str title, size_t page, double x, double y)
{
    assert(page < o->n_pages && (parent == SIZE_MAX || parent < o->n_outlines));
    HPDF_Outline above = parent == SIZE_MAX ? NULL : o->outlines[parent];
    HPDF_Outline item = made(o, HPDF_CreateOutline(o->doc, above, "-", NULL));
    need(o, HPDF_Outline_SetOpened(item, HPDF_FALSE));
    add_text(o, item, "Title", title);
    HPDF_Array to = made(o, HPDF_Array_New(o->doc->mmgr));
    need(o, HPDF_Dict_Add(item, "Dest", to));
    need(o, HPDF_Array_Add(to, o->pages[page]));
    need(o, HPDF_Array_AddName(to, "XYZ"));
    need(o, HPDF_Array_AddReal(to, (HPDF_REAL)x));
    need(o, HPDF_Array_AddReal(to, (HPDF_REAL)y));
    need(o, HPDF_Array_AddNumber(to, 0));
    o->outlines = mem_grow(o->outlines, &o->outlines_room, o->n_outlines + 1, sizeof(HPDF_Outline));
    o->outlines[o->n_outlines] = item;
    return o->n_outlines++;
}

void object_info(struct objects *o, const char *key, struct str value)
{
    if (value.n)
        add_text(o, o->doc->info, key, value);
}

void object_language(struct objects *o, struct str language)
{
    if (language.n)
        add_text(o, o->doc->catalog, "Lang", language);
    HPDF_Dict viewer = made(o, HPDF_Dict_New(o->doc->mmgr));
    need(o, HPDF_Dict_Add(o->doc->catalog, "ViewerPreferences", viewer));
    need(o, HPDF_Dict_AddBoolean(viewer, "DisplayDocTitle", HPDF_TRUE));
}

unsigned objects_more(struct objects *o, unsigned n)
{
    unsigned first = o->doc->xref->entries->count;
    assert(!o->complete);
    if ((uint64_t)first + n > MAX_OBJECTS - MAX_OBJECTS / OBJECTS_A_STREAM)
        fail(o, HPDF_XREF_COUNT_ERR, MAX_OBJECTS);
    o->complete = true;
    o->file.differences = n > 0;
    pdf_file_values(&o->file, n > MANY_MORE ? o->page_deflate : o->data_deflate, (size_t)first + n);
    return first;
}

struct buf *object_value(struct objects *o, unsigned number)
{
    return pdf_file_value(&o->file, number);
}

static HPDF_STATUS write_out(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT size)
{
    buf_add(stream->attr, (const char *)bytes, size);
    return HPDF_OK;
}

/* The values of the objects that libharu has numbered. Its streams are ours already, and its numbers are their lengths.
 * The file around them is ours, too: libharu's has no object streams, and its tables take 20 bytes an object. */
static void write_values(struct objects *o)
{
    HPDF_Xref xref = o->doc->xref;
    HPDF_Stream sink = o->doc->stream = made(o, HPDF_CallbackWriter_New(o->doc->mmgr, write_out, NULL));
    if (!o->complete)
        objects_more(o, 0);
    for (HPDF_UINT i = 1; i < xref->entries->count; i++) {
        HPDF_Dict dict = ((HPDF_XrefEntry)made(o, HPDF_Xref_GetEntry(xref, i)))->obj;
        if ((dict->header.obj_class & HPDF_OCLASS_ANY) != HPDF_OCLASS_DICT || pdf_file_has(&o->file, number_of(dict)))
            continue;
        sink->attr = pdf_file_value(&o->file, number_of(dict));
        need(o, HPDF_Obj_WriteValue(dict, sink, NULL));
    }
}

void objects_save(struct objects *o, struct buf *out)
{
    HPDF_Dict catalog = o->doc->catalog;
    if (o->catalog.n) {
        catalog->write_fn = write_entries;
        catalog->free_fn = free_entries;
        set_entries(catalog, buf_view(&o->catalog));
    }
    write_values(o);
    buf_clear(&o->text);
    buf_printf(&o->text, "/Root %u 0 R/Info %u 0 R", number_of(o->doc->catalog), number_of(o->doc->info));
    pdf_file_end(&o->file, buf_view(&o->text));
    buf_free(out);
    *out = o->file.bytes;
    o->file.bytes = (struct buf){0};
}
