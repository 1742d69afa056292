#include "care/snippet.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/snippet_fill.h"
#include "jp/fold.h"
#include "jp/kana.h"
#include "law/codes.h"
#include "register/name_in.h"
#include "sql/q_register_org.h"
#include "sql/q_snippet.h"
#include "store/tx.h"

#include <stdlib.h>
#include <string.h>

static const int64_t DAY_MS = 86400000;
static const char *const levels[] = {"own", "office", "town"};

const char *snippet_key(struct ctx *c, const char *word) { return fold_name(c->house ? c->house->fold : NULL, c->arena, str_or(word, "")); }

void snippet_init(struct t_snippet *row)
{
	row_init(&T_snippet, row);
	row->level = "own";
	row->category = "free";
}

/* ---- whose ------------------------------------------------------------------------------------------------------ */

/* The municipality of the actor's organisation: itself if it is one. 0 = none. */
static err town_of(struct ctx *c, int64_t *insurer)
{
	struct q_org_name_row o;
	bool found = false;
	*insurer = 0;
	if (c->actor.org_id > 0)
		TRY(q_org_name(c, &(struct q_org_name_in){.id = c->actor.org_id}, &o, &found));
	if (found)
		*insurer = str_eq(o.kind, "insurer") ? c->actor.org_id : o.insurer_org_id == INT_NULL ? 0 : o.insurer_org_id;
	return OK;
}

static bool may_write(const struct ctx *c, const struct t_snippet *r)
{
	if (str_eq(r->level, "own"))
		return c->actor.account_id > 0 && r->account_id == c->actor.account_id;
	return str_eq(r->level, "office") ? policy_may_lead(c, r->org_id) : policy_may_speak_for_town(c, r->org_id);
}

static err may_read(struct ctx *c, const struct t_snippet *r)
{
	int64_t town;
	TRY(town_of(c, &town));
	bool may = c->actor.system || (str_eq(r->level, "own") ? c->actor.account_id > 0 && r->account_id == c->actor.account_id
	                                                       : r->org_id > 0 && r->org_id == (str_eq(r->level, "town") ? town : c->actor.org_id));
	return may ? OK : ERR_NOTFOUND;
}

err snippet_may_write(struct ctx *c, const char *level, bool *may)
{
	int64_t town;
	TRY(town_of(c, &town));
	*may = may_write(c, &(struct t_snippet){.level = level, .account_id = c->actor.account_id, .org_id = str_eq(level, "town") ? town : c->actor.org_id});
	return OK;
}

/* A new one: the owner follows from the level. */
static err owner_of_new(struct ctx *c, struct t_snippet *r)
{
	int64_t town;
	TRY(town_of(c, &town));
	bool own = str_eq(r->level, "own");
	r->account_id = own ? c->actor.account_id : INT_NULL;
	if (own)
		r->org_id = INT_NULL;
	else if (!c->actor.system)
		r->org_id = str_eq(r->level, "town") ? town : c->actor.org_id;
	if (c->actor.system && !own && (r->org_id == INT_NULL || r->org_id <= 0))
		return fault_add(c, "level", ERR_REQUIRED, "どの機関の定型文かを指定してください。");
	if (may_write(c, r))
		return OK;
	if (own)
		return fault_add(c, "level", ERR_NOT_CHOICE, "「使う人」を「事業所のみんな」か「市区町村のみんな」にしてください。");
	return fault_add(c, "level", ERR_NOT_CHOICE, str_eq(r->level, "town") ? "「市区町村のみんな」の定型文は、市区町村の職員が登録します。「使う人」を選び直してください。"
		: "「事業所のみんな」の定型文は、センター長・主任介護支援専門員・管理者が登録します。「使う人」を「自分だけ」にしてください。");
}

/* ---- read ------------------------------------------------------------------------------------------------------- */

