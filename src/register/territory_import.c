#include "register/territory_import.h"

#include "base/map.h"
#include "base/str.h"
#include "codec/csv.h"
#include "jp/era.h"
#include "jp/fold.h"
#include "register/gate.h"
#include "register/keys.h"
#include "register/org.h"
#include "register/town_map.h"
#include "sql/q_register_org.h"
#include "store/tx.h"

#include <string.h>

enum column { COL_LEVEL, COL_CODE, COL_NAME, COL_ALIAS, COL_PARENT, COL_FROM, COL_TO, COL_NOTE, COL_ORG, COL_ORG_FROM, COL_CITY, COL_TOWN,
	COL_BLOCK_FROM, COL_BLOCK_TO, COL_TOWN_FROM, COLUMNS };
static const char *const headings[COLUMNS] = {"種類", "番号", "名前", "別の呼び名", "上の区域", "始まり", "終わり", "備考", "担当の機関",
	"担当の始まり", "市区町村", "町域", "番地から", "番地まで", "町域の始まり"};

struct import {
	struct territory_import *out;
	int at[COLUMNS];
	struct csv_row *row;
	struct map known; /* level and folded name or code → struct area; only what is committed */
	int64_t insurer;
	const char *city;
};

/* --- cells --- */

static const char *cell(struct ctx *c, const struct import *m, enum column k)
{
	return m->at[k] < 0 ? "" : str_trim(c->arena, csv_cell(m->row, m->at[k]));
}

static civil day(struct ctx *c, const struct import *m, enum column k, civil if_none)
{
	struct era_date d;
	const char *t = cell(c, m, k);
	if (!*t)
		return if_none;
	return era_parse(c, headings[k], t, &d) == OK ? d.day : if_none;
}

static int64_t number(struct ctx *c, const struct import *m, enum column k)
{
	int64_t n = 0;
	const char *t = keys_half_digits(c, cell(c, m, k));
	if (*t && (!str_int(t, &n) || n < 0 || n > 999999))
		fault_add(c, headings[k], ERR_RANGE, "「%s」は数字で書いてください（今は「%s」）。", headings[k], cell(c, m, k));
	return n;
}

static err level_of(struct ctx *c, const char *text, const char **level)
{
	*level = "";
	for (size_t i = 0; i < area_level_count() && !**level; i++) {
		const char *word;
		TRY(area_level_word(c, area_level_code(i), &word));
		if (str_eq(text, area_level_code(i)) || str_eq(text, area_level_label_ja(area_level_code(i))) || str_eq(text, word))
			*level = area_level_code(i);
	}
	return **level ? OK : fault_add(c, "種類", ERR_NOT_CHOICE, "「種類」の「%s」が分かりません。日常生活圏域・地区・小学校区・中学校区・民生委員区などと書いてください。", text);
}

/* --- finding --- */

static const char *known_key(struct ctx *c, const char *level, const char *text)
{
	return arena_fmt(c->arena, "%s %s", level, fold_org(keys_table(c), c->arena, text));
}

/* An alive area with exactly this name, code or other name (in any spelling). level "" = any. */
static err find_area(struct ctx *c, struct import *m, const char *level, const char *text, struct area *out, bool *found)
{
	struct area *seen = map_get(&m->known, known_key(c, level, text));
	size_t n;
	*found = seen != NULL;
	if (seen) {
		*out = *seen;
		return OK;
	}
	TRY(area_named(c, text, *level ? level : NULL, out, &n));
	*found = n > 0;
	return OK;
}

/* --- one row --- */

struct row_job {
	struct import *m;
	struct area area;
	bool made;
	int64_t aliases, assigned, towns;
};

static err make_area(struct ctx *c, struct row_job *j, const char *level)
{
	const struct import *m = j->m;
	struct area up;
	bool found;
	area_init(&j->area);
	j->area.level = level;
	j->area.name = cell(c, m, COL_NAME);
	j->area.code = cell(c, m, COL_CODE);
	j->area.note = cell(c, m, COL_NOTE);
	j->area.valid_from = day(c, m, COL_FROM, CIVIL_NONE);
	j->area.valid_to = day(c, m, COL_TO, CIVIL_OPEN);
	j->area.insurer_org_id = m->insurer;
	j->area.sort = m->row->line;
	if (*cell(c, m, COL_PARENT)) {
		TRY(find_area(c, j->m, "", cell(c, m, COL_PARENT), &up, &found));
		if (!found)
			return fault_add(c, "上の区域", ERR_INPUT, "上の区域「%s」が登録されていません。その区域の行を先に書いてください。", cell(c, m, COL_PARENT));
		j->area.parent_area_id = up.id;
	}
	j->made = true;
	return area_create(c, &j->area);
}

