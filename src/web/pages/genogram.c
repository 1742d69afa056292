#include "base/buf.h"
#include "base/str.h"
#include "jp/era.h"
#include "register/person.h"
#include "tmpl/person_drawing.h"
#include "web/formin.h"
#include "web/asset.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/drawing.h"
#include "web/pages/insurance.h"
#include "web/route.h"

static const char *const SEX_WORDS[] = {"不明", "男性", "女性"};
static const struct ui_choice SEXES[] = {{.value = "1", .label = "男性"}, {.value = "2", .label = "女性"}};

static struct ui_field codes(struct req *r, const char *name, const char *label, const struct gen_code *v, size_t n, const char *stored, bool blank)
{
	struct ui_choice *out = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		out[i] = (struct ui_choice){.value = v[i].code, .label = v[i].label};
	return (struct ui_field){.name = name, .label = label, .value = stored, .choices = out, .n_choices = n, .optional_blank = blank};
}

static struct ui_field people(struct req *r, const struct genogram *g, const char *name, const char *label, const char *stored)
{
	struct ui_choice *out = ARENA_ARRAY(r->arena, g->n + 1, struct ui_choice);
	for (size_t i = 0; i < g->n; i++)
		out[i] = (struct ui_choice){.value = g->who[i].key, .label = arena_fmt(r->arena, "%s（%s）", g->people[i].name, g->people[i].kin)};
	return (struct ui_field){.name = name, .label = label, .value = stored, .choices = out, .n_choices = g->n, .optional_blank = true};
}

static const char *tie_words(struct req *r, const struct genogram *g, const struct genogram_tie *t)
{
	bool directed = g->geno_ties[t - g->ties].kind == GENO_PARENT || g->geno_ties[t - g->ties].kind == GENO_ADOPTED;
	return arena_fmt(r->arena, "%s%s%s（%s）", g->people[t->a].name, directed ? "の子 " : "と", g->people[t->b].name, t->words);
}

/* ---- show ---- */

static void rows(struct req *r, struct genogram_view *v)
{
	const struct genogram *g = v->g;
	v->rows = ARENA_ARRAY(r->arena, g->n + 1, struct genogram_row);
	v->loose = ARENA_ARRAY(r->arena, g->n + 1, const char *);
	v->undrawn = ARENA_ARRAY(r->arena, g->n_ties + 1, const char *);
	for (size_t i = 0; i < g->n; i++) {
		const struct geno_person *p = &g->people[i];
		struct buf ties = buf_new(r->arena), state = buf_new(r->arena);
		for (size_t t = 0; t < g->n_ties; t++)
			if (g->ties[t].a == (int)i || g->ties[t].b == (int)i)
				buf_fmt(&ties, "%s%s", ties.n ? "\n" : "", tie_words(r, g, &g->ties[t]));
		buf_str(&state, p->together ? "同居 " : "");
		buf_str(&state, p->is_key ? "キーパーソン " : "");
		buf_str(&state, p->is_carer ? "主な介護者" : "");
		v->rows[i] = (struct genogram_row){.e = &g->who[i], .p = p, .ties = str_or(ties.p, ""), .state = str_or(state.p, ""),
			.sex = arena_fmt(r->arena, "%s%s", SEX_WORDS[p->sex], g->who[i].sex_guessed ? "（続柄から）" : ""),
			.age = p->age < 0 ? "" : arena_fmt(r->arena, "%s%d歳", p->deceased ? "享年" : "", p->age),
			.edit_path = arena_fmt(r->arena, "%s?who=%s#edit", v->bar.base, g->who[i].key)};
		if (g->who[i].loose)
			v->loose[v->n_loose++] = arena_fmt(r->arena, "%s（%s）", p->name, p->kin);
		if (g->who[i].rel && g->who[i].rel->shown_person_id)
			look_person(r, g->who[i].rel->shown_person_id);
	}
	for (size_t t = 0; t < g->n_ties; t++)
		if (!g->ties[t].drawn)
			v->undrawn[v->n_undrawn++] = tie_words(r, g, &g->ties[t]);
}

