#include "main/demo_world.h"

#include "access/policy.h"
#include "base/str.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- chance (splitmix64; the house's own generator makes the ids) --- */

uint64_t demo_chance(struct demo *d)
{
	uint64_t z = (d->chance += 0x9E3779B97F4A7C15u);
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

int demo_below(struct demo *d, int n) { return (int)(demo_chance(d) % (uint64_t)n); }
bool demo_percent(struct demo *d, int percent) { return demo_below(d, 100) < percent; }
int demo_between(struct demo *d, int from, int to) { return from + demo_below(d, to - from + 1); }

/* --- lists --- */

err demo_read_text(struct arena *a, const char *path, char **text)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return ERR_IO;
	}
	enum { MOST = 1 << 20 };
	char *p = arena_alloc(a, MOST + 1);
	size_t n = fread(p, 1, MOST, f);
	bool bad = ferror(f) || n == MOST;
	fclose(f);
	*text = p;
	return bad || !str_utf8_valid(p, n) ? ERR_IO : OK;
}

static void name_add(struct demo_names *l, const char *name, const char *kana)
{
	l->v[l->n++] = (struct demo_name){name, kana};
}

static err read_names(struct demo *d, const char *text)
{
	size_t n;
	char **line = str_split(d->arena, text, '\n', &n);
	struct demo_names *const lists[] = {&d->surnames, &d->men, &d->women, &d->young};
	static const char *const kinds[] = {"surname", "male", "female", "young"};
	for (size_t k = 0; k < 4; k++)
		*lists[k] = (struct demo_names){ARENA_ARRAY(d->arena, n, struct demo_name), 0};
	for (size_t i = 0; i < n; i++) {
		size_t parts;
		char **p = str_split(d->arena, line[i], '\t', &parts);
		for (size_t k = 0; parts == 3 && k < 4; k++)
			if (str_eq(p[0], kinds[k]))
				name_add(lists[k], p[1], p[2]);
	}
	return d->surnames.n && d->men.n && d->women.n && d->young.n ? OK : ERR_IO;
}

static err read_samples(struct demo *d, const char *text)
{
	size_t n;
	char **line = str_split(d->arena, text, '\n', &n);
	d->sample = ARENA_ARRAY(d->arena, n, struct demo_sample);
	for (size_t i = 0; i < n; i++) {
		size_t parts;
		char **p = str_split(d->arena, line[i], '\t', &parts);
		if (line[i][0] == '#' || parts != 10 || str_eq(p[0], "level"))
			continue;
		d->sample[d->n_samples++] = (struct demo_sample){p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9],
			strstr(p[1], "abuse") || strstr(p[1], "fraud") || strstr(p[1], "guardian")};
	}
	return d->n_samples ? OK : ERR_IO;
}

err demo_read_lists(struct demo *d, const char *share_dir)
{
	char *text;
	TRY(demo_read_text(d->arena, arena_fmt(d->arena, "%s/demo/names.tsv", share_dir), &text));
	TRY(read_names(d, text));
	TRY(demo_read_text(d->arena, arena_fmt(d->arena, "%s/demo/consults.tsv", share_dir), &text));
	return read_samples(d, text);
}

/* --- who --- */

void demo_logins_fill(struct demo *d)
{
	static const struct demo_login all[] = {
#define DEMO_LOGIN(login, role, place, post, profession, name, kana)                                                  \
	{login, name, kana, post, profession, ROLE_##role, PLACE_##place, false, {0}, ""},
#include "main/demo_logins.tbl.h"
#undef DEMO_LOGIN
	};
	d->n_logins = sizeof all / sizeof all[0];
	d->login = arena_copy(d->arena, all, sizeof all);
	bool shown = true;
	for (size_t i = 0; i < d->n_logins; i++) {
		d->login[i].shown = shown;
		shown = shown && !str_eq(all[i].login, "admin"); /* the last of the shown ones */
	}
}

int demo_who(const struct demo *d, const char *login)
{
	for (size_t i = 0; i < d->n_logins; i++)
		if (str_eq(d->login[i].login, login))
			return (int)i;
	abort();
}

int demo_who_zone(const struct demo *d, int zone, int role)
{
	for (size_t i = 0; i < d->n_logins; i++)
		if (d->login[i].role == role && d->login[i].place == PLACE_CENTRE1 + zone)
			return (int)i;
	abort();
}

/* --- when --- */

civil demo_weekday(civil day)
{
	while (civil_weekday(day) > 5)
		day++;
	return day;
}

int64_t demo_instant(struct demo *d, civil day)
{
	return civil_instant_start(demo_weekday(day)) + (int64_t)demo_between(d, 9 * 60, 16 * 60 + 50) * 60000;
}

struct demo_event *demo_plan(struct demo *d, int64_t at_ms, int who, struct demo_person *p,
	err (*run)(struct demo *d, struct ctx *c, struct demo_event *e))
{
	if (d->n_events == d->cap_events) {
		size_t cap = d->cap_events ? d->cap_events * 2 : 1 << 15;
		struct demo_event *v = ARENA_ARRAY(d->arena, cap, struct demo_event);
		if (d->n_events)
			memcpy(v, d->events, d->n_events * sizeof *v);
		d->events = v;
		d->cap_events = cap;
	}
	struct demo_event *e = &d->events[d->n_events];
	*e = (struct demo_event){.at_ms = at_ms, .seq = (int64_t)d->n_events, .run = run, .who = who, .person = p};
	d->n_events++;
	return e;
}

/* --- where --- */

static const char *const towns[DEMO_TOWNS] = {
	"青葉町", "泉台", "梅が丘", "榎町", "大橋", "川原町", "北新田", "桜が丘", "谷下", "長澄", "浜ノ町", "湊本町",
};

const char *demo_town_name(int town) { return towns[town]; }

const char *demo_iso(struct ctx *c, civil day)
{
	char text[CIVIL_TEXT];
	civil_text(day, text);
	return arena_str(c->arena, text);
}

const char *demo_address(struct ctx *c, const struct demo_person *p)
{
	static const char *const part[] = {"一丁目", "二丁目", "三丁目"};
	return arena_fmt(c->arena, "つなぎ県" DEMO_CITY "%s%s%d番地%d", towns[p->town], p->town == 4 ? part[p->block % 3] : "",
		p->block, p->house);
}

const char *demo_postal(const struct demo_person *p)
{
	static const char *const codes[DEMO_TOWNS] = {"0000001", "0000002", "0000003", "0000004", "0000005", "0000006", "0000007",
		"0000008", "0000009", "0000010", "0000011", "0000012"};
	return codes[p->town];
}
