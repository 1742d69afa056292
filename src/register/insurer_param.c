#include "register/insurer_param.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/map.h"
#include "base/str.h"
#include "jp/era.h"
#include "jp/numbers.h"
#include "law/decide.h"
#include "law/numbers.h"
#include "register/gate.h"
#include "register/org.h"
#include "sql/q_law.h"
#include "store/tx.h"

#include <stdlib.h>
#include <string.h>

static const char CLOSED[] = "closed_days";

bool insurer_param_may_write(const struct ctx *c, int64_t insurer_org_id)
{
	return policy_may_administer(c) || policy_may_speak_for_town(c, insurer_org_id);
}

void insurer_param_init(struct t_insurer_param *row) { row_init(&T_insurer_param, row); }

/* ---- words ------------------------------------------------------------------------------------------------------- */

const char *insurer_param_label(struct arena *a, const struct law_param *p) { return law_param_label(a, p); }
const char *insurer_param_choice_word(struct arena *a, const struct law_param *p, const char *code) { return law_param_choice_word(a, p, code); }

const char *insurer_param_words(struct arena *a, const struct law_param *p, const char *value, const char *(*day_text)(struct arena *, civil))
{
	return law_param_words(a, p, value, day_text);
}

/* ---- for judging ------------------------------------------------------------------------------------------------- */

struct loading {
	struct arena *keep;
	int64_t known_ms;
	struct duty_param_value *v;
	struct insurer_setting *s;
	size_t n, n_s;
};

static err take_row(struct ctx *c, struct loading *l, const struct q_insurer_param_all_row *q)
{
	struct t_insurer_param r = {.key = q->key, .value = q->value, .valid_from = q->valid_from, .valid_to = q->valid_to};
	if (l->known_ms) {
		err e = row_at(c, &T_insurer_param, q->id, l->known_ms, &r);
		if (e == ERR_NOTFOUND || (e == OK && r.retired_ms != INT_NULL))
			return OK; /* not yet known, or put away then */
		TRY(e);
	}
	if (!l->n_s || l->s[l->n_s - 1].org_id != q->insurer_org_id)
		l->s[l->n_s++] = (struct insurer_setting){.org_id = q->insurer_org_id, .name = arena_str(l->keep, q->org_pid)};
	l->v[l->n++] = (struct duty_param_value){arena_str(l->keep, r.key), l->s[l->n_s - 1].name, arena_str(l->keep, r.value), r.valid_from, r.valid_to};
	return OK;
}

static int by_day(const void *a, const void *b) { return (*(const civil *)a > *(const civil *)b) - (*(const civil *)a < *(const civil *)b); }

/* The days of closed_days that lie in the period of their value. */
static void closed_of(struct arena *keep, const struct law_catalogue *law, const struct loading *l, struct insurer_setting *s)
{
	size_t most = 0, n = 0;
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].insurer == s->name && str_eq(l->v[i].key, CLOSED))
			most += strlen(l->v[i].value) / (CIVIL_TEXT - 1) + 1;
	civil *days = ARENA_ARRAY(keep, most + 1, civil);
	for (size_t i = 0; i < l->n; i++) {
		const struct duty_param_value *v = &l->v[i];
		if (v->insurer != s->name || !str_eq(v->key, CLOSED))
			continue;
		for (const char *p = v->value; strlen(p) >= CIVIL_TEXT - 1 && n < most; p += CIVIL_TEXT - 1, p += *p == '|') {
			char text[CIVIL_TEXT] = "";
			civil day;
			memcpy(text, p, CIVIL_TEXT - 1);
			if (civil_parse(text, &day) && v->from <= day && day <= v->to)
				days[n++] = day;
		}
	}
	qsort(days, n, sizeof *days, by_day);
	s->calendar = law_calendar_of(law, days, n);
}

