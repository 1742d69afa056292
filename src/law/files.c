#include "law/files.h"

#include "base/str.h"

static const struct law_file files[] = {
#define LAW_FILE(name, title, may_import, group, key, head) {name, title, head, may_import, group, key},
#include "law/files.tbl.h"
#undef LAW_FILE
};
enum { N_FILES = sizeof files / sizeof files[0] };

size_t law_file_count(void) { return N_FILES; }
const struct law_file *law_file_at(size_t i) { return &files[i]; }

const struct law_file *law_file_find(const char *name)
{
	for (size_t i = 0; i < N_FILES; i++)
		if (str_eq(files[i].name, name))
			return &files[i];
	return NULL;
}

const char *law_file_head(const char *name)
{
	const struct law_file *f = law_file_find(name);
	return f ? f->head : "";
}