static void person_form(struct req *r, struct genogram_view *v)
{
	const struct t_relation *row = v->who && v->who->rel ? &v->who->rel->row : NULL;
	size_t n = 0, n_kin = relation_kin_count();
	struct gen_code *kin = ARENA_ARRAY(r->arena, n_kin + 1, struct gen_code);
	for (size_t i = 0; i < n_kin; i++)
		kin[i] = (struct gen_code){relation_kin_code(i), relation_kin_label_ja(relation_kin_code(i))};
	static const struct gen_code ties[] = {{"child_of", "その方の子"}, {"parent_of", "その方の親"}, {"couple", "その方の配偶者"},
	                                       {"ex_couple", "その方の元の配偶者"}, {"partner", "その方の内縁の相手"}, {"sibling", "その方のきょうだい"}};
	v->kind = codes(r, "kind", "本人との続柄・関係", kin, n_kin, row ? row->kind : "", true);
	v->kind.required = true;
	v->sex = (struct ui_field){.name = "sex", .label = "性別", .value = v->who ? v->who->sex : "", .choices = SEXES, .n_choices = 2, .optional_blank = true,
	                           .note = v->who && v->who->sex_guessed ? "図では続柄から判断しています" : NULL};
	const struct gen_code *livings = relation_living_choices(&n);
	v->living = codes(r, "living", "同居・別居", livings, n, row ? row->living : "", true);
	v->tie_to = people(r, v->g, "tie_to", "だれにつながるか", "");
	v->tie_to.help = "本人の子・配偶者・親・きょうだいなら、選ばなくてかまいません。";
	v->tie_kind = codes(r, "tie_kind", "どうつながるか", ties, sizeof ties / sizeof ties[0], "", true);
	if (v->mode != DRAW_PERSON || !v->who)
		return;
	struct genogram_tie *own = ARENA_ARRAY(r->arena, v->g->n_ties + 1, struct genogram_tie);
	v->own_words = ARENA_ARRAY(r->arena, v->g->n_ties + 1, const char *);
	int me = genogram_find(v->g, v->who->key);
	for (size_t t = 0; t < v->g->n_ties; t++)
		if (v->g->ties[t].row && (v->g->ties[t].a == me || v->g->ties[t].b == me)) {
			v->own_words[v->n_own_ties] = tie_words(r, v->g, &v->g->ties[t]);
			own[v->n_own_ties++] = v->g->ties[t];
		}
	v->own_ties = own;
}

static void tie_form(struct req *r, struct genogram_view *v)
{
	size_t n;
	const struct gen_code *kinds = kin_tie_kind_choices(&n);
	const struct genogram_tie *t = v->tie;
	v->a = people(r, v->g, "a", "だれ（親）", t ? v->g->who[t->a].key : req_query(r, "who"));
	v->b = people(r, v->g, "b", "だれ（子・相手）", t ? v->g->who[t->b].key : "");
	v->a.required = v->b.required = true;
	v->tie_code = codes(r, "kind", "つながり", kinds, n, t && t->row ? t->row->kind : "", true);
	v->tie_code.required = true;
}