err insurer_settings_load(struct ctx *c, struct arena *keep, int64_t known_ms, struct insurer_settings *out)
{
	struct q_insurer_param_all_row *rows;
	size_t n;
	TRY(gate_logged_in(c));
	TRY(q_insurer_param_all(c, &(struct q_insurer_param_all_in){.alive = !known_ms}, &rows, &n));
	struct loading l = {.keep = keep, .known_ms = known_ms, .v = ARENA_ARRAY(keep, n + 1, struct duty_param_value), .s = ARENA_ARRAY(keep, n + 1, struct insurer_setting)};
	for (size_t i = 0; i < n; i++)
		TRY(take_row(c, &l, &rows[i]));
	for (size_t i = 0; i < l.n_s; i++)
		closed_of(keep, c->house->law, &l, &l.s[i]);
	*out = (struct insurer_settings){{l.v, l.n}, law_calendar_of(c->house->law, NULL, 0), l.s, l.n_s};
	return OK;
}

static const struct insurer_setting *setting_of(const struct insurer_settings *s, int64_t org_id)
{
	for (size_t i = 0; org_id != INT_NULL && i < s->n; i++)
		if (s->v[i].org_id == org_id)
			return &s->v[i];
	return NULL;
}

const char *insurer_settings_name(const struct insurer_settings *s, int64_t insurer_org_id)
{
	const struct insurer_setting *x = setting_of(s, insurer_org_id);
	return x ? x->name : "";
}

