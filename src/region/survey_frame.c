/* survey_frame — the frame of a survey: who is asked, from the register, from a file or by hand. */
#include "base/map.h"
#include "base/str.h"
#include "codec/csv.h"
#include "access/policy.h"
#include "region/survey_round.h"
#include "register/gen.h"
#include "register/org.h"
#include "register/person.h"
#include "sql/q_survey.h"
#include "store/tx.h"

#include <string.h>

enum { CODE_CHARS = 20, LABEL_CHARS = 120, TRAITS_CHARS = 2000, TRAITS_MOST = 20, FILE_MOST = 8 << 20, ORGS_MOST = 5000 };

void survey_target_init(const struct t_survey *s, struct t_survey_target *row)
{
	row_init(&T_survey_target, row);
	row->survey_id = s->id;
}

err survey_target_get(struct ctx *c, const char *pid, struct t_survey_target *out)
{
	struct t_survey s;
	TRY(row_find(c, &T_survey_target, pid, out));
	TRY(survey_load(c, out->survey_id, &s));
	if (out->person_id != INT_NULL)
		TRY(policy_check_record(c, out->person_id, CLASS_NAMECARD, ACTION_SEE));
	return out->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

err survey_targets(struct ctx *c, int64_t survey_id, struct t_survey_target **v, size_t *n)
{
	struct q_survey_target_list_row *r;
	TRY(q_survey_target_list(c, &(struct q_survey_target_list_in){.survey_id = survey_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct t_survey_target);
	for (size_t i = 0; i < *n; i++) {
		struct t_survey_target *t = &(*v)[i];
		row_init(&T_survey_target, t);
		*t = (struct t_survey_target){.id = r[i].id, .pid = r[i].pid, .version = r[i].version, .survey_id = survey_id, .code = r[i].code, .label = r[i].label,
			.org_id = r[i].org_id, .staff_id = r[i].staff_id, .person_id = r[i].person_id, .area_id = r[i].area_id, .email = r[i].email, .postal = r[i].postal,
			.address = r[i].address, .traits = r[i].traits, .note = r[i].note, .retired_ms = INT_NULL};
	}
	return OK;
}

/* ---- saving --------------------------------------------------------------------------------------------------------------- */

/* 「名前=値」 by line; blank lines go. */
static const char *even_traits(struct ctx *c, const char *text)
{
	size_t n, kept = 0;
	char **line = str_split(c->arena, str_lf(c->arena, text), '\n', &n);
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < n; i++) {
		const char *t = str_trim(c->arena, line[i]), *eq = strchr(t, '=');
		if (!*t)
			continue;
		if (!eq || eq == t || ++kept > TRAITS_MOST) {
			(void)fault_add(c, "traits", ERR_INPUT, "「属性」は、1行に1つ「名前=値」の形で、%dまで書いてください（例: 運営=委託）。", TRAITS_MOST);
			return text;
		}
		buf_fmt(&b, "%s%s=%s", b.n ? "\n" : "", str_trim(c->arena, arena_strn(c->arena, t, (size_t)(eq - t))), str_trim(c->arena, eq + 1));
	}
	return b.n ? b.p : "";
}

static bool is_address(const char *email)
{
	const char *at = strchr(email, '@');
	if (!at || at == email || !at[1] || strchr(at + 1, '@'))
		return false;
	for (const char *s = email; *s; s++)
		if (*s <= ' ' || *s > '~' || strchr("<>,;:\"()[]\\", *s))
			return false;
	return true;
}

static err check(struct ctx *c, struct t_survey_target *t)
{
	size_t before = c->n_faults;
	gen_check_text(c, "code", "番号", t->code, true, CODE_CHARS);
	gen_check_text(c, "label", "名前", t->label, true, LABEL_CHARS);
	gen_check_text(c, "address", "住所", t->address, false, LABEL_CHARS);
	gen_check_text(c, "traits", "属性", t->traits, false, TRAITS_CHARS);
	gen_check_text(c, "note", "メモ", t->note, false, TRAITS_CHARS);
	t->email = str_trim(c->arena, t->email);
	if (*t->email && !is_address(t->email))
		(void)fault_add(c, "email", ERR_INPUT, "「メールアドレス」の形が正しくありません。半角で「name@example.jp」のように入力してください。");
	t->traits = even_traits(c, t->traits);
	return c->n_faults == before ? OK : ERR_INPUT;
}

struct saving {
	struct t_survey_target *row;
	struct row_conflict **conflict;
};

static err code_is_free(struct ctx *c, const struct t_survey_target *t)
{
	struct q_survey_target_by_code_row r;
	bool found;
	TRY(q_survey_target_by_code(c, &(struct q_survey_target_by_code_in){.survey_id = t->survey_id, .code = t->code}, &r, &found));
	if (!found || r.id == t->id)
		return OK;
	return fault_add(c, "code", ERR_INPUT, r.is_away ? "番号「%s」は、名簿から外した回答者に使われています。別の番号にしてください。" : "番号「%s」は、この名簿でもう使われています。別の番号にしてください。", t->code);
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_survey survey;
	TRY(survey_load(c, s->row->survey_id, &survey));
	TRY(survey_gate(c, &survey, ACTION_WRITE));
	TRY(check(c, s->row));
	TRY(code_is_free(c, s->row));
	return s->row->id ? row_save(c, &T_survey_target, s->row, s->conflict) : row_insert(c, &T_survey_target, s->row);
}

err survey_target_save(struct ctx *c, struct t_survey_target *row, struct row_conflict **conflict)
{
	return tx_run(c, save_tx, &(struct saving){row, conflict});
}

static err retire_tx(struct ctx *c, void *arg)
{
	struct t_survey_target t;
	struct t_survey s;
	TRY(survey_target_get(c, arg, &t));
	TRY(survey_load(c, t.survey_id, &s));
	TRY(survey_gate(c, &s, ACTION_WRITE));
	return row_retire(c, &T_survey_target, t.id, "名簿から外す");
}

err survey_target_retire(struct ctx *c, const char *pid) { return tx_run(c, retire_tx, (void *)pid); }

/* ---- from the register ------------------------------------------------------------------------------------------------------ */

struct framing {
	const char *survey_pid, *org_kind;
	civil on;
	int64_t added;
	struct t_survey survey;
	struct t_survey_target *have;
	size_t n_have, serial;
};

static err begin(struct ctx *c, struct framing *f)
{
	f->added = 0;
	TRY(survey_get(c, f->survey_pid, &f->survey));
	TRY(survey_gate(c, &f->survey, ACTION_WRITE));
	TRY(survey_targets(c, f->survey.id, &f->have, &f->n_have));
	f->serial = f->n_have;
	return OK;
}

static bool has_org(const struct framing *f, int64_t org_id)
{
	for (size_t i = 0; i < f->n_have; i++)
		if (f->have[i].org_id == org_id && f->have[i].staff_id == INT_NULL)
			return true;
	return false;
}

static bool has_staff(const struct framing *f, int64_t staff_id)
{
	for (size_t i = 0; i < f->n_have; i++)
		if (f->have[i].staff_id == staff_id)
			return true;
	return false;
}

/* Numbers go on from the size of the frame; one that is taken is passed over. */
static err add(struct ctx *c, struct framing *f, struct t_survey_target *t)
{
	bool found = true;
	while (found) {
		struct q_survey_target_by_code_row r;
		t->code = arena_fmt(c->arena, "%03zu", ++f->serial);
		TRY(q_survey_target_by_code(c, &(struct q_survey_target_by_code_in){.survey_id = f->survey.id, .code = t->code}, &r, &found));
	}
	f->added++;
	return save_tx(c, &(struct saving){t, NULL});
}

static const char *areas_of(struct ctx *c, const struct q_survey_org_area_row *r, size_t n, int64_t org_id, int64_t *first)
{
	struct buf b = buf_new(c->arena);
	*first = INT_NULL;
	for (size_t i = 0; i < n; i++) {
		if (r[i].org_id != org_id)
			continue;
		if (*first == INT_NULL)
			*first = r[i].area_id;
		buf_fmt(&b, "%s%s", b.n ? "・" : "", r[i].name);
	}
	return b.n ? b.p : "";
}

static err frame_orgs_tx(struct ctx *c, void *arg)
{
	struct framing *f = arg;
	struct org_filter filter = ORG_ALL();
	struct org *o;
	struct q_survey_org_area_row *areas;
	size_t n, n_areas;
	TRY(begin(c, f));
	if (!*org_kind_label_ja(f->org_kind))
		return fault_add(c, "org_kind", ERR_NOT_CHOICE, "「機関の種類」は、一覧から選んでください。");
	filter.kind = f->org_kind;
	filter.on = f->on;
	filter.limit = ORGS_MOST;
	TRY(org_list(c, &filter, &o, &n));
	TRY(q_survey_org_area(c, &(struct q_survey_org_area_in){.on_day = f->on}, &areas, &n_areas));
	for (size_t i = 0; i < n; i++) {
		struct t_survey_target t;
		if (has_org(f, o[i].id))
			continue;
		survey_target_init(&f->survey, &t);
		const char *area = areas_of(c, areas, n_areas, o[i].id, &t.area_id);
		t.label = o[i].name;
		t.org_id = o[i].id;
		t.email = o[i].email;
		t.postal = o[i].postal;
		t.address = o[i].address;
		t.traits = arena_fmt(c->arena, "%s%s%s%s%s", *area ? "区域=" : "", area, *area && *o[i].form ? "\n" : "", *o[i].form ? "運営=" : "", org_form_label_ja(o[i].form));
		TRY(add(c, f, &t));
	}
	return OK;
}

err survey_frame_orgs(struct ctx *c, const char *survey_pid, const char *org_kind, civil on, int64_t *added)
{
	struct framing f = {.survey_pid = survey_pid, .org_kind = org_kind, .on = on};
	err e = tx_run(c, frame_orgs_tx, &f);
	*added = f.added;
	return e;
}

static err frame_staff_tx(struct ctx *c, void *arg)
{
	struct framing *f = arg;
	struct q_survey_cm_staff_row *r;
	size_t n;
	TRY(begin(c, f));
	TRY(q_survey_cm_staff(c, &(struct q_survey_cm_staff_in){.on_day = f->on}, &r, &n));
	int64_t last = 0;
	for (size_t i = 0; i < n; i++) {
		struct t_survey_target t;
		if (has_staff(f, r[i].staff_id) || (i && r[i].staff_id == last))
			continue;
		last = r[i].staff_id;
		survey_target_init(&f->survey, &t);
		t.label = arena_fmt(c->arena, "%s（%s）", r[i].name, r[i].org_name);
		t.staff_id = r[i].staff_id;
		t.org_id = r[i].org_id;
		t.address = r[i].address;
		t.traits = arena_fmt(c->arena, "事業所=%s", r[i].org_name);
		TRY(add(c, f, &t));
	}
	return OK;
}

err survey_frame_staff(struct ctx *c, const char *survey_pid, civil on, int64_t *added)
{
	struct framing f = {.survey_pid = survey_pid, .on = on};
	err e = tx_run(c, frame_staff_tx, &f);
	*added = f.added;
	return e;
}

/* ---- people of the register -------------------------------------------------------------------------------------------------- */

struct peopling {
	struct framing f;
	const char *const *pids;
	size_t n;
	struct survey_people *out;
	struct q_survey_target_people_row *have;
	size_t n_have;
};

static const struct q_survey_target_people_row *found_in(const struct q_survey_target_people_row *v, size_t n, int64_t cluster_id)
{
	const struct q_survey_target_people_row *away = NULL;
	for (size_t i = 0; i < n; i++)
		if (v[i].cluster_id == cluster_id) {
			if (!v[i].is_away)
				return &v[i];
			away = &v[i];
		}
	return away;
}

/* What a letter needs. Nothing of a class that not everybody of the organisation may see: the row is read by all of them who see the person. */
static void target_of_person(struct ctx *c, struct t_survey_target *t, const struct person *p)
{
	t->label = p->name;
	t->person_id = p->id;
	t->area_id = p->area_id[0];
	t->postal = p->home.postal;
	t->address = p->home.address;
	t->traits = *p->area_name[0] ? arena_fmt(c->arena, "区域=%s", p->area_name[0]) : "";
}

static err person_in(struct ctx *c, struct peopling *w, const char *pid)
{
	struct person p;
	struct t_survey_target t;
	TRY(person_get(c, pid, &p));
	const struct q_survey_target_people_row *old = found_in(w->have, w->n_have, p.cluster_id);
	if (old && !old->is_away) {
		w->out->present++;
		return OK;
	}
	if (p.death_on != CIVIL_NONE || (p.moved_out_on != CIVIL_NONE && p.moved_out_on <= c->today)) {
		w->out->ended++;
		return OK;
	}
	w->out->added++;
	if (old) {
		TRY(row_restore(c, &T_survey_target, old->id));
		TRY(row_load(c, &T_survey_target, old->id, &t));
		target_of_person(c, &t, &p);
		return save_tx(c, &(struct saving){&t, NULL});
	}
	survey_target_init(&w->f.survey, &t);
	target_of_person(c, &t, &p);
	return add(c, &w->f, &t);
}

static err people_tx(struct ctx *c, void *arg)
{
	struct peopling *w = arg;
	struct map seen = map_new(c->arena);
	*w->out = (struct survey_people){0};
	TRY(begin(c, &w->f));
	TRY(q_survey_target_people(c, &(struct q_survey_target_people_in){.survey_id = w->f.survey.id}, &w->have, &w->n_have));
	for (size_t i = 0; i < w->n; i++) {
		if (map_get(&seen, w->pids[i]))
			continue;
		map_set(&seen, w->pids[i], w);
		TRY(person_in(c, w, w->pids[i]));
	}
	return OK;
}

err survey_frame_people(struct ctx *c, const char *survey_pid, const char *const *pids, size_t n, struct survey_people *out)
{
	if (n > SURVEY_PEOPLE_MOST)
		return ERR_LIMIT;
	return tx_run(c, people_tx, &(struct peopling){.f = {.survey_pid = survey_pid}, .pids = pids, .n = n, .out = out});
}

err survey_frame_list(struct ctx *c, const char *survey_pid, const struct person_list_choice *ch, struct survey_people *out)
{
	enum { PAGE = 200 };
	struct person_list_choice at = *ch;
	const char **pids = ARENA_ARRAY(c->arena, SURVEY_PEOPLE_MOST + PAGE, const char *), *next = "";
	size_t n = 0;
	at.limit = PAGE;
	do {
		struct person_hit *hits;
		size_t k;
		TRY(person_list(c, &at, &hits, &k, &next));
		for (size_t i = 0; i < k; i++)
			pids[n++] = hits[i].pid;
		at.after = next;
	} while (*next && n <= SURVEY_PEOPLE_MOST);
	return survey_frame_people(c, survey_pid, pids, n, out);
}

err survey_frame_has(struct ctx *c, int64_t survey_id, const struct person_hit *hits, size_t n, bool **has)
{
	struct q_survey_target_people_row *v;
	size_t n_have;
	TRY(q_survey_target_people(c, &(struct q_survey_target_people_in){.survey_id = survey_id}, &v, &n_have));
	*has = ARENA_ARRAY(c->arena, n + 1, bool);
	for (size_t i = 0; i < n; i++) { /* a hit is the record in front, whose id is that of the cluster */
		const struct q_survey_target_people_row *x = found_in(v, n_have, hits[i].id);
		(*has)[i] = x && !x->is_away;
	}
	return OK;
}

/* ---- from a file ------------------------------------------------------------------------------------------------------------- */

enum column { COL_CODE, COL_LABEL, COL_EMAIL, COL_POSTAL, COL_ADDRESS, COL_NOTE, COLUMNS };
static const char *const headings[COLUMNS] = {"番号", "名前", "メール", "郵便番号", "住所", "メモ"};

struct reading {
	struct t_survey survey;
	const char *bytes;
	size_t n;
	struct import_lines *out;
	struct csv_row head, *row;
	int at[COLUMNS];
};

static const char *cell(struct ctx *c, const struct reading *r, int k) { return r->at[k] < 0 ? "" : str_trim(c->arena, csv_cell(r->row, r->at[k])); }

/* Columns nobody knows are traits. */
static const char *traits_of(struct ctx *c, const struct reading *r)
{
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < r->head.n; i++) {
		const char *name = str_trim(c->arena, r->head.cells[i]), *value = str_trim(c->arena, csv_cell(r->row, (int)i));
		bool own = !*name;
		for (int k = 0; k < COLUMNS; k++)
			own = own || str_eq(name, headings[k]);
		if (!own && *value)
			buf_fmt(&b, "%s%s=%s", b.n ? "\n" : "", name, value);
	}
	return b.n ? b.p : "";
}

static err row_tx(struct ctx *c, void *arg)
{
	struct reading *r = arg;
	struct q_survey_target_by_code_row old;
	struct t_survey_target t;
	bool found;
	TRY(q_survey_target_by_code(c, &(struct q_survey_target_by_code_in){.survey_id = r->survey.id, .code = cell(c, r, COL_CODE)}, &old, &found));
	if (found)
		TRY(row_load(c, &T_survey_target, old.id, &t));
	else
		survey_target_init(&r->survey, &t);
	struct t_survey_target was = t;
	t.code = cell(c, r, COL_CODE);
	t.label = cell(c, r, COL_LABEL);
	t.email = r->at[COL_EMAIL] < 0 ? t.email : cell(c, r, COL_EMAIL);
	t.postal = r->at[COL_POSTAL] < 0 ? t.postal : cell(c, r, COL_POSTAL);
	t.address = r->at[COL_ADDRESS] < 0 ? t.address : cell(c, r, COL_ADDRESS);
	t.note = r->at[COL_NOTE] < 0 ? t.note : cell(c, r, COL_NOTE);
	t.traits = traits_of(c, r);
	if (found && t.retired_ms == INT_NULL && row_same(&T_survey_target, &was, &t)) {
		import_note(c, r->out, r->row->line, false, "変わりありません。");
		return OK;
	}
	if (found && t.retired_ms != INT_NULL) {
		TRY(row_restore(c, &T_survey_target, t.id));
		t.version++;
	}
	TRY(save_tx(c, &(struct saving){&t, NULL}));
	import_note(c, r->out, r->row->line, false, arena_fmt(c->arena, found ? "「%s」を直しました。" : "「%s」を加えました。", t.label));
	return OK;
}

static err rows(struct ctx *c, void *arg)
{
	struct reading *r = arg;
	struct csv f = csv_open(r->bytes, r->n, ',', CSV_AUTO);
	struct csv_row row;
	r->out->n = 0;
	struct csv peek = f;
	if (!csv_next(&peek, c->arena, &r->head))
		return fault_add(c, "file", ERR_CSV, "ファイルに行がありません。");
	TRY(import_head(c, r->out, &f, headings, COLUMNS, r->at, "名簿の表の見出しが読めません。1行目に「番号」「名前」などの見出しを置いてください。"));
	r->out->unread = "";
	if (r->at[COL_CODE] < 0 || r->at[COL_LABEL] < 0)
		return fault_add(c, "file", ERR_CSV, "名簿の表に「番号」と「名前」の列が要ります。1行目の見出しを確かめてください。");
	while (csv_next(&f, c->arena, &row)) {
		size_t before = c->n_faults;
		r->row = &row;
		if (row.bad != OK) {
			import_note(c, r->out, row.line, true, row.why);
			continue;
		}
		err e = tx_run(c, row_tx, r);
		if (e != OK && err_class_of(e) != ERR_CLASS_INPUT && err_class_of(e) != ERR_CLASS_CONFLICT)
			return e;
		if (e != OK)
			import_note(c, r->out, row.line, true, import_faults(c, before, e));
	}
	return OK;
}

err survey_frame_import(struct ctx *c, const char *survey_pid, const char *bytes, size_t n, bool trial, struct import_lines *out)
{
	struct reading r = {.bytes = bytes, .n = n, .out = out};
	TRY(survey_get(c, survey_pid, &r.survey));
	TRY(survey_gate(c, &r.survey, ACTION_WRITE));
	return import_run(c, &(struct import_file){.n_bytes = n, .most_bytes = FILE_MOST, .trial = trial, .rows = rows, .arg = &r});
}
