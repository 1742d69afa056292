#include "register/house_state.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "sql/q_store.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

static void disk(struct ctx *c, struct house_state *out)
{
	struct stat st;
	struct statvfs fs;
	const char *dir = str_or(c->house->data_dir, ".");
	if (stat(arena_fmt(c->arena, "%s/tsunagi.db", dir), &st) == 0)
		out->data_bytes = (int64_t)st.st_size;
	if (statvfs(dir, &fs) == 0)
		out->free_bytes = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
	if (stat(arena_fmt(c->arena, "%s/backup.last", dir), &st) == 0)
		out->backup_ms = (int64_t)st.st_mtim.tv_sec * 1000;
}

err house_state(struct ctx *c, struct house_state *out)
{
	struct q_schema_version_list_row *rows;
	size_t n;
	*out = (struct house_state){.data_bytes = INT_NULL, .free_bytes = INT_NULL, .backup_ms = INT_NULL};
	if (c->actor.account_id <= 0 && !c->actor.system)
		return ERR_DENIED;
	TRY(q_schema_version_list(c, &rows, &n));
	out->versions = ARENA_ARRAY(c->arena, n ? n : 1, struct house_version);
	out->n_versions = n;
	for (size_t i = 0; i < n; i++)
		out->versions[i] = (struct house_version){.name = rows[i].name, .sha256 = rows[i].sha256, .program = rows[i].program,
			.applied_ms = rows[i].applied_ms};
	if (policy_may_administer(c))
		disk(c, out);
	return OK;
}