const struct law_calendar *insurer_settings_calendar(const struct insurer_settings *s, int64_t insurer_org_id)
{
	const struct insurer_setting *x = setting_of(s, insurer_org_id);
	return x ? &x->calendar : &s->national;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static err is_insurer(struct ctx *c, int64_t org_id)
{
	struct org o;
	TRY(org_load(c, org_id, &o));
	return str_eq(o.kind, "insurer") ? OK : ERR_NOTFOUND;
}

/* By key and day. */
static err rows_of(struct ctx *c, int64_t org_id, const char *key, bool away, struct t_insurer_param **v, size_t *n)
{
	struct q_insurer_param_of_row *ids;
	TRY(q_insurer_param_of(c, &(struct q_insurer_param_of_in){.insurer_org_id = org_id, .key = key, .alive = !away, .away = away}, &ids, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct t_insurer_param);
	for (size_t i = 0; i < *n; i++)
		TRY(row_load(c, &T_insurer_param, ids[i].id, &(*v)[i]));
	return OK;
}

err insurer_param_list(struct ctx *c, int64_t insurer_org_id, const char *key, bool put_away, struct t_insurer_param **v, size_t *n)
{
	TRY(gate_logged_in(c));
	TRY(rows_of(c, insurer_org_id, key, put_away, v, n));
	for (size_t i = 0; i < *n / 2; i++) {
		struct t_insurer_param x = (*v)[i];
		(*v)[i] = (*v)[*n - 1 - i];
		(*v)[*n - 1 - i] = x;
	}
	return OK;
}

err insurer_param_now(struct ctx *c, int64_t insurer_org_id, civil on, struct insurer_param_now **v, size_t *n)
{
	const struct law_catalogue *law = c->house->law;
	struct t_insurer_param *rows;
	size_t n_rows;
	TRY(gate_logged_in(c));
	TRY(is_insurer(c, insurer_org_id));
	TRY(rows_of(c, insurer_org_id, NULL, false, &rows, &n_rows));
	*n = law->n_params;
	*v = ARENA_ARRAY(c->arena, *n + 1, struct insurer_param_now);
	for (size_t i = 0; i < *n; i++) {
		struct insurer_param_now *x = &(*v)[i];
		*x = (struct insurer_param_now){.def = &law->params[i], .value = law->params[i].fallback};
		for (size_t k = 0; k < n_rows; k++) {
			if (!str_eq(rows[k].key, x->def->key))
				continue;
			x->n_rows++;
			if (rows[k].valid_from <= on && on <= rows[k].valid_to && !law_param_refused(x->def, c->arena, rows[k].value)) {
				x->set = &rows[k];
				x->value = rows[k].value;
			}
		}
	}
	return OK;
}

err insurer_param_get(struct ctx *c, const char *pid, struct t_insurer_param *out)
{
	TRY(gate_logged_in(c));
	return row_find(c, &T_insurer_param, pid, out);
}

err insurer_param_versions(struct ctx *c, const char *pid, struct insurer_param_version **v, size_t *n)
{
	struct t_insurer_param r;
	struct row_version *rows;
	TRY(insurer_param_get(c, pid, &r));
	TRY(row_history(c, &T_insurer_param, r.id, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct insurer_param_version);
	for (size_t i = 0; i < *n; i++) {
		struct insurer_param_version *x = &(*v)[i];
		*x = (struct insurer_param_version){.version = rows[i].version, .at_ms = rows[i].at_ms, .by = rows[i].by, .action = rows[i].action};
		TRY(row_at_version(c, &T_insurer_param, r.id, rows[i].version, &x->row));
	}
	return OK;
}

/* ---- checks ------------------------------------------------------------------------------------------------------ */

static const char *day_words(struct ctx *c, civil day) { return era_text(c->arena, day); }

/* 「令和8年12月29日」 by line, comma or | → ISO with |, by day, each once. */
static err even_days(struct ctx *c, struct t_insurer_param *r)
{
	static const char *const separators[] = {"\r", "\n", "|", "｜", ",", "，", "、", " ", "　", "\t"};
	civil days[400];
	size_t n = 0;
	for (const char *p = r->value; *p;) {
		size_t len = 0, sep = 0;
		for (; p[len] && !sep; len += !sep)
			for (size_t i = 0; i < sizeof separators / sizeof separators[0] && !sep; i++)
				sep = str_starts(p + len, separators[i]) ? strlen(separators[i]) : 0;
		const char *word = arena_strn(c->arena, p, len);
		p += len + sep;
		if (str_blank(word) || str_eq(word, "なし"))
			continue;
		if (n == sizeof days / sizeof days[0])
			return fault_add(c, "value", ERR_LIMIT, "閉庁日は%zu日までです。古い年の分は、前の期間の値に分けてください。", sizeof days / sizeof days[0]);
		if (!era_guess(word, &days[n]) || days[n] == CIVIL_NONE)
			return fault_add(c, "value", ERR_DATE_FORM, "「%s」が日付として読めません。「令和8年12月29日」のように、1行に1日ずつ入れてください。", word);
		n++;
	}
	qsort(days, n, sizeof *days, by_day);
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < n; i++) {
		char text[CIVIL_TEXT];
		civil_text(days[i], text);
		if (i == 0 || days[i] != days[i - 1])
			buf_fmt(&b, "%s%s", b.n ? "|" : "", text);
	}
	r->value = b.n ? b.p : "";
	return OK;
}

static err even_value(struct ctx *c, const struct law_param *p, struct t_insurer_param *r)
{
	r->value = str_trim(c->arena, str_or(r->value, ""));
	if (!*r->value)
		return fault_add(c, "value", ERR_REQUIRED, str_eq(p->type, "days") ? "閉庁日を入力してください。ないときは「なし」と入れてください。" : "値を入力してください。");
	if (str_eq(p->type, "days"))
		TRY(even_days(c, r));
	else if (str_eq(p->type, "int"))
		r->value = number_even(c->arena, r->value);
	const char *units[] = {law_unit_ja(p->unit), p->unit, str_eq(p->unit, "日間") ? "日" : ""};
	for (size_t i = 0; str_eq(p->type, "int") && i < sizeof units / sizeof units[0]; i++)
		if (*units[i] && str_ends(r->value, units[i])) {
			r->value = arena_strn(c->arena, r->value, strlen(r->value) - strlen(units[i]));
			break;
		}
	struct law_param plain = *p;
	plain.meaning = insurer_param_label(c->arena, p);
	const char *why = law_param_refused(&plain, c->arena, r->value);
	if (why && str_eq(p->type, "choice"))
		return fault_add(c, "value", ERR_NOT_CHOICE, "「%s」の値は、一覧から選んでください。", plain.meaning);
	return why ? fault_add(c, "value", ERR_INPUT, "%s", why) : OK;
}

/* Days of closed_days that would never count. */
static void check_days_inside(struct ctx *c, const struct t_insurer_param *r)
{
	size_t n;
	char **v = str_eq(r->key, CLOSED) && *r->value ? str_split(c->arena, r->value, '|', &n) : NULL;
	for (size_t i = 0; v && i < n; i++) {
		civil day;
		if (!civil_parse(v[i], &day) || (r->valid_from <= day && day <= r->valid_to))
			continue;
		(void)fault_add(c, "value", ERR_INPUT, "閉庁日の%sが、この値の有効期間の外にあります。期間を直すか、その日を除いてください。", day_words(c, day));
		return;
	}
}

static err check(struct ctx *c, struct t_insurer_param *r)
{
	size_t before = c->n_faults;
	const struct law_param *p = law_param_find(c->house->law, str_or(r->key, ""));
	if (!p)
		return fault_add(c, "key", ERR_NOT_CHOICE, "決める項目を、一覧から選んでください。");
	r->ground = str_trim(c->arena, str_or(r->ground, ""));
	r->note = str_trim(c->arena, str_or(r->note, ""));
	(void)even_value(c, p, r);
	if (r->valid_from == CIVIL_NONE && !fault_of(c, "valid_from"))
		(void)fault_add(c, "valid_from", ERR_REQUIRED, "いつからの値かを入力してください。");
	if (r->valid_from != CIVIL_NONE && r->valid_to != CIVIL_NONE && r->valid_to < r->valid_from)
		(void)fault_add(c, "valid_to", ERR_PERIOD_ORDER, "「最後の日」が「最初の日」より前です。日付を直してください。");
	if (!*r->ground)
		(void)fault_add(c, "ground", ERR_REQUIRED, "根拠（条例・要綱・通知の名前）を入力してください。");
	gate_length(c, "ground", "根拠", r->ground, 200);
	gate_length(c, "note", "メモ", r->note, 2000);
	return c->n_faults > before ? ERR_INPUT : OK;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

struct saving {
	struct t_insurer_param *row;
	struct row_conflict **conflict;
	const char *reason;
};

/* The other alive values of the key, by day; without a gap between them. */
struct others {
	struct t_insurer_param *v;
	size_t n;
};

static err others_of(struct ctx *c, const struct t_insurer_param *r, struct others *o)
{
	struct t_insurer_param *all;
	size_t n;
	TRY(rows_of(c, r->insurer_org_id, r->key, false, &all, &n));
	*o = (struct others){.v = ARENA_ARRAY(c->arena, n + 1, struct t_insurer_param)};
	for (size_t i = 0; i < n; i++)
		if (all[i].id != r->id)
			o->v[o->n++] = all[i];
	return OK;
}

static struct t_insurer_param *holds_on(const struct others *o, civil day)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->v[i].valid_from <= day && day <= o->v[i].valid_to)
			return &o->v[i];
	return NULL;
}

static struct t_insurer_param *begins_on(const struct others *o, civil day)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->v[i].valid_from == day)
			return &o->v[i];
	return NULL;
}

