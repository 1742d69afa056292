/* file — bytes of scans, photos, issued documents and job results, under data/files/aa/bb… by their SHA-256.
 *
 * Writing: to a temporary name, fsync, rename, fsync of the folder; then the row, in the caller's transaction. A crash
 * between leaves bytes without a holder (file_bytes_drop), never a row without bytes. Reading compares the sum: ERR_FILE_DAMAGED. The type comes from the content, never the name; place
 * and camera data of JPEG and PNG pictures are removed (store/image), the picture's turn is kept.
 * The store is c->house->files. The caller gates. Ownership: bytes read are arena. Units: bytes. Folders 0700, files
 * 0600. Errors: ERR_IO, ERR_DISK_FULL, ERR_LIMIT (empty, or over FILE_MAX), ERR_FILE_DAMAGED, ERR_NOTFOUND.
 * Tests: tests/unit/test_store_file.c.
 */
#ifndef TSU_STORE_FILE_H
#define TSU_STORE_FILE_H

#include "base/ctx.h"
#include "store/table.h"

enum { FILE_SHA_TEXT = 65, FILE_MAX = 64 << 20 };

struct file_store;
struct t_stored_file; /* sql/tables.h */

/* data_dir/files, made if it is not there. Arena. */
MUST err file_store_open(struct arena *a, const char *data_dir, struct file_store **out);

/* Bytes alone. Put inside the transaction that names a holder. */
MUST err file_bytes_put(struct ctx *c, struct blob bytes, char sha256[FILE_SHA_TEXT]);
MUST err file_bytes_get(struct ctx *c, const char *sha256, struct blob *out);
/* Inside tx_run: removes the bytes if at most `own` records and jobs hold them: 0 for bytes nobody holds, 1 when the
 * caller removes the last holder in this same transaction (should that fail, the holder is left without bytes and the
 * caller does it again). Being inside keeps another process from taking up the same bytes meanwhile. dropped may be NULL. */
MUST err file_bytes_drop(struct ctx *c, const char *sha256, int64_t own, bool *dropped);

/* Inside tx_run. f: name, record_class, person_id, org_id, owner_table, owner_id, keep_until are the caller's; the rest is
 * filled. Other versions of the row go through row_save and row_retire of store/revision. */
MUST err file_put(struct ctx *c, struct blob bytes, struct t_stored_file *f);
MUST err file_get(struct ctx *c, const struct t_stored_file *f, struct blob *out);

/* Every stored file against its sum; *bad counts those damaged or missing. */
MUST err file_check_all(struct ctx *c, int64_t *n, int64_t *bad);

/* The media type of the bytes; static. "application/octet-stream" if unknown. Markup is text/plain: it is never served
 * as a page. */
const char *file_sniff(struct blob bytes);

#endif
