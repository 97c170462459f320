#include "ingest/own.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

#include <jansson.h>
#include <string.h>

enum { MANIFEST_LIMIT = 1 << 20 };
static const char manifest[] = "manifest.json", metadata[] = "csv-metadata.json";

struct own {
    json_t *manifest;
    struct arena *arena;
    struct str edition; /* "-2024-01-41390.": between the stem and the ending of the names of its files */
};

static json_t *read_manifest(struct arena *arena, const char *folder)
{
    struct buf text = {0};
    struct err unread = {0};
    json_t *json = NULL;
    if (file_read(file_join(arena, folder, manifest), MANIFEST_LIMIT, &text, &unread))
        json = json_loadb(text.p ? text.p : "", text.n, 0, NULL);
    buf_free(&text);
    const char *program = json_string_value(json_object_get(json, "program"));
    if (program && str_starts(str_from(program), STR("briefgen ")) && json_is_array(json_object_get(json, "files")))
        return json;
    json_decref(json);
    return NULL;
}

struct own *own_read(const char *folder)
{
    struct arena *arena = arena_new();
    json_t *json = read_manifest(arena, folder);
    if (!json) {
        arena_free(arena);
        return NULL;
    }
    struct own *own = mem_alloc(sizeof *own);
    *own = (struct own){.manifest = json, .arena = arena};
    const char *period = json_string_value(json_object_get(json, "period"));
    const char *scope = json_string_value(json_object_get(json, "scope"));
    if (period && *period)
        own->edition = str_from(arena_printf(arena, "-%s%s%s.", period, scope ? "-" : "", scope ? scope : ""));
    return own;
}

bool own_has(const struct own *own, const char *name)
{
    size_t i;
    const json_t *file;
    if (!own)
        return false;
    if (strcmp(name, manifest) == 0 || strcmp(name, metadata) == 0 ||
        (own->edition.n && str_find(str_from(name), own->edition, 0) != SIZE_MAX))
        return true;
    json_array_foreach(json_object_get(own->manifest, "files"), i, file)
    {
        const char *listed = json_string_value(json_object_get(file, "name"));
        if (listed && strcmp(listed, name) == 0)
            return true;
    }
    return false;
}

void own_free(struct own *own)
{
    if (!own)
        return;
    json_decref(own->manifest);
    arena_free(own->arena);
    mem_free(own);
}
