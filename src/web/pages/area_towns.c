/* The table of towns: those without an area, many of them into one at once, what that does to people, and their end (F007). */
#include "web/pages/area.h"

#include "base/pid.h"
#include "base/str.h"
#include "tmpl/area_towns.h"
#include "web/formin.h"
#include "web/route.h"

#include <string.h>

/* ---- which towns are shown ---- */

enum { WHOLE_TO = 999999 };

struct asked {
	const char *level, *insurer, *source; /* source: public id of the area whose towns are listed; "" = towns without one */
};

static void level_field(struct req *r, const char *level, struct ui_field *f)
{
	struct ui_choice *c = ARENA_ARRAY(r->arena, area_level_count(), struct ui_choice);
	for (size_t i = 0; i < area_level_count(); i++) {
		c[i].value = area_level_code(i);
		if (area_level_word(r->c, c[i].value, &c[i].label) != OK)
			c[i].label = area_level_label_ja(c[i].value);
	}
	*f = (struct ui_field){.name = "level", .label = "区域の種類", .value = level, .choices = c, .n_choices = area_level_count()};
}

/* What a check box of a town sends: 市|町 or 市|町|10-20. */
static const char *value_of(struct req *r, const char *city, const char *town, int64_t from, int64_t to)
{
	bool whole = from <= 0 && (to <= 0 || to == WHOLE_TO);
	return whole ? arena_fmt(r->arena, "%s|%s", city, town)
		: arena_fmt(r->arena, "%s|%s|%lld-%lld", city, town, (long long)from, (long long)(to <= 0 ? WHOLE_TO : to));
}

static bool pick_of(struct req *r, const char *value, struct town_pick *p)
{
	const char *bar = strchr(value, '|'), *range = bar ? strchr(bar + 1, '|') : NULL, *dash = range ? strchr(range, '-') : NULL;
	if (!bar || (range && !dash))
		return false;
	*p = (struct town_pick){arena_strn(r->arena, value, (size_t)(bar - value)),
		range ? arena_strn(r->arena, bar + 1, (size_t)(range - bar - 1)) : bar + 1, 0, 0};
	return !range || (str_int(arena_strn(r->arena, range + 1, (size_t)(dash - range - 1)), &p->block_from) && str_int(dash + 1, &p->block_to));
}

static bool chosen(struct req *r, const char *value)
{
	const char **v = NULL;
	size_t n = req_all(r, "town", &v);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], value))
			return true;
	return false;
}

static err fill_gaps(struct req *r, int64_t insurer, struct area_towns_view *v)
{
	struct town_gaps *g = &v->gaps;
	v->is_gaps = true;
	TRY(town_gap_list(r->c, insurer, v->level.value, g));
	v->ask_city = !*g->city;
	v->ask_postal = *g->city && g->postal_rows == 0;
	v->rows = ARENA_ARRAY(r->arena, g->n + 1, struct area_town_shown);
	for (size_t i = 0; i < g->n; i++) {
		const char *value = value_of(r, g->v[i].city, g->v[i].town, 0, 0);
		v->rows[v->n_rows++] = (struct area_town_shown){g->v[i].city, g->v[i].town, value, g->v[i].is_postal ? "郵便番号の表" : "住所から",
			g->v[i].persons, chosen(r, value)};
	}
	return OK;
}

static err fill_source(struct req *r, const struct area *a, struct area_towns_view *v)
{
	struct town_area *t;
	size_t n;
	TRY(town_area_list(r->c, a->id, &t, &n));
	v->rows = ARENA_ARRAY(r->arena, n + 1, struct area_town_shown);
	for (size_t i = 0; i < n; i++) {
		const char *value = value_of(r, t[i].city, t[i].town, t[i].block_from, t[i].block_to);
		bool whole = t[i].block_from == 0 && t[i].block_to == WHOLE_TO;
		if (t[i].to_on >= r->c->today)
			v->rows[v->n_rows++] = (struct area_town_shown){t[i].city, t[i].town, value,
				whole ? "" : arena_fmt(r->arena, "%lld〜%lld番地", (long long)t[i].block_from, (long long)t[i].block_to), INT_NULL, chosen(r, value)};
	}
	return OK;
}

