/* ZIP archives by their central directory, read with distrust: nothing is unpacked to disk, no member is believed to be
 * as large as it says, and members that share bytes, grow too much or fail their checksum are faults of the file. */
#ifndef INGEST_ZIPFILE_H
#define INGEST_ZIPFILE_H
#include "base/err.h"
#include "base/limits.h"
#include "base/str.h"
#include "ingest/stream.h"

struct arena;
struct zipfile;

enum {
    ZIPFILE_MEMBERS = LIMIT_ZIP_MEMBERS,           /* libzip keeps some 300 bytes of each in memory */
    ZIPFILE_DIRECTORY = LIMIT_ZIP_DIRECTORY_BYTES, /* bytes of the central directory */
    ZIPFILE_IN_MEMORY = 1024 * 1024,               /* bytes of an archive from a stream that stay there */
    ZIPFILE_RATIO = LIMIT_UNPACK_RATIO,            /* bytes of a member to one that is packed … */
    ZIPFILE_RATIO_FLOOR = 1024 * 1024,             /* … of those that come to more than this */
};

/* Opens the plain file `path`, or where that is NULL what is left of `stream`: it goes through a temporary file that
 * has no name, of at most `limit` bytes (0: any). NULL on error: ERR_NO_INPUT, ERR_IO, ERR_CREATE (no room for
 * temporary files), ERR_INPUT (no ZIP, cut short, members that overlap, too many of them). */
struct zipfile *zipfile_open(const char *path, struct stream *stream, uint64_t limit, struct err *err);
struct zipfile *zipfile_memory(struct str bytes, struct err *err); /* borrows the bytes */
void zipfile_close(struct zipfile *zip);                           /* NULL is fine */

size_t zipfile_count(const struct zipfile *zip);
/* The name of a member for people, and to tell formats: NFC UTF-8 (or CP949, which Korean Windows writes, made that),
 * one line, in the arena. Never a path to open. A folder's ends in "/". */
struct str zipfile_name(struct arena *arena, const struct zipfile *zip, size_t member);
/* The first member of that name, without regard to ASCII case, "\\" as "/"; SIZE_MAX for none. */
size_t zipfile_find(const struct zipfile *zip, struct str name);
/* The bytes of the archive that a member takes, as the directory says: only to plan with. */
uint64_t zipfile_packed(const struct zipfile *zip, size_t member);

/* A member's bytes. Close it before the archive; several may be open. NULL: ERR_INPUT (encrypted, packed in an unknown
 * way). Reading errors: ERR_INPUT (checksum, more or less than the directory says, over ZIPFILE_RATIO: told as it
 * grows; what is packed wrongly), ERR_IO. All texts begin with the member's name. */
struct stream *zipfile_read(const struct zipfile *zip, size_t member, struct err *err);
struct stream *zipfile_stream(const struct zipfile *zip); /* the archive itself, from its first byte */

#endif
