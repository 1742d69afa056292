/* The one time line of a person, with filters and pages (F019): shows to each reader what that reader may open. */
#include "web/pages/person.h"

#include "base/str.h"
#include "codec/json.h"
#include "jp/era.h"
#include "register/org.h"
#include "tmpl/person_timeline.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

/* Where an entry of a table leads, %1 the person, %2 the record. */
static const struct {
	const char *table, *path;
	bool by_row;
} PATHS[] = {
	{"consult", "/consults/", true}, {"consult_entry", "/consults/", true}, {"routing", "/routings/", true}, {"care_meeting", "/meetings/", true}, {"response", "/responses/", true},
	{"issued_doc", "/documents/", true}, {"certification", "/insurance", false}, {"person_insurance", "/insurance", false},
	{"burden", "/insurance", false}, {"public_aid", "/insurance", false}, {"person_rank", "/insurance", false},
	{"disability_cert", "/insurance", false}, {"disability_benefit", "/insurance", false}, {"disability_decision", "/insurance", false},
	{"disability_level", "/insurance", false}, {"relation", "/family", false}, {"household", "/family", false}, {"carer", "/family", false},
	{"assessment", "/assessments/", true}, {"issue_sheet", "/issue-sheets/", true}, {"commission_event", "/commissions/", true},
	{"care_log", "/log/", true}, {"monitoring", "/monitorings/", true}, {"evaluation", "/evaluations/", true}, {"care_case", "/cases/", true},
	{"hospital_stay", "/hospital-stays/", true}, {"hospital_info", "/hospital-infos/", true}, {"discharge_record", "/discharge-records/", true},
	{"doctor_info", "/doctor-infos/", true}, {"plan", "/plans/", true}, {"plan_consent", "/plans/", true}, {"plan_delivery", "/plans/", true},
	{"provider_plan", "/plans/", true}, {"care_inquiry", "/meetings/", true}, {"dispatch_report", "/dispatch/", true}, {"rehab_goal", "/rehab-goals/", true}, {"rehab_review", "/rehab-goals/", true}, {"rehab_meeting", "/rehab-meetings/", true},
	{"rehab_info", "/rehab-infos/", true}, {"case_prospect", "/prospects/", true}, {"consent", "/consents", false}, {"person", "", false},
};

const char *timeline_record_path(struct req *r, const char *table, const char *row_pid, const char *person_pid)
{
	for (size_t i = 0; i < sizeof PATHS / sizeof PATHS[0]; i++) {
		if (!str_eq(PATHS[i].table, table) || !*PATHS[i].path)
			continue;
		if (PATHS[i].by_row)
			return str_blank(row_pid) ? "" : arena_fmt(r->arena, "%s%s", PATHS[i].path, row_pid);
		return arena_fmt(r->arena, "/persons/%s%s", person_pid, PATHS[i].path);
	}
	return "";
}

static const char *path_of(struct req *r, const struct timeline_entry *e) { return timeline_record_path(r, e->table_name, e->row_pid, req_param(r, "pid")); }

err timeline_shown_of(struct req *r, const struct seen_marks *marks, const struct timeline_entry *e, size_t n, struct timeline_shown **out)
{
	*out = ARENA_ARRAY(r->arena, n + 1, struct timeline_shown);
	for (size_t i = 0; i < n; i++) {
		struct timeline_shown *x = &(*out)[i];
		*x = (struct timeline_shown){&e[i], timeline_kind_label_ja(e[i].kind), class_label_ja(e[i].record_class), org_word(r, e[i].org_id),
		                             path_of(r, &e[i]), "", ""};
		if (!marks || !seen_is_new(r->c, marks, &e[i]))
			continue;
		x->mark = e[i].created_ms == e[i].changed_ms ? "新" : "変更";
		x->who = saved_note(r, e[i].changed_ms, account_word(r, e[i].changed_by));
	}
	return OK;
}

/* ---- what changed since I last looked ---- */