static err aliases(struct ctx *c, struct row_job *j)
{
	static const char *const marks[] = {"／", "/", ";", "；", "、"};
	const char *p = cell(c, j->m, COL_ALIAS);
	while (*p) {
		size_t best = strlen(p), skip = 0;
		for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
			const char *at = strstr(p, marks[i]);
			if (at && (size_t)(at - p) < best) {
				best = (size_t)(at - p);
				skip = strlen(marks[i]);
			}
		}
		const char *name = str_trim(c->arena, arena_strn(c->arena, p, best));
		struct area_alias *v;
		size_t before, after;
		p += best + skip;
		if (!*name)
			continue;
		TRY(area_alias_list(c, j->area.id, &v, &before));
		TRY(area_alias_add(c, j->area.id, name));
		TRY(area_alias_list(c, j->area.id, &v, &after));
		j->aliases += (int64_t)(after - before);
	}
	return OK;
}

static err served_by(struct ctx *c, struct row_job *j)
{
	struct org_area *v;
	struct q_org_name_row o;
	int64_t org;
	size_t n;
	bool found;
	const char *text = cell(c, j->m, COL_ORG);
	civil from = day(c, j->m, COL_ORG_FROM, CIVIL_NONE);
	if (!*text)
		return OK;
	TRY(org_named(c, "担当の機関", text, &org));
	TRY(q_org_name(c, &(struct q_org_name_in){.id = org}, &o, &found));
	const char *role = found && str_eq(o.kind, "branch") ? "branch" : found && str_eq(o.kind, "centre") ? "charge" : "cover";
	TRY(territory_of_area(c, j->area.id, CIVIL_NONE, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].org_id == org && str_eq(v[i].role, role) && v[i].to_on == CIVIL_OPEN && (from == CIVIL_NONE || v[i].from_on == CIVIL_NONE || v[i].from_on <= from))
			return OK;
	j->assigned++;
	return territory_assign(c, org, j->area.id, role, from, CIVIL_OPEN);
}

static err town_of(struct ctx *c, struct row_job *j)
{
	struct town_effect e;
	struct town_pick p = {cell(c, j->m, COL_CITY), cell(c, j->m, COL_TOWN), number(c, j->m, COL_BLOCK_FROM), number(c, j->m, COL_BLOCK_TO)};
	if (!*p.town && !*p.city)
		return OK;
	if (!*p.city)
		p.city = j->m->city;
	if (!*p.city)
		return fault_add(c, "市区町村", ERR_REQUIRED, "「市区町村」を書いてください（保険者の登録にも市区町村名がありません）。");
	TRY(town_map_many(c, &(struct town_map_new){.area_id = j->area.id, .v = &p, .n = 1, .from_on = day(c, j->m, COL_TOWN_FROM, CIVIL_NONE),
		.without_people = true}, false, &e));
	j->towns += e.added;
	return OK;
}

static err row_tx(struct ctx *c, void *arg)
{
	struct row_job *j = arg;
	const char *level, *name = cell(c, j->m, COL_NAME), *code = cell(c, j->m, COL_CODE);
	size_t before = c->n_faults;
	bool found;
	*j = (struct row_job){.m = j->m};
	TRY(level_of(c, cell(c, j->m, COL_LEVEL), &level));
	if (!*name && !*code)
		return fault_add(c, "名前", ERR_REQUIRED, "「名前」を書いてください。");
	TRY(find_area(c, j->m, level, *name ? name : code, &j->area, &found));
	if (!found)
		TRY(make_area(c, j, level));
	TRY(aliases(c, j));
	TRY(served_by(c, j));
	TRY(town_of(c, j));
	return c->n_faults > before ? ERR_INPUT : OK;
}

static const char *good_text(struct ctx *c, const struct row_job *j)
{
	const char *t = arena_fmt(c->arena, "%s%s", j->area.name, j->made ? "：区域を登録" : "：登録済みの区域");
	if (j->aliases)
		t = arena_fmt(c->arena, "%s・別の呼び名", t);
	if (j->assigned)
		t = arena_fmt(c->arena, "%s・担当", t);
	return j->towns ? arena_fmt(c->arena, "%s・町域", t) : t;
}

