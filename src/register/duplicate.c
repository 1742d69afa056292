#include "register/duplicate.h"

#include "base/buf.h"
#include "base/str.h"
#include "register/keys.h"
#include "register/task.h"
#include "sql/q_register_person.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_FOUND = 200 };

struct found {
	const struct q_duplicate_by_birth_row *r;
	int score, reasons;
};

struct check {
	struct ctx *c;
	const struct duplicate_probe *p;
	const char *name, *kana, *phone;
	struct town_key town;
	struct found v[MAX_FOUND];
	size_t n;
};

static const struct {
	int bit, score;
	const char *code, *ja;
} reasons[] = {
	{DUP_INSURED, 100, "insured", "被保険者番号が同じ"},
	{DUP_KANA_BIRTH, 90, "kana_birth", "フリガナと生年月日が同じ"},
	{DUP_NAME_BIRTH, 85, "name_birth", "氏名と生年月日が同じ"},
	{DUP_NAME_ADDRESS, 70, "name_address", "氏名が同じで住所が似ている"},
	{DUP_KANA_ADDRESS, 65, "kana_address", "フリガナが同じで住所が似ている"},
	{DUP_PHONE, 60, "phone", "氏名またはフリガナと電話番号が同じ"},
};
enum { N_REASONS = sizeof reasons / sizeof reasons[0] };

const char *duplicate_reasons_ja(struct ctx *c, int bits)
{
	struct buf b = buf_new(c->arena);
	for (int i = 0; i < N_REASONS; i++)
		if (bits & reasons[i].bit)
			buf_fmt(&b, "%s%s", b.n ? "、" : "", reasons[i].ja);
	return b.n ? b.p : "";
}

static const char *codes(struct ctx *c, int bits)
{
	struct buf b = buf_new(c->arena);
	for (int i = 0; i < N_REASONS; i++)
		if (bits & reasons[i].bit)
			buf_fmt(&b, "%s%s", b.n ? "," : "", reasons[i].code);
	return b.n ? b.p : "";
}

/* Same place as far as both say it: the same text before the numbers, and no number that differs. */
static bool similar_place(struct check *k, const char *address)
{
	struct town_key t = town_key_of(k->c, address);
	if (!*t.base || !*k->town.base)
		return false;
	bool same = str_eq(t.base, k->town.base) || str_ends(t.base, k->town.base) || str_ends(k->town.base, t.base);
	size_t n = t.n_numbers < k->town.n_numbers ? t.n_numbers : k->town.n_numbers;
	if (!same || n == 0)
		return same && t.n_numbers == k->town.n_numbers;
	for (size_t i = 0; i < n && i < 3; i++)
		if (t.numbers[i] != k->town.numbers[i])
			return false;
	return true;
}

static int judge(struct check *k, const struct q_duplicate_by_birth_row *r, int bits)
{
	bool name = *k->name && str_eq(r->name_fold, k->name), kana = *k->kana && str_eq(r->kana_fold, k->kana);
	bool birth = k->p->birth_on != CIVIL_NONE && r->birth_on == k->p->birth_on;
	bool differs = k->p->birth_on != CIVIL_NONE && r->birth_on != CIVIL_NONE && !birth;
	bool place = (name || kana) && !differs && similar_place(k, r->home_address); /* folding an address is the dear part */
	if (kana && birth)
		bits |= DUP_KANA_BIRTH;
	if (name && birth)
		bits |= DUP_NAME_BIRTH;
	if (name && place)
		bits |= DUP_NAME_ADDRESS;
	if (kana && place)
		bits |= DUP_KANA_ADDRESS;
	if ((name || kana) && !differs && strlen(k->phone) >= 8 &&
		(str_eq(keys_digits(k->c, r->phone), k->phone) || str_eq(keys_digits(k->c, r->mobile), k->phone)))
		bits |= DUP_PHONE;
	return bits;
}

static int score_of(int bits)
{
	int best = 0, n = 0;
	for (int i = 0; i < N_REASONS; i++)
		if (bits & reasons[i].bit) {
			best = reasons[i].score > best ? reasons[i].score : best;
			n++;
		}
	int score = best + (n > 1 ? 5 : 0);
	return score > 100 ? 100 : score;
}

static void consider(struct check *k, const struct q_duplicate_by_birth_row *r, int bits)
{
	if (r->id == k->p->not_person_id)
		return;
	bits = judge(k, r, bits);
	if (!bits)
		return;
	for (size_t i = 0; i < k->n; i++)
		if (k->v[i].r->id == r->id) {
			k->v[i].reasons |= bits;
			k->v[i].score = score_of(k->v[i].reasons);
			return;
		}
	if (k->n < MAX_FOUND)
		k->v[k->n++] = (struct found){r, score_of(bits), bits};
}

