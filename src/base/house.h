/* house — the read-only catalogues of a process, loaded once at start by main/ and shared by every ctx.
 * Each pointer is opaque here and owned by the room named beside it. */
#ifndef TSU_BASE_HOUSE_H
#define TSU_BASE_HOUSE_H

#include <stdbool.h>

struct house {
	const struct fold_table *fold;       /* jp/fold: 異体字 */
	const struct form_catalogue *forms;  /* form/define */
	const struct law_catalogue *law;     /* law/tables */
	const struct house_key *key;         /* access/key */
	struct look_log *looks;              /* access/audit: the open file of this month */
	struct file_store *files;            /* store/file: where the bytes live */
	struct pdf_fonts *fonts;             /* codec/pdf_font: read once per process */
	const char *data_dir;                /* the data folder, e.g. "data" */
	const char *share_dir;               /* forms/, law/, share/, assets/ live below it */
	bool outside;                        /* the data folder is an outside front: surveys' links and nothing else */
	bool demo;                           /* the data folder is marked demo: a frame on every page */
};

#endif