static err view_of(struct ctx *c, int64_t id, struct snippet *s)
{
	struct q_org_name_row o;
	bool found = false;
	*s = (struct snippet){.owner = ""};
	TRY(row_load(c, &T_snippet, id, &s->row));
	if (s->row.org_id != INT_NULL)
		TRY(q_org_name(c, &(struct q_org_name_in){.id = s->row.org_id}, &o, &found));
	s->owner = found ? o.name : "";
	s->may_write = may_write(c, &s->row);
	return OK;
}

static int by_order(const void *a, const void *b)
{
	const struct snippet *x = a, *y = b;
	int level = str_eq(x->row.level, y->row.level) ? 0 : str_eq(x->row.level, "own") || str_eq(y->row.level, "town") ? -1 : 1;
	if (level != 0 || x->category_at != y->category_at)
		return level ? level : (x->category_at > y->category_at) - (x->category_at < y->category_at);
	int64_t m = x->row.sort != y->row.sort ? x->row.sort : x->row.id, n = x->row.sort != y->row.sort ? y->row.sort : y->row.id;
	return (m > n) - (m < n);
}

static void order(struct ctx *c, struct snippet *v, size_t n)
{
	size_t n_codes;
	const struct law_code **codes = law_code_list(c->house->law, c->arena, "snippet_category", c->today, &n_codes);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n_codes && !str_eq(codes[k]->code, v[i].row.category); k++)
			v[i].category_at = k + 1;
	qsort(v, n, sizeof *v, by_order);
}

static bool holds(struct ctx *c, const char *text, const char *key) { return strstr(snippet_key(c, text), key) != NULL; }

static bool passes(struct ctx *c, const struct snippet_filter *f, const char *key, const struct t_snippet *r)
{
	if (!str_blank(f->level) && !str_eq(f->level, r->level))
		return false;
	if (!str_blank(f->category) && !str_eq(f->category, r->category))
		return false;
	return !*key || holds(c, r->word, key) || holds(c, r->title, key) || holds(c, r->body, key);
}

err snippet_list(struct ctx *c, const struct snippet_filter *f, struct snippet **v, size_t *n)
{
	struct q_snippet_list_row *ids;
	size_t n_ids;
	int64_t town;
	const char *key = snippet_key(c, f->text);
	if (!c->actor.system && c->actor.account_id <= 0)
		return ERR_DENIED;
	TRY(town_of(c, &town));
	TRY(q_snippet_list(c, &(struct q_snippet_list_in){.insurer_id = town, .everything = c->actor.system, .alive = !f->put_away,
		.since_ms = f->put_away ? c->now_ms - SNIPPET_KEEP_DAYS * DAY_MS : INT_NULL}, &ids, &n_ids));
	*v = ARENA_ARRAY(c->arena, n_ids + 1, struct snippet);
	*n = 0;
	for (size_t i = 0; i < n_ids; i++) {
		struct snippet *s = &(*v)[*n];
		TRY(view_of(c, ids[i].id, s));
		*n += passes(c, f, key, &s->row);
	}
	order(c, *v, *n);
	return OK;
}

static int by_nearness(const void *a, const void *b)
{
	const struct snippet *x = *(const struct snippet *const *)a, *y = *(const struct snippet *const *)b;
	size_t n = strlen(x->row.word_fold), m = strlen(y->row.word_fold);
	return n != m ? (n > m) - (n < m) : (x > y) - (x < y);
}

err snippet_find(struct ctx *c, const char *typed, struct snippet **v, size_t *n)
{
	struct snippet *all;
	size_t n_all;
	const char *keys[KANA_READINGS + 1] = {snippet_key(c, typed)}, *readings[KANA_READINGS];
	size_t n_keys = 1, n_read = *keys[0] ? kana_romaji(c->arena, typed, readings) : 0;
	for (size_t i = 0; i < n_read; i++)
		keys[n_keys++] = snippet_key(c, readings[i]);
	TRY(snippet_list(c, &(struct snippet_filter){.text = NULL}, &all, &n_all));
	struct snippet **hit = ARENA_ARRAY(c->arena, n_all + 1, struct snippet *);
	*n = 0;
	for (size_t i = 0; i < n_all; i++)
		for (size_t k = 0; k < n_keys; k++)
			if (*keys[k] && str_starts(all[i].row.word_fold, keys[k])) {
				hit[(*n)++] = &all[i];
				break;
			}
	qsort(hit, *n, sizeof *hit, by_nearness); /* shorter words are nearer to what was typed */
	*v = ARENA_ARRAY(c->arena, *n + 1, struct snippet);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = *hit[i];
	return OK;
}