static err end_moves(struct ctx *c, struct t_insurer_param *x, civil last)
{
	if (x->valid_to == last)
		return OK;
	x->valid_to = last;
	return row_save(c, &T_insurer_param, x, NULL);
}

static err fits_end(struct ctx *c, struct t_insurer_param *r, civil natural, bool followed)
{
	if (r->valid_to == CIVIL_NONE)
		r->valid_to = natural;
	if (r->valid_to > natural)
		return fault_add(c, "valid_to", ERR_INPUT, "「最後の日」が、%sから始まる次の値と重なります。%sまでにするか、空欄にしてください。", day_words(c, natural + 1), day_words(c, natural));
	if (r->valid_to < natural && followed)
		return fault_add(c, "valid_to", ERR_INPUT, "次の値が%sから始まるので、間にすき間ができます。「最後の日」を%sにするか、空欄にしてください。", day_words(c, natural + 1), day_words(c, natural));
	return OK;
}

/* What holds on the day after a value's own end: another value of the insurer, or the default. */
err insurer_param_after(struct ctx *c, const struct t_insurer_param *r, const struct t_insurer_param **next, bool *falls)
{
	struct others o;
	*next = NULL;
	*falls = false;
	if (r->valid_to == CIVIL_NONE || r->valid_to == CIVIL_OPEN || !law_param_find(c->house->law, str_or(r->key, "")))
		return OK;
	TRY(others_of(c, r, &o));
	if (r->id) { /* a value that follows the saved one goes with its end */
		struct t_insurer_param was;
		TRY(row_load(c, &T_insurer_param, r->id, &was));
		if (was.valid_to != CIVIL_OPEN)
			*next = begins_on(&o, was.valid_to + 1);
		*falls = !*next && r->valid_to != was.valid_to;
		return OK;
	}
	for (size_t i = 0; i < o.n && !*next; i++)
		*next = o.v[i].valid_from > r->valid_from ? &o.v[i] : NULL; /* a gap before it is refused when saving */
	/* the value that holds when it begins ends there, and does not come back */
	const struct t_insurer_param *holder = r->valid_from == CIVIL_NONE ? NULL : holds_on(&o, r->valid_from);
	*falls = !*next && !(holder && holder->valid_to == r->valid_to);
	return OK;
}

