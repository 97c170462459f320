/* Inside the ingest room: what archives are made of. */
#ifndef INGEST_ARCHIVE_H
#define INGEST_ARCHIVE_H
#include "ingest/stream.h"

enum packing { PACKED_NOT, PACKED_GZIP, PACKED_ZSTD, PACKED_XZ, PACKED_BZIP2 };

enum packing inflate_detect(struct str head);
/* What `packed`, at its first byte, unpacks to; close it before `packed`. NULL, or an error while reading: ERR_INPUT
 * for data that are cut short or damaged, and those of reading `packed`. */
struct stream *inflate_open(struct stream *packed, enum packing packing, struct err *err);

/* The same for all but gzip. */
struct stream *codec_open(struct stream *packed, enum packing packing, struct err *err);

/* A tar archive (POSIX.1-1988 and later, GNU, and those before them), read from front to back. */
struct tar;
struct tar_member {
    const char *name;   /* as it stands there, in any encoding */
    const char *oddity; /* why it is no plain file: "a symbolic link"; NULL for those */
    bool is_folder;
};
bool tar_detect(struct str head);
struct tar *tar_open(struct stream *stream, struct err *err); /* close it before the stream; NULL on error */
void tar_close(struct tar *tar);                              /* NULL is fine */
/* The next member, valid until the next call; *end at the end. Errors as inflate_open's. */
bool tar_next(struct tar *tar, struct tar_member *member, bool *end, struct err *err);
/* The bytes of that member, to be closed before the next one; what is left of it is passed over. */
struct stream *tar_read(struct tar *tar);

#endif