enum { SEEN_LINES = 10 };

err seen_fill(struct req *r, const struct person_card *card, struct seen_view *v)
{
	struct timeline_entry *e;
	size_t n;
	*v = (struct seen_view){.action = arena_fmt(r->arena, "/persons/%s/seen", card->p.pid), .csrf = r->who.csrf,
		.list_path = arena_fmt(r->arena, "/persons/%s/timeline?fresh=1", card->p.pid)};
	TRY(seen_marks(r->c, card->p.id, &v->marks));
	v->first = v->marks.n == 0;
	if (v->first) {
		v->by_itself = true;
		return seen_newest(r->c, card->p.id, &v->upto_ms);
	}
	TRY(seen_fresh(r->c, card->p.id, SEEN_LINES + 1, &e, &n));
	v->n = (int64_t)n;
	v->by_itself = n <= SEEN_LINES;
	if (n)
		v->upto_ms = e[n - 1].changed_ms;
	if (!v->by_itself) {
		struct timeline_filter f = TIMELINE_ALL(card->p.id);
		f.fresh = true;
		TRY(timeline_count(r->c, &f, &v->n));
		TRY(seen_newest(r->c, card->p.id, &v->upto_ms));
	}
	v->n_lines = v->by_itself ? n : SEEN_LINES;
	return timeline_shown_of(r, &v->marks, e, v->n_lines, &v->lines);
}

static const struct formin_field SEEN[] = {{.name = "upto", .label = "どこまで", .kind = FORMIN_INT, .lo = 0, .hi = INT64_MAX, .required = true},
	{.name = "line", .label = "もどる画面", .kind = FORMIN_BOOL}};

/* The mark is set by a POST alone, so that a page opened by mistake, in advance or by a second tab clears nothing. */
err page_person_seen(struct req *r)
{
	TRY(formin_read(r, SEEN, FORMIN_N(SEEN)));
	TRY(seen_mark(r->c, req_param(r, "pid"), formin_int(r, "upto")));
	if (r->fragment) {
		json_write(res_json(r, OK), json_new(r->arena, JSON_OBJECT), false);
		return OK;
	}
	return res_done(r, "seen", "/persons/%s%s", req_param(r, "pid"), formin_bool(r, "line") ? "/timeline" : "");
}

static const struct formin_field QUERY[] = {
	{.name = "kind", .label = "種類", .kind = FORMIN_CODE},       {.name = "org", .label = "機関", .kind = FORMIN_PID},
	{.name = "class", .label = "情報の種類", .kind = FORMIN_CODE}, {.name = "from", .label = "いつから", .kind = FORMIN_DAY},
	{.name = "to", .label = "いつまで", .kind = FORMIN_DAY},       {.name = "ms", .label = "続き", .kind = FORMIN_CODE},
	{.name = "id", .label = "続き", .kind = FORMIN_CODE},           {.name = "fresh", .label = "新しいもの", .kind = FORMIN_BOOL},
};