static err add_tx(struct ctx *c, struct saving *s)
{
	struct t_insurer_param *r = s->row, *holder, *next = NULL, *last = NULL;
	struct others o;
	TRY(others_of(c, r, &o));
	holder = holds_on(&o, r->valid_from);
	for (size_t i = 0; i < o.n; i++) {
		if (o.v[i].valid_from > r->valid_from && !next)
			next = &o.v[i];
		if (o.v[i].valid_to < r->valid_from)
			last = &o.v[i];
	}
	if (holder && holder->valid_from == r->valid_from)
		return fault_add(c, "valid_from", ERR_INPUT, "%sから始まる値がもうあります。その値を開いて直してください。", day_words(c, r->valid_from));
	if (!holder && last && last->valid_to + 1 != r->valid_from)
		return fault_add(c, "valid_from", ERR_INPUT, "前の値が%sで終わっていて、間にすき間ができます。%sから始めるか、先に間の値を入れてください。", day_words(c, last->valid_to),
			day_words(c, last->valid_to + 1));
	TRY(fits_end(c, r, holder ? holder->valid_to : next ? next->valid_from - 1 : CIVIL_OPEN, next != NULL));
	if (r->valid_to < r->valid_from)
		return fault_add(c, "valid_to", ERR_PERIOD_ORDER, "「最後の日」が「最初の日」より前です。日付を直してください。");
	size_t before = c->n_faults;
	check_days_inside(c, r);
	if (c->n_faults > before)
		return ERR_INPUT;
	if (holder)
		TRY(end_moves(c, holder, r->valid_from - 1));
	return row_insert(c, &T_insurer_param, r);
}

/* The neighbours go with it: the value before ends on the day before, the value after begins on the day after. */
static err move_neighbours(struct ctx *c, const struct t_insurer_param *was, struct t_insurer_param *r)
{
	struct others o;
	TRY(others_of(c, r, &o));
	struct t_insurer_param *before = holds_on(&o, was->valid_from - 1), *after = was->valid_to == CIVIL_OPEN ? NULL : begins_on(&o, was->valid_to + 1);
	if (r->valid_to == CIVIL_NONE)
		r->valid_to = after ? was->valid_to : CIVIL_OPEN;
	if (before && r->valid_from <= before->valid_from)
		return fault_add(c, "valid_from", ERR_INPUT, "前の値が%sから始まっているので、それより後の日にしてください。", day_words(c, before->valid_from));
	if (after && r->valid_to >= after->valid_to)
		return fault_add(c, "valid_to", ERR_INPUT, "次の値が%sまで続くので、それより前の日にしてください。", after->valid_to == CIVIL_OPEN ? "この先" : day_words(c, after->valid_to));
	if (before)
		TRY(end_moves(c, before, r->valid_from - 1));
	if (after && after->valid_from != r->valid_to + 1) {
		after->valid_from = r->valid_to + 1;
		TRY(row_save(c, &T_insurer_param, after, NULL));
	}
	return OK;
}