/* The three statements give rows of the same make; sqlc names a struct for each. */
_Static_assert(sizeof(struct q_duplicate_by_birth_row) == sizeof(struct q_duplicate_by_key_row) &&
	sizeof(struct q_duplicate_by_birth_row) == sizeof(struct q_duplicate_by_insured_row), "the statements differ");

static err by_key(struct check *k, const char *key)
{
	struct q_duplicate_by_key_row *r;
	size_t n;
	if (!*key)
		return OK;
	/* Exactly this key: the range ends just behind it. */
	TRY(q_duplicate_by_key(k->c, &(struct q_duplicate_by_key_in){.key = key, .key_to = arena_fmt(k->c->arena, "%s\x01", key)}, &r, &n));
	for (size_t i = 0; i < n; i++)
		consider(k, (const struct q_duplicate_by_birth_row *)&r[i], 0);
	return OK;
}

static int by_score(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	return x->score != y->score ? y->score - x->score : (x->r->id > y->r->id) - (x->r->id < y->r->id);
}

static err collect(struct ctx *c, const struct duplicate_probe *p, struct check **out)
{
	struct check *k = ARENA_NEW(c->arena, struct check);
	*out = k;
	k->c = c;
	k->p = p;
	k->name = keys_name(c, str_or(p->name, ""));
	k->kana = keys_name(c, str_or(p->kana, ""));
	k->phone = keys_digits(c, str_or(p->phone, ""));
	k->town = town_key_of(c, str_or(p->address, ""));
	if (p->birth_on != CIVIL_NONE) {
		struct q_duplicate_by_birth_row *r;
		size_t n;
		TRY(q_duplicate_by_birth(c, &(struct q_duplicate_by_birth_in){.birth_on = p->birth_on}, &r, &n));
		for (size_t i = 0; i < n; i++)
			consider(k, &r[i], 0);
	}
	if (p->insured_no && *p->insured_no) {
		struct q_duplicate_by_insured_row *r;
		size_t n;
		TRY(q_duplicate_by_insured(c, &(struct q_duplicate_by_insured_in){.insured_no = p->insured_no}, &r, &n));
		for (size_t i = 0; i < n; i++)
			consider(k, (const struct q_duplicate_by_birth_row *)&r[i], DUP_INSURED);
	}
	if (*k->town.base || *k->phone) {
		TRY(by_key(k, k->name));
		if (!str_eq(k->kana, k->name))
			TRY(by_key(k, k->kana));
	}
	qsort(k->v, k->n, sizeof k->v[0], by_score);
	return OK;
}

err duplicate_check(struct ctx *c, const struct duplicate_probe *p, struct duplicate_list *out)
{
	struct check *k;
	TRY(collect(c, p, &k));
	*out = (struct duplicate_list){.v = ARENA_ARRAY(c->arena, k->n ? k->n : 1, struct duplicate_candidate)};
	for (size_t i = 0; i < k->n; i++) {
		const struct found *f = &k->v[i];
		if (f->score < DUPLICATE_SHOWN)
			continue;
		if (!f->r->visible) {
			out->unseen = true;
			continue;
		}
		out->v[out->n++] = (struct duplicate_candidate){f->r->pid, f->r->name, f->r->kana, f->r->home_address, f->r->birth_on, f->score,
			f->reasons, duplicate_reasons_ja(c, f->reasons)};
	}
	return OK;
}

err duplicate_keep(struct ctx *c, int64_t person_id, const struct duplicate_probe *p, const char *why)
{
	struct duplicate_probe probe = *p;
	struct check *k;
	probe.not_person_id = person_id;
	TRY(collect(c, &probe, &k));
	int64_t told = 0;
	for (size_t i = 0; i < k->n; i++) {
		const struct found *f = &k->v[i];
		if (f->score < DUPLICATE_SHOWN)
			continue;
		TRY(q_duplicate_note_add(c, &(struct q_duplicate_note_add_in){.person_id = person_id, .other_person_id = f->r->id,
			.was_visible = f->r->visible, .score = f->score, .reasons = codes(c, f->reasons), .note = why}, NULL));
		int64_t insurer = f->r->insurer_org_id;
		if (f->r->visible || insurer == INT_NULL || insurer == told)
			continue;
		/* The insurer sees both records; the writer learns nothing of the other one. The task hangs on the new record. */
		TRY(task_put(c, &(struct task_new){.kind = "dup_check", .person_id = person_id, .record_class = CLASS_NAMECARD, .org_id = insurer,
			.due_on = civil_days_after(c->today, 7), .title = "同じ人が二重に登録されていないかの確認",
			.reason = "登録のとき、よく似た記録がほかの機関にありました。", .table_name = "person", .row_id = person_id}, NULL));
		told = insurer;
	}
	return OK;
}