/* Which form stands open: what the address asks for, or what was sent. */
static void choose(struct req *r, struct genogram_view *v, enum drawing_mode mode, const char *key)
{
	const struct genogram *g = v->g;
	if (mode == DRAW_NO_FORM) {
		const char *add = req_query(r, "add");
		mode = str_eq(add, "person") ? DRAW_ADD : str_eq(add, "tie") || *req_query(r, "tie") ? DRAW_TIE : *req_query(r, "who") ? DRAW_PERSON : mode;
		key = mode == DRAW_TIE ? req_query(r, "tie") : req_query(r, "who");
	}
	if (mode == DRAW_PERSON || (mode == DRAW_ADD && !str_blank(key))) {
		int at = genogram_find(g, key);
		if (at < 0)
			return;
		v->who = &g->who[at];
		v->who_person = &g->people[at];
		v->who_path = v->who->rel && v->who->rel->shown_person_id ? arena_fmt(r->arena, "/persons/%s", v->who->rel->shown_pid) : "";
		mode = DRAW_PERSON;
	}
	if (mode != DRAW_PERSON && !v->bar.may_write)
		return;
	for (size_t i = 0; mode == DRAW_TIE && i < g->n_ties; i++)
		if (g->ties[i].row && str_eq(g->ties[i].pid, key))
			v->tie = &g->ties[i];
	if (mode == DRAW_TIE && !str_blank(key) && !v->tie)
		return;
	v->mode = mode;
	if (mode == DRAW_TIE)
		tie_form(r, v);
	else if (mode != DRAW_NO_FORM)
		person_form(r, v);
}

static err show(struct req *r, enum drawing_mode mode, const char *key, err e)
{
	struct page_view *page = page_view(r, "家族構成図（ジェノグラム）");
	struct person_card card;
	struct genogram g;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	record_tab(page, "family");
	page->back_path = arena_fmt(r->arena, "/persons/%s/family", card.p.pid);
	page->back_label = "家族・関係者";
	page->more_js = asset_path("drawing.js");
	page->wide = true;
	struct genogram_view v = {.page = page, .g = &g, .locked_word = card.view.ask, .who_path = ""};
	v.bar.base = arena_fmt(r->arena, "/persons/%s/genogram", card.p.pid);
	err got = genogram_get(r->c, card.p.pid, &g);
	if (got == ERR_DENIED || got == ERR_NOTFOUND) {
		v.is_locked = true;
		tmpl_genogram_page(res_page_of(r, e), &v);
		return OK;
	}
	TRY(got);
	v.bar.may_write = g.may_write;
	v.bar.may_print = policy_check(r->c, g.person_id, CLASS_FAMILY, ACTION_PRINT) == OK;
	if (g.may_write)
		TRY(drawing_steps(r->c, g.person_id, DRAWING_GENOGRAM, &v.bar.steps));
	v.svg = (struct html_safe){drawing_svg(r->arena, genogram_drawing(r->c, &g, &GENO_SIZE_PAGE), "geno")};
	rows(r, &v);
	choose(r, &v, mode, key);
	tmpl_genogram_page(res_page_of(r, e), &v);
	return OK;
}

err page_genogram(struct req *r) { return show(r, DRAW_NO_FORM, "", OK); }

err page_genogram_pdf(struct req *r)
{
	const char *bytes;
	size_t n;
	struct genogram g;
	TRY(genogram_get(r->c, req_param(r, "pid"), &g));
	look_person(r, g.person_id);
	for (size_t i = 0; i < g.n; i++)
		if (g.who[i].rel && g.who[i].rel->shown_person_id)
			look_person(r, g.who[i].rel->shown_person_id);
	look_as(r, ACTION_PRINT);
	TRY(genogram_pdf(r->c, req_param(r, "pid"), &bytes, &n));
	return res_pdf(r, bytes, n, "genogram.pdf");
}

/* ---- acts ---- */

static err look(struct req *r)
{
	int64_t id;
	TRY(person_id(r->c, req_param(r, "pid"), &id));
	look_person(r, id);
	return OK;
}

static err done(struct req *r, const char *flash, const char *key)
{
	if (str_blank(key))
		return res_done(r, flash, "/persons/%s/genogram", req_param(r, "pid"));
	return res_done(r, flash, "/persons/%s/genogram?who=%s", req_param(r, "pid"), key);
}

