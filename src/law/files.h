/* law/files — the files of law/: their columns, names for people, and which of them may be replaced by a newer one (law/files.tbl.h).
 * Ownership: static. Tests: tests/unit/test_law_newer.c.
 */
#ifndef TSU_LAW_FILES_H
#define TSU_LAW_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct law_file {
	const char *name, *title, *head;
	bool may_import;
	uint32_t group, key; /* columns, from 0 */
};
size_t law_file_count(void);
const struct law_file *law_file_at(size_t i);
const struct law_file *law_file_find(const char *name); /* NULL: no such file */
const char *law_file_head(const char *name);            /* "" if there is no such file */

#endif
