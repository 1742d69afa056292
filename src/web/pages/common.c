#include "web/pages/common.h"

#include "register/territory.h"

#include "base/house.h"
#include "base/str.h"
#include "jp/cp932.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/certification.h"
#include "register/ranks.h"
#include "register/staff.h"

#include <string.h>

err zone_filter_field(struct req *r, const char *stored, struct ui_field *f)
{
	struct area *areas;
	size_t n;
	TRY(area_list(r->c, "zone", r->c->today, &areas, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	c[0] = (struct ui_choice){.value = "", .label = "すべての圏域"};
	for (size_t i = 0; i < n; i++)
		c[i + 1] = (struct ui_choice){.value = areas[i].pid, .label = areas[i].name};
	*f = (struct ui_field){.name = "area", .label = "日常生活圏域", .value = stored, .choices = c, .n_choices = n + 1};
	return OK;
}

const char *code_label(struct req *r, const char *list, const char *code)
{
	return str_blank(code) ? "" : law_code_label(r->c->house->law, list, code);
}

const struct ui_choice *choices_of(struct req *r, const char *list, const char *stored, size_t *n)
{
	const struct law_code **v = law_code_list(r->c->house->law, r->arena, list, r->c->today, n);
	struct ui_choice *out = ARENA_ARRAY(r->arena, *n + 1, struct ui_choice);
	bool there = str_blank(stored);
	for (size_t i = 0; i < *n; i++) {
		out[i] = (struct ui_choice){.value = v[i]->code, .label = v[i]->label};
		there = there || str_eq(v[i]->code, stored);
	}
	if (!there) {
		out[*n] = (struct ui_choice){.value = stored, .label = code_label(r, list, stored)};
		(*n)++;
	}
	return out;
}

struct ui_field choice_field(struct req *r, const char *name, const char *label, const char *list, const char *stored)
{
	struct ui_field f = {.name = name, .label = label, .value = stored};
	f.choices = choices_of(r, list, stored, &f.n_choices);
	return f;
}

err choices_staff(struct req *r, const struct ui_choice **v, size_t *n)
{
	struct staff_row *s;
	size_t n_staff;
	TRY(staff_list(r->c, &(struct staff_filter){.org_id = r->c->actor.org_id, .on = r->c->today}, &s, &n_staff));
	struct ui_choice *out = ARENA_ARRAY(r->arena, n_staff + 1, struct ui_choice);
	*n = 0;
	for (int own = 1; own >= 0; own--)
		for (size_t i = 0; i < n_staff; i++)
			if ((s[i].id == r->c->actor.staff_id) == (own == 1))
				out[(*n)++] = (struct ui_choice){.value = s[i].pid, .label = s[i].name};
	*v = out;
	return OK;
}

/* One per line, in the order shown. A group leads to its first tab whose class the reader may see. */
static const char *const TABS[][2] = {
	{"/persons/%s", "基本情報"},
	{"/persons/%s/family", "家族・関係者"},
	{"/persons/%s/insurance", "保険・認定"},
	{"/persons/%s/consents", "同意"},
	{"/persons/%s/documents", "文書"},
	{"/persons/%s/timeline", "すべての経過"},
	{"/persons/%s/log", "支援経過"},
	{"/persons/%s/consults", "相談"},
	{"/persons/%s/checklists", "チェックリスト"},
	{"/persons/%s/routings", "振り分け"},
	{"/persons/%s/basic-info", "利用者基本情報"},
	{"/persons/%s/cases", "ケース"},
	{"/persons/%s/duties", "務めと期限"},
	{"/persons/%s/assessments", "アセスメント"},
	{"/persons/%s/plans", "計画"},
	{"/persons/%s/meetings", "担当者会議"},
	{"/persons/%s/office-records", "届出・引き継ぎなど"},
	{"/persons/%s/rehab", "リハビリ"},
	{"/persons/%s/hospital", "入退院・医療連携"},
};
enum { N_TABS = sizeof TABS / sizeof TABS[0] };
static const int TAB_CLASS[N_TABS] = {CLASS_NAMECARD, CLASS_FAMILY, CLASS_CARE, CLASS_NAMECARD, CLASS_NAMECARD, CLASS_NAMECARD, CLASS_CARE,
	CLASS_CONSULTATION, CLASS_CARE, CLASS_CARE, CLASS_CARE, CLASS_CARE, CLASS_CARE, CLASS_CARE, CLASS_CARE, CLASS_CARE, CLASS_CARE, CLASS_CARE, CLASS_MEDICAL};
static const struct {
	const char *label;
	size_t n;
} GROUPS[] = {{"本人", 5}, {"経過", 2}, {"相談・振り分け", 4}, {"ケアプラン", 7}, {"医療連携", 1}};
enum { N_GROUPS = sizeof GROUPS / sizeof GROUPS[0] };

/* The group of the current tab is the one whose tabs are shown. */
static void group_tabs(struct page_view *page)
{
	for (size_t g = 0; g < page->n_tab_groups; g++) {
		struct tab_group *x = &page->tab_groups[g];
		x->current = false;
		for (size_t i = 0; i < x->n_tabs; i++)
			x->current = x->current || x->tabs[i].current;
	}
}

static void person_tabs(struct page_view *page, const struct person_card *card)
{
	page_tabs(page, card->p.pid, TABS, N_TABS);
	page->tab_groups = ARENA_ARRAY(page->r->arena, N_GROUPS, struct tab_group);
	for (size_t g = 0, first = 0; g < N_GROUPS; first += GROUPS[g++].n) {
		size_t to = first;
		while (to < first + GROUPS[g].n && card->view.of[class_index(TAB_CLASS[to])] != VISIBILITY_OPEN)
			to++;
		page->tab_groups[g] = (struct tab_group){.label = GROUPS[g].label, .path = page->tabs[to < first + GROUPS[g].n ? to : first].path,
			.tabs = page->tabs + first, .n_tabs = GROUPS[g].n};
	}
	page->n_tab_groups = N_GROUPS;
	group_tabs(page);
}

static err head_of(struct req *r, const struct person_card *card, const struct person_head **out)
{
	struct person_head *h = ARENA_NEW(r->arena, struct person_head);
	const struct person *p = &card->p;
	*h = (struct person_head){.pid = p->pid, .name = p->name, .kana = p->kana, .birth_on = p->birth_on,
	                          .age = civil_age(p->birth_on, r->c->today), .sex_label = person_sex_ja(p->sex),
	                          .category = "", .category_until = CIVIL_NONE, .days_left = INT32_MIN,
	                          .area_label = p->area_name[AREA_SLOT_ZONE], .locked = card->view.locked_ja};
	h->alerts = ARENA_ARRAY(r->arena, 4, const char *);
	if (p->death_on != CIVIL_NONE)
		h->alerts[h->n_alerts++] = arena_fmt(r->arena, "死亡 %s", era_text(r->arena, p->death_on));
	if (p->moved_out_on != CIVIL_NONE)
		h->alerts[h->n_alerts++] = arena_fmt(r->arena, "転出 %s", era_text(r->arena, p->moved_out_on));
	struct certification_state st;
	err e = certification_state(r->c, p->id, (struct gen_asof){r->c->today, CIVIL_NONE}, &st);
	if (e != OK && e != ERR_DENIED)
		return e;
	if (e == OK) {
		if (st.has_current) {
			h->category = ranks_label_ja(CODE_LEVEL, st.level);
			if (st.current.to_on != CIVIL_OPEN) {
				h->category_until = st.current.to_on;
				h->days_left = (int)(st.current.to_on - r->c->today);
			}
		} else if (st.has_last) {
			h->alerts[h->n_alerts++] = arena_fmt(r->arena, "認定の期限切れ（%s）", era_text(r->arena, st.last.to_on));
		}
		if (st.has_application)
			h->alerts[h->n_alerts++] = "認定を申請中";
	}
	*out = h;
	return OK;
}

err person_page(struct req *r, struct page_view *page, const char *pid, struct person_card *card)
{
	TRY(person_open(r->c, pid, card));
	look_person(r, card->p.id);
	TRY(head_of(r, card, &page->person));
	person_tabs(page, card);
	return OK;
}

err person_page_head(struct req *r, struct page_view *page, const char *pid)
{
	struct person_card card;
	TRY(person_open(r->c, pid, &card));
	look_person(r, card.p.id);
	return head_of(r, &card, &page->person);
}

err csv_upload_bytes(struct req *r, const char **bytes, size_t *n)
{
	const struct upload *f = req_file(r, "file");
	*bytes = f ? f->bytes : req_field(r, "text");
	*n = f ? f->n : strlen(*bytes);
	return *n ? OK : fault_add(r->c, "file", ERR_REQUIRED, "CSVファイルを選んでください。");
}

const char *csv_upload_text(struct req *r, const char *bytes, size_t n)
{
	char *out;
	struct cp932_report report;
	if (str_utf8_valid(bytes, n))
		return arena_strn(r->arena, bytes, n);
	return cp932_decode(r->arena, bytes, n, &out, &report) == OK ? out : "";
}

const char *saved_note(struct req *r, int64_t ms, const char *who)
{
	char t[CIVIL_TIME_TEXT];
	civil_time_text(ms, t);
	return arena_fmt(r->arena, "%s %s %s", era_text(r->arena, civil_of_instant(ms)), t + 11, who);
}

void person_tab(struct page_view *page, const char *end)
{
	struct tab *tabs = ARENA_ARRAY(page->r->arena, page->n_tabs + 1, struct tab);
	size_t n_end = strlen(end);
	for (size_t i = 0; i < page->n_tabs; i++) {
		size_t n = strlen(page->tabs[i].path);
		tabs[i] = page->tabs[i];
		tabs[i].current = n >= n_end && str_eq(page->tabs[i].path + n - n_end, end);
	}
	for (size_t g = 0, first = 0; g < page->n_tab_groups; first += page->tab_groups[g++].n_tabs)
		page->tab_groups[g].tabs = tabs + first;
	page->tabs = tabs;
	group_tabs(page);
}

err staff_name_of(struct req *r, int64_t id, const char **name)
{
	struct staff s;
	*name = "";
	if (id == INT_NULL)
		return OK;
	err e = staff_load(r->c, id, &s);
	if (e == ERR_NOTFOUND || e == ERR_DENIED)
		return OK;
	TRY(e);
	*name = s.name;
	return OK;
}

err staff_filter_field(struct req *r, const char *stored, struct ui_field *f)
{
	const struct ui_choice *s;
	size_t n;
	TRY(choices_staff(r, &s, &n));
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 2, struct ui_choice);
	v[0] = (struct ui_choice){.value = "", .label = "事業所全体"};
	v[1] = (struct ui_choice){.value = "me", .label = "自分の担当"};
	for (size_t i = 0; i < n; i++)
		v[i + 2] = s[i];
	*f = (struct ui_field){.name = "staff", .label = "担当者", .value = stored, .choices = v, .n_choices = n + 2};
	return OK;
}

err staff_filter_id(struct req *r, const char *stored, int64_t *id)
{
	struct staff s;
	*id = 0;
	if (str_eq(stored, "me")) {
		*id = r->c->actor.staff_id > 0 ? r->c->actor.staff_id : -1;
	} else if (*stored) {
		TRY(staff_get(r->c, stored, &s));
		*id = s.id;
	}
	return OK;
}

err person_hits(struct req *r, const char *text, const struct person_hit **v, size_t *n, bool *searched)
{
	enum { MOST = 20 };
	struct person_hit *hits;
	bool more;
	*searched = !str_blank(text);
	*n = 0;
	if (!*searched)
		return OK;
	TRY(person_find(r->c, text, MOST, &hits, n, &more));
	for (size_t i = 0; i < *n; i++)
		look_person(r, hits[i].id);
	*v = hits;
	return OK;
}
