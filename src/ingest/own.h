/* Inside the ingest room: what briefgen has written itself. A brief's HTML or JSON reads like an article, its tables
 * name titles; a folder that holds both briefs and articles must not feed the figures back. */
#ifndef INGEST_OWN_H
#define INGEST_OWN_H
#include <stdbool.h>

struct own;

/* By the manifest.json of a brief in the folder; NULL where there is none, or one of another program. */
struct own *own_read(const char *folder);
/* Is the file of that name in the folder one that the manifest lists, itself, or one that an earlier run has left for
 * the same period and scope? False for NULL. */
bool own_has(const struct own *own, const char *name);
void own_free(struct own *own); /* NULL is fine */

#endif