static err answer(struct req *r, err e, struct row_conflict *conflict, enum drawing_mode mode, const char *key, const char *open)
{
	if (e == ERR_CONFLICT && conflict) {
		if (str_eq(conflict->table->name, "contact")) { /* two records in one form: the disputed version is the contact's */
			for (size_t i = 0; i < r->form.n; i++)
				if (str_eq(r->form.v[i].name, "contact_base"))
					r->form.v[i].value = arena_fmt(r->arena, "%lld", (long long)conflict->theirs_version);
			conflict->theirs_version = formin_int(r, "base");
		}
		return page_conflict(r, conflict, arena_fmt(r->arena, "/persons/%s/genogram", req_param(r, "pid")));
	}
	if (page_is_input(e))
		return show(r, mode, key, e);
	TRY(e);
	return done(r, "saved", open);
}

#define TEXT(n, l, m) {.name = (n), .label = (l), .kind = FORMIN_TEXT, .max = (m)}
static const struct formin_field PERSON[] = {
	{.name = "key", .label = "だれ", .kind = FORMIN_CODE, .max = 40}, TEXT("name", "氏名", 60), TEXT("kana", "フリガナ", 80),
	{.name = "birth_year", .label = "生まれた年", .kind = FORMIN_INT, .lo = 1868, .hi = 2100}, {.name = "sex", .label = "性別", .kind = FORMIN_CODE, .choices = SEXES, .n_choices = 2},
	{.name = "is_deceased", .label = "亡くなっている", .kind = FORMIN_BOOL}, {.name = "deceased_on", .label = "亡くなった日", .kind = FORMIN_DAY},
	{.name = "kind", .label = "続柄・関係", .kind = FORMIN_CODE}, TEXT("label", "続柄の書き方", 40), {.name = "living", .label = "同居・別居", .kind = FORMIN_CODE},
	{.name = "is_key_person", .label = "キーパーソン", .kind = FORMIN_BOOL}, {.name = "is_main_carer", .label = "主な介護者", .kind = FORMIN_BOOL},
	{.name = "tie_to", .label = "だれにつながるか", .kind = FORMIN_CODE, .max = 40}, {.name = "tie_kind", .label = "どうつながるか", .kind = FORMIN_CODE},
	{.name = "contact_base", .label = "版", .kind = FORMIN_INT},
};

static int64_t version_of(struct req *r, const char *name)
{
	int64_t v = formin_int(r, name);
	return v == INT_NULL ? 0 : v;
}

err page_genogram_person(struct req *r)
{
	struct row_conflict *conflict = NULL;
	TRY(look(r));
	err e = formin_read(r, PERSON, FORMIN_N(PERSON));
	const char *key = req_field(r, "key");
	if (e == OK && !str_blank(req_field(r, "tie_to")) != !str_blank(req_field(r, "tie_kind")))
		e = fault_add(r->c, "tie_kind", ERR_REQUIRED, "「だれにつながるか」と「どうつながるか」は、両方を選ぶか、両方とも選ばないでください。");
	if (e == OK)
		e = genogram_person_save(r->c, req_param(r, "pid"), &(struct genogram_person_input){.key = key, .version = version_of(r, "base"),
			.contact_version = version_of(r, "contact_base"), .kind = req_field(r, "kind"), .label = req_field(r, "label"),
			.living = req_field(r, "living"), .is_key_person = formin_bool(r, "is_key_person"), .is_main_carer = formin_bool(r, "is_main_carer"),
			.name = req_field(r, "name"), .kana = req_field(r, "kana"), .sex = req_field(r, "sex"), .birth_year = formin_int(r, "birth_year"),
			.is_deceased = formin_bool(r, "is_deceased"), .deceased_on = formin_day(r, "deceased_on"), .tie_kind = req_field(r, "tie_kind"),
			.tie_to = req_field(r, "tie_to")}, &conflict);
	return answer(r, e, conflict, DRAW_ADD, key, "");
}