/* Every organisation that has written something the reader may see. */
static err org_choices(struct req *r, int64_t person_id, struct ui_field *f)
{
	struct timeline_org *v;
	size_t n;
	TRY(timeline_orgs(r->c, person_id, &v, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	c[0] = (struct ui_choice){.value = "", .label = "すべての機関"};
	for (size_t i = 0; i < n; i++)
		c[i + 1] = (struct ui_choice){.value = v[i].pid, .label = v[i].name};
	*f = (struct ui_field){.name = "org", .label = "機関", .value = req_query(r, "org"), .choices = c, .n_choices = n + 1};
	return OK;
}

static int class_of(const char *code)
{
	for (int bit = 1; bit <= CLASS_STATISTICS; bit <<= 1)
		if (str_eq(class_code(bit), code))
			return bit;
	return 0;
}

static void fill_choices(struct req *r, struct timeline_view *v, const struct person_card *card)
{
	size_t n = timeline_kind_count(), k = 1;
	struct ui_choice *kinds = ARENA_ARRAY(r->arena, n + 1, struct ui_choice), *classes = ARENA_ARRAY(r->arena, CLASS_COUNT + 1, struct ui_choice);
	kinds[0] = classes[0] = (struct ui_choice){.value = "", .label = "すべての種類"};
	for (size_t i = 0; i < n; i++)
		kinds[i + 1] = (struct ui_choice){.value = timeline_kind_code(i), .label = timeline_kind_label_ja(timeline_kind_code(i))};
	for (int bit = 1, i = 0; i < CLASS_COUNT; bit <<= 1, i++)
		if (card->view.of[i] == VISIBILITY_OPEN)
			classes[k++] = (struct ui_choice){.value = class_code(bit), .label = class_label_ja(bit)};
	v->kind = (struct ui_field){.name = "kind", .label = "種類", .value = req_query(r, "kind"), .choices = kinds, .n_choices = n + 1};
	v->record_class = (struct ui_field){.name = "class", .label = "情報の種類", .value = req_query(r, "class"), .choices = classes, .n_choices = k};
}

static civil day_of(struct req *r, const char *text)
{
	struct era_date d;
	if (str_blank(text) || era_parse(r->c, "", text, &d) != OK) {
		fault_clear(r->c);
		return CIVIL_NONE;
	}
	return d.day;
}

/* Days in the address as ISO, so that a bookmark reads the same next year. */
static const char *iso(struct req *r, civil day)
{
	char t[CIVIL_TEXT];
	civil_text(day, t);
	return arena_str(r->arena, t);
}

err page_timeline(struct req *r)
{
	struct page_view *page = page_view(r, "経過");
	struct person_card card;
	struct timeline_entry *e;
	bool more;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	struct timeline_view v = {.page = page, .pid = card.p.pid, .from = req_query(r, "from"), .to = req_query(r, "to"), .next_path = ""};
	struct timeline_filter f = TIMELINE_ALL(card.p.id);
	struct org o;
	f.kind = *req_query(r, "kind") ? req_query(r, "kind") : NULL;
	f.record_class = class_of(req_query(r, "class"));
	f.from_on = day_of(r, v.from);
	f.to_on = day_of(r, v.to);
	if (*req_query(r, "org") && org_get(r->c, req_query(r, "org"), &o) == OK)
		f.org_id = o.id;
	f.fresh = v.fresh = *req_query(r, "fresh") != '\0';
	TRY(timeline_count(r->c, &f, &v.n_total));
	if (!str_int(req_query(r, "ms"), &f.before_ms) || !str_int(req_query(r, "id"), &f.before_id))
		f.before_ms = f.before_id = 0;
	f.limit = r->who.list_rows;
	TRY(timeline_list(r->c, &f, &e, &v.n_entries, &more));
	TRY(seen_fill(r, &card, &v.seen));
	TRY(timeline_shown_of(r, &v.seen.marks, e, v.n_entries, &v.entries));
	int64_t marked = 0;
	for (size_t i = 0; i < v.n_entries; i++)
		marked += *v.entries[i].mark != '\0';
	v.seen.by_itself = v.seen.first || marked == v.seen.n;
	if (f.fresh)
		v.seen.list_path = "";
	fill_choices(r, &v, &card);
	TRY(org_choices(r, card.p.id, &v.org));
	if (more && v.n_entries)
		v.next_path = arena_fmt(r->arena, "/persons/%s/timeline?kind=%s&org=%s&class=%s&from=%s&to=%s%s&ms=%lld&id=%lld", card.p.pid, req_query(r, "kind"),
			req_query(r, "org"), req_query(r, "class"), iso(r, f.from_on), iso(r, f.to_on), f.fresh ? "&fresh=1" : "", (long long)e[v.n_entries - 1].at_ms,
			(long long)e[v.n_entries - 1].id);
	tmpl_person_timeline(res_page(r), &v);
	return OK;
}