static err change_tx(struct ctx *c, struct saving *s)
{
	struct t_insurer_param was, *r = s->row;
	TRY(row_load(c, &T_insurer_param, r->id, &was));
	r->insurer_org_id = was.insurer_org_id;
	r->key = was.key;
	if (was.retired_ms == INT_NULL)
		TRY(move_neighbours(c, &was, r));
	size_t before = c->n_faults;
	check_days_inside(c, r);
	return c->n_faults > before ? ERR_INPUT : row_save(c, &T_insurer_param, r, s->conflict);
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	tx_keep(c, s->row, sizeof *s->row);
	return s->row->id ? change_tx(c, s) : add_tx(c, s);
}

err insurer_param_save(struct ctx *c, struct t_insurer_param *row, struct row_conflict **conflict)
{
	struct t_insurer_param was;
	if (row->id) {
		TRY(row_load(c, &T_insurer_param, row->id, &was));
		row->insurer_org_id = was.insurer_org_id;
		row->key = was.key;
	}
	TRY(is_insurer(c, row->insurer_org_id));
	if (!insurer_param_may_write(c, row->insurer_org_id))
		return ERR_DENIED;
	TRY(check(c, row));
	return tx_run(c, save_tx, &(struct saving){row, conflict, NULL});
}

static err retire_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct others o;
	TRY(others_of(c, s->row, &o));
	struct t_insurer_param *before = holds_on(&o, s->row->valid_from - 1);
	TRY(row_retire(c, &T_insurer_param, s->row->id, s->reason));
	return before ? end_moves(c, before, s->row->valid_to) : OK;
}

err insurer_param_retire(struct ctx *c, const char *pid, const char *reason)
{
	struct t_insurer_param r;
	TRY(insurer_param_get(c, pid, &r));
	if (!insurer_param_may_write(c, r.insurer_org_id))
		return ERR_DENIED;
	if (r.retired_ms != INT_NULL)
		return OK;
	return tx_run(c, retire_tx, &(struct saving){&r, NULL, str_or(reason, "")});
}

static err restore_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_insurer_param *r = s->row;
	struct others o;
	TRY(others_of(c, r, &o));
	struct t_insurer_param *holder = holds_on(&o, r->valid_from);
	bool fits = true, alone = true;
	for (size_t i = 0; i < o.n; i++) {
		bool meets = o.v[i].valid_from <= r->valid_to && r->valid_from <= o.v[i].valid_to;
		bool touches = o.v[i].valid_to == r->valid_from - 1 || (r->valid_to != CIVIL_OPEN && o.v[i].valid_from == r->valid_to + 1);
		fits = fits && (!meets || &o.v[i] == holder);
		alone = alone && !meets && !touches;
	}
	if (holder)
		fits = fits && holder->valid_from < r->valid_from && holder->valid_to == r->valid_to;
	if (!fits || (o.n && alone))
		return fault_add(c, "", ERR_INPUT, "この値の期間は、そのあとに別の値が入ったか、ほかの値との間にすき間ができるため、元に戻せません。「新しい値」から入れ直してください。");
	if (holder)
		TRY(end_moves(c, holder, r->valid_from - 1));
	return row_restore(c, &T_insurer_param, r->id);
}

err insurer_param_restore(struct ctx *c, const char *pid)
{
	struct t_insurer_param r;
	TRY(insurer_param_get(c, pid, &r));
	if (!insurer_param_may_write(c, r.insurer_org_id))
		return ERR_DENIED;
	if (r.retired_ms == INT_NULL)
		return OK;
	return tx_run(c, restore_tx, &(struct saving){&r, NULL, NULL});
}