static err show(struct req *r, const struct asked *q, err e)
{
	struct page_view *page = page_view(r, "町域と区域");
	struct area_towns_view v = {.page = page, .may_write = area_may_write(r)};
	struct area source = {0};
	int64_t insurer = INT_NULL;
	const char *level = area_level_label_ja(q->level)[0] ? q->level : "zone";
	if (*q->source) {
		TRY(area_get(r->c, q->source, &source));
		level = source.level;
	}
	level_field(r, level, &v.level);
	TRY(area_level_word(r->c, level, &v.word));
	TRY(territory_insurer(r->c, &insurer));
	TRY(area_insurer_field(r, q->insurer, &v.insurer, &insurer));
	TRY(area_choices(r, level, "source", "今どこにある町域か", &v.source));
	v.source.value = q->source;
	TRY(area_choices(r, level, "area", arena_fmt(r->arena, "入れる%s", v.word), &v.area));
	v.no_areas = v.area.n_choices == 0;
	TRY(*q->source ? fill_source(r, &source, &v) : fill_gaps(r, insurer, &v));
	area_tabs(page);
	tmpl_area_towns(res_page_of(r, e), &v);
	return OK;
}

static const struct formin_field QUERY[] = {{.name = "level", .label = "区域の種類", .kind = FORMIN_CODE}, {.name = "insurer", .label = "保険者", .kind = FORMIN_PID},
	{.name = "source", .label = "区域", .kind = FORMIN_PID}};

err page_area_towns(struct req *r)
{
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	return show(r, &(struct asked){req_query(r, "level"), req_query(r, "insurer"), req_query(r, "source")}, OK);
}

/* ---- into an area ---- */

static const struct formin_field MAP[] = {
	{.name = "level", .label = "区域の種類", .kind = FORMIN_CODE}, {.name = "insurer", .label = "保険者", .kind = FORMIN_PID}, {.name = "source", .label = "今の区域", .kind = FORMIN_PID},
	{.name = "town", .label = "町域", .kind = FORMIN_TEXT, .max = 150, .repeat = true}, {.name = "other", .label = "一覧にない町域", .kind = FORMIN_LINES, .max = 4000},
	{.name = "area", .label = "入れる区域", .kind = FORMIN_PID, .required = true}, {.name = "from_on", .label = "いつから", .kind = FORMIN_DAY},
	{.name = "block_from", .label = "番地（から）", .kind = FORMIN_INT, .lo = 0, .hi = 999999}, {.name = "block_to", .label = "番地（まで）", .kind = FORMIN_INT, .lo = 0, .hi = 999999},
};

struct picked {
	struct area area;
	struct town_map_new in;
	const char **values;
};

static err pick_lines(struct req *r, const char *city, struct town_pick *v, size_t *n)
{
	for (const char *p = req_field(r, "other"); *p;) {
		size_t len = strcspn(p, "\n");
		const char *town = str_trim(r->arena, arena_strn(r->arena, p, len));
		p += len + (p[len] == '\n');
		if (!*town || *n >= TOWN_MAP_MAX)
			continue;
		if (!*city)
			return fault_add(r->c, "other", ERR_INPUT, "市区町村名が分かりません。先に、保険者の「市区町村名」を機関の画面で入力してください。");
		v[(*n)++] = (struct town_pick){city, town, 0, 0};
	}
	return OK;
}

static err read_picks(struct req *r, struct picked *p)
{
	const char **chosen_towns = NULL, *city;
	int64_t insurer = INT_NULL;
	size_t n_chosen, n = 0;
	struct ui_field unused;
	TRY(formin_read(r, MAP, FORMIN_N(MAP)));
	TRY(area_get(r->c, req_field(r, "area"), &p->area));
	n_chosen = req_all(r, "town", &chosen_towns);
	struct town_pick *v = ARENA_ARRAY(r->arena, n_chosen + TOWN_MAP_MAX, struct town_pick);
	p->values = ARENA_ARRAY(r->arena, n_chosen + TOWN_MAP_MAX, const char *);
	for (size_t i = 0; i < n_chosen; i++) {
		if (!pick_of(r, chosen_towns[i], &v[n++]))
			return fault_add(r->c, "town", ERR_NOT_CHOICE, "町域を一覧から選んでください。");
	}
	TRY(territory_insurer(r->c, &insurer));
	TRY(area_insurer_field(r, req_field(r, "insurer"), &unused, &insurer));
	TRY(town_city_of(r->c, p->area.insurer_org_id != INT_NULL ? p->area.insurer_org_id : insurer, &city));
	TRY(pick_lines(r, city, v, &n));
	int64_t from = formin_int(r, "block_from"), to = formin_int(r, "block_to");
	if ((from != INT_NULL || to != INT_NULL) && n != 1)
		return fault_add(r->c, "block_from", ERR_INPUT, "番地の範囲は、町域を1つだけ選んだときに入力してください。");
	if (from != INT_NULL)
		v[0].block_from = from;
	if (to != INT_NULL)
		v[0].block_to = to;
	for (size_t i = 0; i < n; i++)
		p->values[i] = value_of(r, v[i].city, v[i].town, v[i].block_from, v[i].block_to);
	p->in = (struct town_map_new){.area_id = p->area.id, .v = v, .n = n, .from_on = formin_day(r, "from_on")};
	return OK;
}

