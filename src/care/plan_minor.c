#include "care/plan_minor.h"

#include "base/house.h"
#include "base/str.h"
#include "law/codes.h"
#include "law/decide.h"
#include "law/names.h"
#include "store/revision.h"

static const char TABLE[] = "minor_change", INPUT[] = "minor_change.change";
static const char *const OTHERS[] = {"add_office", "equip_other"};

static const char *words_of(struct ctx *c, const char *change)
{
	return law_name_or(c->house->law, "value", arena_fmt(c->arena, "%s=%s", INPUT, change), law_code_label(c->house->law, "plan_minor", change));
}

size_t plan_minor_others(struct ctx *c, const char ***codes, const char ***labels)
{
	enum { N = sizeof OTHERS / sizeof OTHERS[0] };
	*codes = arena_copy(c->arena, OTHERS, sizeof OTHERS);
	*labels = ARENA_ARRAY(c->arena, N, const char *);
	for (size_t i = 0; i < N; i++)
		(*labels)[i] = words_of(c, OTHERS[i]);
	return N;
}

err plan_minor_judge(struct ctx *c, const char *change, civil on, struct plan_minor *out)
{
	const struct law_catalogue *law = c->house->law;
	struct law_decision d;
	const struct law_input in = {"change", law_name_or(law, "input", INPUT, "change"), change, words_of(c, change)};
	*out = (struct plan_minor){.change = in.shown, .outcome = "", .label = "", .reason = "", .rule = "", .source = "", .confidence = ""};
	TRY(law_decide(c, law, TABLE, on, &in, 1, &d));
	if (!d.rule)
		return OK;
	out->outcome = d.rule->outcome;
	out->label = law_code_label(law, "minor_outcome", d.rule->outcome);
	out->reason = d.rule->reason;
	out->rule = d.rule->id;
	out->source = d.rule->source;
	out->confidence = d.rule->confidence;
	return OK;
}

static bool formal(const struct t_plan_service *s) { return str_eq(s->actor, "formal") || *s->type_code; }

static bool same_office(const struct t_plan_service *a, const struct t_plan_service *b)
{
	if (a->org_id != INT_NULL && b->org_id != INT_NULL)
		return a->org_id == b->org_id;
	return str_eq(a->office, b->office);
}

/* Offices of a that b has not, each once; the last of them in *one. */
static size_t only_in(const struct plan_tree *a, const struct plan_tree *b, const struct t_plan_service **one)
{
	size_t n = 0;
	for (size_t i = 0; i < a->n_services; i++) {
		const struct t_plan_service *s = &a->services[i];
		bool seen = !formal(s) || (str_blank(s->office) && s->org_id == INT_NULL);
		for (size_t k = 0; k < i && !seen; k++)
			seen = formal(&a->services[k]) && same_office(s, &a->services[k]);
		for (size_t k = 0; k < b->n_services && !seen; k++)
			seen = formal(&b->services[k]) && same_office(s, &b->services[k]);
		if (seen)
			continue;
		*one = s;
		n++;
	}
	return n;
}

err plan_minor_added(struct ctx *c, const struct plan_tree *t, const char **office)
{
	struct t_plan row;
	struct plan_tree before;
	const struct t_plan_service *added = NULL, *gone = NULL;
	*office = "";
	if (str_blank(t->previous_pid))
		return OK;
	TRY(row_find(c, &T_plan, t->previous_pid, &row));
	TRY(plan_load(c, row.id, &before));
	if (only_in(t, &before, &added) > only_in(&before, t, &gone))
		*office = *added->office ? added->office : "名前のない事業所";
	return OK;
}