static void remember(struct ctx *c, struct import *m, const struct area *a)
{
	struct area *keep = arena_copy(c->arena, a, sizeof *a);
	map_set(&m->known, known_key(c, a->level, a->name), keep);
	if (*a->code && !map_get(&m->known, known_key(c, a->level, a->code)))
		map_set(&m->known, known_key(c, a->level, a->code), keep);
}

/* Faults of the row are its line; anything else (disk, store) ends the import. */
static err one_row(struct ctx *c, struct import *m, struct csv_row *row)
{
	struct row_job j = {.m = m};
	size_t before = c->n_faults;
	m->row = row;
	if (row->bad != OK) {
		m->out->bad++;
		import_note(c, &m->out->said, row->line, true, row->why);
		return OK;
	}
	err e = tx_run(c, row_tx, &j);
	enum err_class k = err_class_of(e);
	if (e != OK && k != ERR_CLASS_INPUT && k != ERR_CLASS_NOTFOUND && k != ERR_CLASS_CONFLICT)
		return e;
	if (e != OK) {
		m->out->bad++;
		import_note(c, &m->out->said, row->line, true, import_faults(c, before, e));
		/* Nothing of a bad row stays; in a trial, which is taken back as a whole, a later row must not find it. */
		return c->tx_depth > 0 && j.made && j.area.id > 0 ? area_retire(c, j.area.pid, "") : OK;
	}
	m->out->good++;
	m->out->areas += j.made;
	m->out->aliases += j.aliases;
	m->out->assigned += j.assigned;
	m->out->towns += j.towns;
	remember(c, m, &j.area);
	import_note(c, &m->out->said, row->line, false, good_text(c, &j));
	return OK;
}

/* --- the file --- */

static err head(struct ctx *c, struct import *m, struct csv *f)
{
	TRY(import_head(c, &m->out->said, f, headings, COLUMNS, m->at, "1行目に列の名前がありません。ひな形の1行目をそのまま残してください。"));
	if (m->at[COL_LEVEL] < 0 || (m->at[COL_NAME] < 0 && m->at[COL_CODE] < 0))
		return fault_add(c, "file", ERR_CSV, "「種類」と「名前」の列が必要です。1行目の列の名前を確かめてください。");
	return OK;
}

struct file_job {
	struct import m;
	const void *bytes;
	size_t n;
	int64_t max_people;
};

static err people(struct ctx *c, struct file_job *j)
{
	int64_t after = 0, looked = 0;
	bool end = false;
	while (!end && (j->max_people == 0 || looked < j->max_people)) {
		TRY(town_follow(c, &after, &j->m.out->persons, &end));
		looked += TOWN_FOLLOW_SLICE;
	}
	j->m.out->is_later = !end;
	return OK;
}

static err rows(struct ctx *c, void *arg)
{
	struct file_job *j = arg;
	struct territory_import *out = j->m.out;
	struct csv f = csv_open(j->bytes, j->n, ',', CSV_AUTO);
	struct csv_row row;
	int64_t n = 0;
	*out = (struct territory_import){.said.unread = ""};
	j->m.known = map_new(c->arena);
	TRY(head(c, &j->m, &f));
	while (csv_next(&f, c->arena, &row)) {
		if (++n > TERRITORY_IMPORT_ROWS)
			return fault_add(c, "file", ERR_CSV, "行が多すぎます（%d行まで）。ファイルを分けてください。", TERRITORY_IMPORT_ROWS);
		err e = one_row(c, &j->m, &row);
		j->m.row = NULL;
		TRY(e);
	}
	if (n == 0)
		return fault_add(c, "file", ERR_CSV, "区域の行がありません。2行目から1行に1つの区域（または1つの町域）を書いてください。");
	return out->good ? people(c, j) : OK;
}

err territory_import_csv(struct ctx *c, const void *bytes, size_t n_bytes, bool trial, int64_t max_people, struct territory_import *out)
{
	struct file_job j = {.m = {.out = out}, .bytes = bytes, .n = n_bytes, .max_people = max_people};
	TRY(gate_territory(c));
	TRY(territory_insurer(c, &j.m.insurer));
	TRY(town_city_of(c, j.m.insurer, &j.m.city));
	return import_run(c, &(struct import_file){n_bytes, TERRITORY_IMPORT_BYTES, trial, rows, &j});
}