static struct asked asked_of_form(struct req *r)
{
	return (struct asked){req_field(r, "level"), req_field(r, "insurer"), pid_valid(req_field(r, "source")) ? req_field(r, "source") : ""};
}

err page_area_towns_try(struct req *r)
{
	struct picked p;
	struct area_effect_view v = {.save_label = "この内容で保存する", .action = "/areas/towns", .last_text = ""};
	err e = read_picks(r, &p);
	if (e == OK)
		e = town_map_many(r->c, &p.in, true, &v.e);
	if (page_is_input(e)) {
		struct asked q = asked_of_form(r);
		return show(r, &q, e);
	}
	TRY(e);
	v.area_pid = p.area.pid;
	v.from_text = req_field(r, "from_on");
	v.insurer_pid = req_field(r, "insurer");
	v.towns = p.in.v;
	v.values = p.values;
	v.n_towns = p.in.n;
	v.sentence = arena_fmt(r->arena, "次の町域 %zu 件を「%s」に入れます。", p.in.n, p.area.name);
	return area_effect_show(r, "保存する前の確認", &v);
}

err page_area_towns_save(struct req *r)
{
	struct picked p;
	struct town_effect x;
	err e = read_picks(r, &p);
	if (e == OK)
		e = town_map_many(r->c, &p.in, false, &x);
	if (page_is_input(e)) {
		struct asked q = asked_of_form(r);
		return show(r, &q, e);
	}
	TRY(e);
	return area_follow_later(r, &x, arena_fmt(r->arena, "/areas/towns?level=%s", p.area.level));
}

/* ---- out of an area ---- */

static const struct formin_field LAST[] = {{.name = "last_day", .label = "最後の日", .kind = FORMIN_DAY, .required = true}};

err page_area_town_try(struct req *r)
{
	struct area a;
	struct area_effect_view v = {.save_label = "この町域を外す", .from_text = "", .insurer_pid = ""};
	TRY(area_get(r->c, req_param(r, "pid"), &a));
	err e = formin_read(r, LAST, FORMIN_N(LAST));
	if (e == OK)
		e = town_map_end(r->c, req_param(r, "tpid"), formin_day(r, "last_day"), true, &v.e);
	if (page_is_input(e))
		return area_show_again(r, e);
	TRY(e);
	v.area_pid = a.pid;
	v.last_text = req_field(r, "last_day");
	v.action = arena_fmt(r->arena, "/areas/%s/towns/%s/end", a.pid, req_param(r, "tpid"));
	v.sentence = arena_fmt(r->arena, "町域1件を「%s」から外します。", a.name);
	return area_effect_show(r, "町域を外す前の確認", &v);
}

err page_area_town_end(struct req *r)
{
	struct area a;
	struct town_effect x;
	TRY(area_get(r->c, req_param(r, "pid"), &a));
	err e = formin_read(r, LAST, FORMIN_N(LAST));
	if (e == OK)
		e = town_map_end(r->c, req_param(r, "tpid"), formin_day(r, "last_day"), false, &x);
	if (page_is_input(e))
		return area_show_again(r, e);
	TRY(e);
	return area_follow_later(r, &x, arena_fmt(r->arena, "/areas/%s", a.pid));
}

/* Everybody's areas anew, in a job. */
err page_area_follow(struct req *r)
{
	TRY(formin_read(r, NULL, 0));
	return area_may_write(r) ? area_follow_later(r, &(struct town_effect){.is_later = true, .on = r->c->today}, "/areas") : ERR_DENIED;
}