static const struct formin_field TIE[] = {
	{.name = "tie", .label = "つながり", .kind = FORMIN_CODE, .max = 40}, {.name = "a", .label = "だれ", .kind = FORMIN_CODE, .max = 40},
	{.name = "b", .label = "相手", .kind = FORMIN_CODE, .max = 40}, {.name = "kind", .label = "つながり", .kind = FORMIN_CODE},
	{.name = "from_on", .label = "始まりの日", .kind = FORMIN_DAY}, {.name = "to_on", .label = "終わりの日", .kind = FORMIN_DAY},
	{.name = "sort_no", .label = "何回目の結婚か", .kind = FORMIN_INT, .lo = 1, .hi = 20}, TEXT("note", "備考", 500),
};

err page_genogram_tie(struct req *r)
{
	struct row_conflict *conflict = NULL;
	TRY(look(r));
	err e = formin_read(r, TIE, FORMIN_N(TIE));
	const char *tie = req_field(r, "tie");
	if (e == OK)
		e = genogram_tie_save(r->c, req_param(r, "pid"), &(struct genogram_tie_input){.pid = tie, .version = version_of(r, "base"), .a = req_field(r, "a"),
			.b = req_field(r, "b"), .kind = req_field(r, "kind"), .from_on = formin_day(r, "from_on"), .to_on = formin_day(r, "to_on"),
			.sort_no = formin_int(r, "sort_no"), .note = req_field(r, "note")}, &conflict);
	return answer(r, e, conflict, DRAW_TIE, tie, "");
}

static const struct formin_field REMOVE[] = {
	{.name = "key", .label = "だれ", .kind = FORMIN_CODE, .max = 40, .required = true},
	{.name = "reason", .label = "理由", .kind = FORMIN_TEXT, .max = 500, .required = true},
};

static err remove_one(struct req *r, enum drawing_mode mode, err (*fn)(struct ctx *c, const char *person, const char *key, const char *reason))
{
	TRY(look(r));
	err e = formin_read(r, REMOVE, FORMIN_N(REMOVE));
	if (e == OK)
		e = fn(r->c, req_param(r, "pid"), req_field(r, "key"), req_field(r, "reason"));
	if (page_is_input(e))
		return show(r, mode, req_field(r, "key"), e);
	TRY(e);
	return done(r, "deleted", "");
}

err page_genogram_person_remove(struct req *r) { return remove_one(r, DRAW_PERSON, genogram_person_remove); }
err page_genogram_tie_remove(struct req *r) { return remove_one(r, DRAW_TIE, genogram_tie_remove); }

static const struct ui_choice DIRS[] = {{.value = "left", .label = "左"}, {.value = "right", .label = "右"}};
static const struct formin_field MOVE[] = {
	{.name = "key", .label = "だれ", .kind = FORMIN_CODE, .max = 40, .required = true},
	{.name = "dir", .label = "向き", .kind = FORMIN_CODE, .choices = DIRS, .n_choices = 2, .required = true},
};

err page_genogram_move(struct req *r)
{
	TRY(look(r));
	err e = formin_read(r, MOVE, FORMIN_N(MOVE));
	if (e == OK)
		e = genogram_move(r->c, req_param(r, "pid"), req_field(r, "key"), str_eq(req_field(r, "dir"), "right"));
	return answer(r, e, NULL, DRAW_PERSON, req_field(r, "key"), req_field(r, "key"));
}

static err go(struct req *r, err (*fn)(struct ctx *c, int64_t person_id, const char *drawing))
{
	int64_t id;
	TRY(person_id(r->c, req_param(r, "pid"), &id));
	look_person(r, id);
	TRY(formin_read(r, NULL, 0));
	TRY(fn(r->c, id, DRAWING_GENOGRAM));
	return done(r, "restored", "");
}

err page_genogram_undo(struct req *r) { return go(r, drawing_undo); }
err page_genogram_redo(struct req *r) { return go(r, drawing_redo); }