err snippet_get(struct ctx *c, const char *pid, struct snippet *out)
{
	struct t_snippet r;
	TRY(row_find(c, &T_snippet, pid, &r));
	TRY(may_read(c, &r));
	return view_of(c, r.id, out);
}

/* ---- checks ----------------------------------------------------------------------------------------------------- */

static void check_length(struct ctx *c, const char *field, const char *label, const char *text, size_t max)
{
	if (str_blank(text))
		(void)fault_add(c, field, ERR_REQUIRED, "「%s」を入力してください。", label);
	else if (str_count(text) > max)
		(void)fault_add(c, field, ERR_TOO_LONG, "「%s」は%zu文字までです。今は%zu文字あります。", label, max, str_count(text));
}

static void check_word(struct ctx *c, struct t_snippet *r)
{
	check_length(c, "word", "呼び出し語", r->word, SNIPPET_WORD_MAX);
	r->word_fold = snippet_key(c, r->word);
	for (const char *p = r->word; *p;) {
		uint32_t u = str_next(&p);
		if (u == ' ' || u == 0x3000 || u == ';' || u == 0xFF1B || u == '\t' || u == '\n') {
			(void)fault_add(c, "word", ERR_INPUT, "「呼び出し語」には、空白とセミコロン（;）を入れないでください。");
			return;
		}
	}
	if (!str_blank(r->word) && !*r->word_fold)
		(void)fault_add(c, "word", ERR_INPUT, "「呼び出し語」には、かな・漢字・英数字を使ってください。");
}

static err check_names(struct ctx *c, const char *field, const char *label, const char *text)
{
	int line;
	TRY(name_in_text(c, text, &line));
	if (!line)
		return OK;
	const char *where = strchr(text, '\n') ? arena_fmt(c->arena, "「%s」の%d行目", label, line) : arena_fmt(c->arena, "「%s」", label);
	(void)fault_add(c, field, ERR_INPUT, "%sに利用者のお名前が含まれています。ほかの人の記録に写らないように、お名前を｛氏名｝に書きかえてください。", where);
	return OK;
}

static err check(struct ctx *c, struct t_snippet *r)
{
	size_t before = c->n_faults;
	r->word = str_trim(c->arena, str_or(r->word, ""));
	while (str_starts(r->word, ";") || str_starts(r->word, "；")) /* typed as it is called */
		r->word += *r->word == ';' ? 1 : strlen("；");
	r->title = str_trim(c->arena, str_or(r->title, ""));
	r->body = snippet_body(c->arena, r->body);
	check_word(c, r);
	check_length(c, "title", "名前", r->title, SNIPPET_TITLE_MAX);
	check_length(c, "body", "本文", r->body, SNIPPET_BODY_MAX);
	if (!law_code_valid(c->house->law, "snippet_category", r->category, c->today))
		(void)fault_add(c, "category", ERR_NOT_CHOICE, "「分類」は、一覧から選んでください。");
	snippet_check_places(c, "body", r->body);
	if (c->n_faults > before)
		return ERR_INPUT;
	TRY(check_names(c, "title", "名前", r->title));
	TRY(check_names(c, "word", "呼び出し語", r->word));
	TRY(check_names(c, "body", "本文", r->body));
	return c->n_faults > before ? ERR_INPUT : OK;
}

