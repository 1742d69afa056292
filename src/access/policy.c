#include "access/policy.h"

#include "base/buf.h"
#include "sql/q_access.h"

#include <string.h>

static const struct {
	int number;
	const char *code;
	uint32_t cls;
	const char *label;
} roles[] = {
#define ROLE(name, number, code, cls, label) {number, code, ROLE_CLASS_##cls, label},
#include "access/roles.tbl.h"
#undef ROLE
};

static const struct {
	int bit;
	char letter;
	const char *code;
	uint32_t classes;
	const char *label;
} relations[] = {
#define RELATION(name, bit, letter, code, classes, label) {bit, letter, code, classes, label},
#include "access/relations.tbl.h"
#undef RELATION
};

static const struct {
	int role, class_index;
	const char *by[ACTION_COUNT];
} policy[] = {
#define POLICY(role, cls, see, write, print, export, give) {ROLE_##role, CLASS_I_##cls, {see, write, print, export, give}},
#include "access/policy.tbl.h"
#undef POLICY
};

#define LEN(v) (sizeof(v) / sizeof(v)[0])

int role_of_code(const char *code)
{
	for (size_t i = 0; i < LEN(roles); i++)
		if (strcmp(roles[i].code, code) == 0)
			return roles[i].number;
	return ROLE_NONE;
}

const char *role_code(int role)
{
	for (size_t i = 0; i < LEN(roles); i++)
		if (roles[i].number == role)
			return roles[i].code;
	return "";
}

const char *role_label_ja(int role)
{
	for (size_t i = 0; i < LEN(roles); i++)
		if (roles[i].number == role)
			return roles[i].label;
	return "";
}

uint32_t role_class_of(int role)
{
	for (size_t i = 0; i < LEN(roles); i++)
		if (roles[i].number == role)
			return roles[i].cls;
	return 0;
}

int relation_of_code(const char *code)
{
	for (size_t i = 0; i < LEN(relations); i++)
		if (strcmp(relations[i].code, code) == 0)
			return relations[i].bit;
	return 0;
}

const char *relation_code(int relation)
{
	for (size_t i = 0; i < LEN(relations); i++)
		if (relations[i].bit == relation)
			return relations[i].code;
	return "";
}

const char *relation_label_ja(int relation)
{
	for (size_t i = 0; i < LEN(relations); i++)
		if (relations[i].bit == relation)
			return relations[i].label;
	return "";
}

uint32_t relation_usual_classes(int relation)
{
	for (size_t i = 0; i < LEN(relations); i++)
		if (relations[i].bit == relation)
			return relations[i].classes;
	return 0;
}

static uint32_t mask_of_letters(const char *letters)
{
	uint32_t mask = 0;
	for (const char *p = letters; *p; p++) {
		if (*p == 'W')
			mask |= RELATION_OWN;
		for (size_t i = 0; i < LEN(relations); i++)
			if (relations[i].letter == *p)
				mask |= (uint32_t)relations[i].bit;
	}
	return mask;
}

uint32_t policy_relations(int role, int class_index, enum action a)
{
	for (size_t i = 0; i < LEN(policy); i++)
		if (policy[i].role == role && policy[i].class_index == class_index)
			return mask_of_letters(policy[i].by[a]);
	return 0;
}

void policy_load(struct ctx *c)
{
	memset(c->may, 0, sizeof c->may);
	memset(c->may_own, 0, sizeof c->may_own);
	c->actor.role_class = role_class_of(c->actor.role);
	if (c->actor.system) {
		for (int a = 0; a < ACTION_COUNT; a++) {
			for (int i = 0; i < CLASS_COUNT; i++)
				c->may[i][a] = 0x7FF;
			c->may_own[a] = POLICY_ALL;
		}
		return;
	}
	for (size_t i = 0; i < LEN(policy); i++) {
		if (policy[i].role != c->actor.role)
			continue;
		for (int a = 0; a < ACTION_COUNT; a++) {
			uint32_t mask = mask_of_letters(policy[i].by[a]);
			c->may[policy[i].class_index][a] = mask & ~(uint32_t)RELATION_OWN;
			/* "own" needs an organisation: an account without one (org 0) owns nothing */
			if ((mask & RELATION_OWN) && c->actor.org_id > 0)
				c->may_own[a] |= 1u << policy[i].class_index;
		}
	}
}

/* Which classes (bits) the actor may do each action with, for one person, by one of the relations. */
static err rights_by(struct ctx *c, int64_t person_id, uint32_t relations, uint32_t may[ACTION_COUNT])
{
	memset(may, 0, ACTION_COUNT * sizeof *may);
	if (c->actor.system) {
		struct q_grant_person_exists_row row;
		bool found;
		TRY(q_grant_person_exists(c, &(struct q_grant_person_exists_in){.person_id = person_id}, &row, &found));
		for (int a = 0; found && a < ACTION_COUNT; a++)
			may[a] = POLICY_ALL;
		return OK;
	}
	if (c->actor.account_id <= 0 || c->actor.org_id <= 0)
		return OK;
	struct q_grant_mine_row *rows;
	size_t n;
	TRY(q_grant_mine(c, &(struct q_grant_mine_in){.person_id = person_id}, &rows, &n));
	for (size_t k = 0; k < n; k++)
		for (int i = 0; i < CLASS_COUNT; i++)
			for (int a = 0; a < ACTION_COUNT; a++)
				if ((rows[k].classes & 1 << i) && ((uint32_t)rows[k].relation & relations & c->may[i][a]))
					may[a] |= 1u << i;
	return OK;
}

