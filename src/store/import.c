/* Where articles come from: imports, inputs, sightings, rejects. */
#include "store/internal.h"

bool store_begin_import(struct store *store, struct str rules, int64_t started, int64_t *import, struct err *err)
{
    (void)rules;
    (void)started;
    *import = 0;
    return store_may_write(store, true, err);
}

bool store_find_input(struct store *store, const struct import_input *input, bool *complete, size_t *items,
                      struct err *err)
{
    (void)store;
    (void)input;
    (void)err;
    *complete = false;
    *items = 0;
    return true;
}

bool store_begin_input(struct store *store, int64_t import, const struct import_input *input, int64_t *id,
                       struct err *err)
{
    (void)store;
    (void)import;
    (void)input;
    (void)err;
    *id = 0;
    return true;
}

bool store_import_article(struct store *store, int64_t input, struct article *article, enum store_outcome *outcome,
                          struct err *err)
{
    bool added;
    (void)input;
    if (!store_put_article(store, article, &added, err))
        return false;
    *outcome = added ? STORE_ADDED : STORE_KNOWN;
    return true;
}

bool store_import_reject(struct store *store, int64_t input, const struct import_reject *reject, struct err *err)
{
    struct buf name = {0};
    (void)input;
    buf_str(&name, reject->name);
    bool ok = store_put_reject(store, name.p ? name.p : "", reject->line, reject->code, reject->reason, err);
    buf_free(&name);
    return ok;
}

bool store_end_input(struct store *store, int64_t input, size_t items, bool complete, const char *fault,
                     struct err *err)
{
    (void)store;
    (void)input;
    (void)items;
    (void)complete;
    (void)fault;
    (void)err;
    return true;
}