static err check_owner(struct ctx *c, struct t_snippet *r)
{
	struct q_snippet_same_row *same;
	struct q_snippet_count_row count;
	size_t n;
	int64_t account = r->account_id == INT_NULL ? 0 : r->account_id, org = r->org_id == INT_NULL ? 0 : r->org_id;
	TRY(q_snippet_same(c, &(struct q_snippet_same_in){.level = r->level, .account_id = account, .org_id = org, .word_fold = r->word_fold,
		.but_id = r->id}, &same, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(same[i].title, r->title))
			return fault_add(c, "title", ERR_INPUT, "同じ「呼び出し語」と「名前」の定型文が、もうあります。名前を変えるか、そちらを直してください。");
	TRY(q_snippet_count(c, &(struct q_snippet_count_in){.level = r->level, .account_id = account, .org_id = org}, &count));
	if (r->id)
		return OK;
	if (count.n >= SNIPPET_MOST)
		return fault_add(c, "level", ERR_INPUT, "定型文は%d件までです。使わないものをごみ箱へ移してから、登録してください。", SNIPPET_MOST);
	if (!r->sort)
		r->sort = (count.last == INT_NULL ? 0 : count.last) + 10;
	return OK;
}

/* ---- write ------------------------------------------------------------------------------------------------------ */

struct saving {
	struct t_snippet *row;
	struct row_conflict **conflict;
};

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_snippet *r = s->row, was;
	bool known = false;
	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
		known = known || str_eq(r->level, levels[i]);
	if (!known)
		return fault_add(c, "level", ERR_NOT_CHOICE, "「使う人」を選んでください。");
	if (r->id) {
		TRY(row_load(c, &T_snippet, r->id, &was));
		TRY(may_read(c, &was));
		if (!may_write(c, &was))
			return ERR_DENIED;
		r->level = was.level;
		r->account_id = was.account_id;
		r->org_id = was.org_id;
	} else {
		TRY(owner_of_new(c, r));
	}
	TRY(check(c, r));
	TRY(check_owner(c, r));
	return r->id ? row_save(c, &T_snippet, r, s->conflict) : row_insert(c, &T_snippet, r);
}

err snippet_save(struct ctx *c, struct t_snippet *row, struct row_conflict **conflict)
{
	return tx_run(c, save_tx, &(struct saving){row, conflict});
}

enum act { ACT_RETIRE, ACT_RESTORE, ACT_UNDO };
struct acting {
	enum act act;
	struct snippet s;
};

static err last_version(struct ctx *c, struct acting *a)
{
	struct row_version *v;
	size_t n;
	TRY(row_history(c, &T_snippet, a->s.row.id, &v, &n));
	return n < 2 ? ERR_NOTFOUND : row_revert(c, &T_snippet, a->s.row.id, v[1].version);
}

static err act_tx(struct ctx *c, void *arg)
{
	struct acting *a = arg;
	bool away = a->s.row.retired_ms != INT_NULL;
	if (a->act == ACT_RETIRE)
		return away ? OK : row_retire(c, &T_snippet, a->s.row.id, "");
	if (!away)
		return a->act == ACT_UNDO ? last_version(c, a) : OK;
	if (c->now_ms - a->s.row.retired_ms > SNIPPET_KEEP_DAYS * DAY_MS)
		return fault_add(c, "", ERR_BIN_FINAL, NULL);
	TRY(check_owner(c, &a->s.row));
	return row_restore(c, &T_snippet, a->s.row.id);
}

static err act(struct ctx *c, const char *pid, enum act what)
{
	struct acting a = {.act = what};
	TRY(snippet_get(c, pid, &a.s));
	if (!a.s.may_write)
		return ERR_DENIED;
	return tx_run(c, act_tx, &a);
}

err snippet_retire(struct ctx *c, const char *pid) { return act(c, pid, ACT_RETIRE); }
err snippet_restore(struct ctx *c, const char *pid) { return act(c, pid, ACT_RESTORE); }
err snippet_undo(struct ctx *c, const char *pid) { return act(c, pid, ACT_UNDO); }