static err rights_for(struct ctx *c, int64_t person_id, uint32_t may[ACTION_COUNT]) { return rights_by(c, person_id, UINT32_MAX, may); }

err policy_check(struct ctx *c, int64_t person_id, int class_bit, enum action a)
{
	if (class_index(class_bit) < 0 || a < 0 || a >= ACTION_COUNT)
		return ERR_BUG;
	uint32_t may[ACTION_COUNT];
	TRY(rights_for(c, person_id, may));
	if (may[a] & (uint32_t)class_bit)
		return OK;
	if (may[ACTION_SEE] & (uint32_t)class_bit)
		return ERR_DENIED; /* open to look at, this action is not */
	if (class_bit == CLASS_RIGHTS || !(may[ACTION_SEE] & CLASS_NAMECARD))
		return ERR_NOTFOUND;
	return ERR_DENIED;
}

err policy_check_record(struct ctx *c, int64_t person_id, int class_bit, enum action a)
{
	err e = policy_check(c, person_id, class_bit, a);
	if (e != ERR_DENIED)
		return e;
	return a != ACTION_SEE && policy_check(c, person_id, class_bit, ACTION_SEE) == OK ? ERR_DENIED : ERR_NOTFOUND;
}

err policy_check_by(struct ctx *c, int64_t person_id, int class_bit, enum action a, uint32_t relations)
{
	uint32_t may[ACTION_COUNT];
	TRY(policy_check_record(c, person_id, class_bit, a));
	TRY(rights_by(c, person_id, relations, may));
	return may[a] & (uint32_t)class_bit ? OK : ERR_DENIED;
}

err policy_check_own(struct ctx *c, int64_t org_id, int class_bit, enum action a)
{
	if (class_index(class_bit) < 0 || a < 0 || a >= ACTION_COUNT)
		return ERR_BUG;
	if (c->actor.system)
		return OK;
	if (org_id <= 0 || org_id != c->actor.org_id)
		return ERR_NOTFOUND;
	if (c->may_own[a] & (uint32_t)class_bit)
		return OK;
	return (c->may_own[ACTION_SEE] & (uint32_t)class_bit) ? ERR_DENIED : ERR_NOTFOUND;
}

int policy_rights_team(const struct ctx *c, enum action a)
{
	if (!(c->may[CLASS_I_RIGHTS][a] & RELATION_GROUP) || !c->actor.account_id)
		return 0;
	return c->actor.role == ROLE_CENTRE_SOCIAL || c->actor.role == ROLE_CENTRE_HEAD ? 2 : 1;
}

bool policy_may_administer(const struct ctx *c) { return c->actor.system || c->actor.role == ROLE_ADMIN; }

bool policy_may_manage_accounts_of(const struct ctx *c, int64_t org_id)
{
	if (policy_may_administer(c))
		return true;
	return (c->actor.role == ROLE_CENTRE_HEAD || c->actor.role == ROLE_CM_MANAGER) && org_id > 0 && org_id == c->actor.org_id;
}

bool policy_may_speak_for_town(const struct ctx *c, int64_t insurer_org_id)
{
	if (c->actor.system)
		return true;
	return (c->actor.role == ROLE_INSURER || c->actor.role == ROLE_INSURER_RIGHTS) && insurer_org_id > 0 && insurer_org_id == c->actor.org_id;
}

bool policy_may_lead(const struct ctx *c, int64_t org_id)
{
	if (policy_may_speak_for_town(c, org_id))
		return true;
	return (c->actor.role == ROLE_CENTRE_HEAD || c->actor.role == ROLE_CENTRE_CHIEF_CM || c->actor.role == ROLE_CM_MANAGER) &&
		org_id > 0 && org_id == c->actor.org_id;
}

err policy_visibility(struct ctx *c, int64_t person_id, struct policy_view *out)
{
	struct policy_view v = {.ask = "", .locked_ja = ""};
	TRY(rights_for(c, person_id, v.may));
	uint32_t see = v.may[ACTION_SEE];
	if (!(see & CLASS_NAMECARD)) {
		/* A right without the name card must not let anyone in by a side door. */
		memset(v.may, 0, sizeof v.may);
		*out = v;
		return OK;
	}
	struct buf locked = buf_new(c->arena);
	for (int i = 0; i < CLASS_COUNT; i++) {
		int bit = 1 << i;
		v.of[i] = see & (uint32_t)bit ? VISIBILITY_OPEN : bit == CLASS_RIGHTS ? VISIBILITY_INVISIBLE : VISIBILITY_KNOWN;
		if (v.of[i] == VISIBILITY_KNOWN)
			buf_fmt(&locked, "%s%s", locked.n ? "、" : "", class_label_ja(bit));
	}
	v.namecard = VISIBILITY_OPEN;
	if (locked.n) {
		v.locked_ja = arena_fmt(c->arena, "同意なし（%s）", locked.p);
		struct q_grant_holders_row *rows;
		size_t n;
		struct buf ask = buf_new(c->arena);
		TRY(q_grant_holders(c, &(struct q_grant_holders_in){.person_id = person_id,
			.relations = RELATION_CASE | RELATION_AREA | RELATION_REGISTRAR}, &rows, &n));
		for (size_t i = 0; i < n; i++)
			buf_fmt(&ask, "%s%s", i ? "、" : "", rows[i].name);
		v.ask = ask.n ? ask.p : "";
	}
	*out = v;
	return OK;
}
