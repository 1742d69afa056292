/* bench_register N [DIR] — a house of N people (21 areas and centres), then the search box and the list as a nurse of one
 * centre, as an office with 30 clients and as the insurer: median, p95 and the slowest in µs. Aim: search p95 ≤ 5 ms at
 * 400,000 people (design §11). Prints one line per kind. The data folder is made under /tmp and taken away.
 *
 * With DIR, the folder of a demo town, its people grow by N and the folder stays: the insurer, one centre of 21 and one
 * office are those of the demo, so that its logins can ask for pages. "timeline PID" names a person of that centre whose
 * time line has 2,000 entries. N = 0 measures the folder as it is. */
#include "access/door.h"
#include "access/policy.h"
#include "access/session.h"
#include "base/clock.h"
#include "base/pid.h"
#include "jp/fold.h"
#include "register/org.h"
#include "register/person.h"
#include "register/person_list.h"
#include "register/staff.h"
#include "register/timeline.h"
#include "store/db.h"
#include "store/migrate.h"
#include "store/tx.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { AREAS = 21, SLICE = 2000, ROUNDS = 40, MINE = 3, ENTRIES = 2000 };

#define MUST_OK(expr)                                                                                                \
	do {                                                                                                         \
		err e_ = (expr);                                                                                     \
		if (e_ != OK) {                                                                                      \
			fprintf(stderr, "%s: %s\n", #expr, err_name(e_));                                            \
			for (size_t f_ = 0; f_ < bench.c.n_faults; f_++)                                              \
				fprintf(stderr, "%s: %s\n", bench.c.faults[f_].field, bench.c.faults[f_].message);        \
			exit(1);                                                                                     \
		}                                                                                                    \
	} while (0)

static struct bench {
	struct arena *arena;
	struct house house;
	struct ctx c;
	struct org insurer, centre[AREAS], office;
	struct area area[AREAS];
	const char *city, *town[AREAS];
	bool grow; /* a demo town is there already */
	long n, made;
	uint32_t seed;
} bench;

/* Frequent surnames stand more often, as in life. */
static const char *const family[][2] = {{"佐藤", "サトウ"}, {"佐藤", "サトウ"}, {"鈴木", "スズキ"}, {"鈴木", "スズキ"}, {"高橋", "タカハシ"}, {"髙橋", "タカハシ"},
	{"田中", "タナカ"}, {"伊藤", "イトウ"}, {"渡辺", "ワタナベ"}, {"渡邉", "ワタナベ"}, {"山本", "ヤマモト"}, {"中村", "ナカムラ"}, {"小林", "コバヤシ"},
	{"加藤", "カトウ"}, {"吉田", "ヨシダ"}, {"山田", "ヤマダ"}, {"佐々木", "ササキ"}, {"山口", "ヤマグチ"}, {"松本", "マツモト"}, {"井上", "イノウエ"},
	{"木村", "キムラ"}, {"林", "ハヤシ"}, {"斎藤", "サイトウ"}, {"齋藤", "サイトウ"}, {"清水", "シミズ"}, {"山崎", "ヤマザキ"}, {"森", "モリ"}, {"池田", "イケダ"},
	{"橋本", "ハシモト"}, {"阿部", "アベ"}, {"石川", "イシカワ"}, {"山下", "ヤマシタ"}, {"中島", "ナカジマ"}, {"石井", "イシイ"}, {"小川", "オガワ"},
	{"前田", "マエダ"}, {"岡田", "オカダ"}, {"長谷川", "ハセガワ"}, {"藤田", "フジタ"}, {"後藤", "ゴトウ"}};
static const char *const given[][2] = {{"花子", "ハナコ"}, {"和子", "カズコ"}, {"幸子", "サチコ"}, {"節子", "セツコ"}, {"洋子", "ヨウコ"}, {"京子", "キョウコ"},
	{"清", "キヨシ"}, {"実", "ミノル"}, {"勇", "イサム"}, {"茂", "シゲル"}, {"正雄", "マサオ"}, {"博", "ヒロシ"}, {"進", "ススム"}, {"トメ", "トメ"},
	{"千代", "チヨ"}, {"美代子", "ミヨコ"}, {"文子", "フミコ"}, {"久子", "ヒサコ"}, {"昭", "アキラ"}, {"三郎", "サブロウ"}, {"ハル", "ハル"}, {"一郎", "イチロウ"}};
enum { N_FAMILY = sizeof family / sizeof family[0], N_GIVEN = sizeof given / sizeof given[0] };

/* Two thirds bear a rarer name, put together from these. */
static const char *const part[][2] = {{"石", "イシ"}, {"村", "ムラ"}, {"川", "カワ"}, {"沢", "サワ"}, {"岡", "オカ"}, {"島", "シマ"}, {"原", "ハラ"}, {"野", "ノ"}, {"木", "キ"},
	{"谷", "タニ"}, {"上", "ウエ"}, {"下", "シタ"}, {"松", "マツ"}, {"竹", "タケ"}, {"梅", "ウメ"}, {"桜", "サクラ"}, {"米", "ヨネ"}, {"塩", "シオ"}, {"浜", "ハマ"}, {"北", "キタ"},
	{"南", "ミナミ"}, {"西", "ニシ"}, {"東", "ヒガシ"}, {"金", "カネ"}, {"黒", "クロ"}, {"白", "シラ"}, {"赤", "アカ"}, {"青", "アオ"}, {"堀", "ホリ"}, {"辻", "ツジ"}};
enum { N_PART = sizeof part / sizeof part[0] };

static uint32_t dice(uint32_t n)
{
	bench.seed = bench.seed * 1664525u + 1013904223u;
	return (bench.seed >> 8) % n;
}

static void act_as(int64_t account, int64_t org, int role)
{
	bench.c.actor = (struct actor){.account_id = account, .org_id = org, .role = role, .login = "bench", .purpose = "bench"};
	policy_load(&bench.c);
}

static void open_house(const char *dir)
{
	struct fold_table *fold;
	struct arena *a = bench.arena;
	MUST_OK(door_house(a, dir, &bench.house));
	MUST_OK(fold_open(a, arena_fmt(a, "%s/share/jp/itaiji.tsv", getenv("TSUNAGI_ROOT") ? getenv("TSUNAGI_ROOT") : "."), &fold, NULL));
	bench.house.fold = fold;
	ctx_init(&bench.c, a, clock_now_ms());
	MUST_OK(door_db(&bench.house, &bench.c.db));
	bench.c.house = &bench.house;
	session_act_as_console(&bench.c, "bench", "bench");
}

/* The first organisation of a kind; of the demo's centres that is the one of its nurse. */
static void first_org(const char *kind, struct org *out)
{
	struct org *v;
	size_t n;
	MUST_OK(org_list(&bench.c, &(struct org_filter){.kind = kind, .is_core = -1, .insurer_org_id = INT_NULL, .branch_of_org_id = INT_NULL,
		.area_id = INT_NULL, .on = CIVIL_NONE}, &v, &n));
	if (n == 0) {
		fprintf(stderr, "the demo town has no %s\n", kind);
		exit(1);
	}
	*out = v[0];
	for (size_t i = 1; i < n; i++)
		if (v[i].id < out->id)
			*out = v[i];
}

static void make_orgs(void)
{
	org_init(&bench.insurer);
	bench.insurer.kind = "insurer";
	bench.insurer.name = bench.city;
	MUST_OK(org_create(&bench.c, &bench.insurer));
	org_init(&bench.office);
	bench.office.kind = "home_cm";
	bench.office.name = "みどり居宅";
	MUST_OK(org_create(&bench.c, &bench.office));
}

static void make_area(int i)
{
	struct arena *a = bench.arena;
	struct town_area t = {.insurer_org_id = bench.insurer.id, .city = bench.city, .town = bench.town[i], .from_on = CIVIL_NONE, .to_on = CIVIL_NONE};
	org_init(&bench.centre[i]);
	bench.centre[i].kind = "centre";
	bench.centre[i].name = arena_fmt(a, "第%dセンター", i + 1);
	MUST_OK(org_create(&bench.c, &bench.centre[i]));
	area_init(&bench.area[i]);
	bench.area[i].name = arena_fmt(a, "第%d圏域", i + 1);
	bench.area[i].level = "zone";
	bench.area[i].insurer_org_id = bench.insurer.id;
	MUST_OK(area_create(&bench.c, &bench.area[i]));
	t.area_id = bench.area[i].id;
	MUST_OK(town_area_add(&bench.c, &t));
	MUST_OK(territory_assign(&bench.c, bench.centre[i].id, bench.area[i].id, "charge", CIVIL_NONE, CIVIL_NONE));
}

static void make_house(const char *dir)
{
	if (!bench.grow)
		MUST_OK(door_make(dir, true));
	open_house(dir);
	bench.city = bench.grow ? "つなぎ市" : "青葉市";
	for (int i = 0; i < AREAS; i++)
		bench.town[i] = arena_fmt(bench.arena, "%c町", "ABCDEFGHIJKLMNOPQRSTU"[i]);
	if (bench.grow) {
		first_org("insurer", &bench.insurer);
		first_org("home_cm", &bench.office);
		first_org("centre", &bench.centre[MINE]);
		bench.town[MINE] = "青葉町";
	} else {
		MUST_OK(migrate_run(&bench.c, NULL, "bench", NULL));
		make_orgs();
	}
	for (int i = 0; i < AREAS; i++)
		if (!bench.grow || (bench.n > 0 && i != MINE))
			make_area(i);
}

static err slice(struct ctx *c, void *arg)
{
	(void)arg;
	for (int i = 0; i < SLICE && bench.made < bench.n; i++, bench.made++) {
		struct duplicate_list dup;
		const char *pid;
		uint32_t f = dice(N_FAMILY), g = dice(N_GIVEN);
		uint32_t p = dice(N_PART), q = dice(N_PART), r = dice(N_PART);
		bool rare = dice(3) > 0, rare_given = dice(2) > 0;
		const char *const fam[2] = {rare ? arena_fmt(c->arena, "%s%s", part[p][0], part[q][0]) : family[f][0],
			rare ? arena_fmt(c->arena, "%s%s", part[p][1], part[q][1]) : family[f][1]};
		const char *const giv[2] = {rare_given ? arena_fmt(c->arena, "%s%s", part[r][0], r % 2 ? "江" : "男") : given[g][0],
			rare_given ? arena_fmt(c->arena, "%s%s", part[r][1], r % 2 ? "エ" : "オ") : given[g][1]};
		struct person_input in = {.name = arena_fmt(c->arena, "%s %s", fam[0], giv[0]), .kana = arena_fmt(c->arena, "%s %s", fam[1], giv[1]),
			.birth = arena_fmt(c->arena, "19%02u-%02u-%02u", 20 + dice(40), 1 + dice(12), 1 + dice(28)),
			.home = {"", arena_fmt(c->arena, "%s%s%u-%u", bench.city, bench.town[dice(AREAS)], 1 + dice(999), 1 + dice(99))},
			.phone = arena_fmt(c->arena, "0743-%02u-%04u", dice(100), dice(10000)), .duplicate_reason = "bench"};
		TRY(person_create(c, &in, &dup, &pid));
	}
	return OK;
}

static int by_us(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* Time as a user feels it, and of that the processor's: on a busy machine the tail of the first is the others' work. */
struct took {
	int64_t us[ROUNDS * 12], cpu[ROUNDS * 12];
	size_t n;
};

static int64_t cpu_us(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static void took_begin(struct took *t)
{
	t->us[t->n] = clock_monotonic_us();
	t->cpu[t->n] = cpu_us();
}

static void took_end(struct took *t)
{
	t->us[t->n] = clock_monotonic_us() - t->us[t->n];
	t->cpu[t->n] = cpu_us() - t->cpu[t->n];
	t->n++;
}

static void report(const char *what, struct took *t)
{
	size_t n = t->n;
	qsort(t->us, n, sizeof t->us[0], by_us);
	qsort(t->cpu, n, sizeof t->cpu[0], by_us);
	printf("%-28s median %6lld  p95 %6lld  max %6lld µs  cpu median %6lld  p95 %6lld  (%zu)\n", what, (long long)t->us[n / 2],
		(long long)t->us[n * 95 / 100], (long long)t->us[n - 1], (long long)t->cpu[n / 2], (long long)t->cpu[n * 95 / 100], n);
	fflush(stdout);
}

static const char *query(struct arena *a, uint32_t kind)
{
	uint32_t f = dice(N_FAMILY), g = dice(N_GIVEN);
	switch (kind) {
	case 0: return family[f][0];
	case 1: return family[f][1];
	case 2: return arena_fmt(a, "%s%s", family[f][0], given[g][0]);
	case 3: return arena_fmt(a, "%s %s", family[f][1], given[g][1]);
	case 4: return given[g][0];
	case 5: return given[g][1];
	case 6: return arena_fmt(a, "%s 19%02u-%02u-%02u", family[f][0], 20 + dice(40), 1 + dice(12), 1 + dice(28));
	case 7: return arena_fmt(a, "S%u.%u.%u", 1 + dice(30), 1 + dice(12), 1 + dice(28));
	case 8: return arena_fmt(a, "%04u", dice(10000));
	case 9: return "satou";
	case 10: return arena_fmt(a, "%s %s", given[g][0], family[f][1]);
	default: return "ゐない";
	}
}
static const char *const kinds[] = {"surname", "surname kana", "name", "name kana", "given", "given kana", "surname birth", "birth", "phone 4",
	"romaji", "words turned", "nobody"};

static void searches(const char *who)
{
	static struct took all, one;
	all.n = 0;
	for (uint32_t k = 0; k < 12; k++) {
		one.n = 0;
		for (int i = 0; i < ROUNDS; i++) {
			struct arena_mark m = arena_mark_get(bench.arena);
			struct person_hit *h;
			size_t found;
			bool more;
			const char *text = query(bench.arena, k);
			took_begin(&one);
			MUST_OK(person_find(&bench.c, text, 20, &h, &found, &more));
			took_end(&one);
			all.us[all.n] = one.us[i];
			all.cpu[all.n++] = one.cpu[i];
			arena_rewind(bench.arena, m);
		}
		report(arena_fmt(bench.arena, "%s: %s", who, kinds[k]), &one);
	}
	report(arena_fmt(bench.arena, "%s: all searches", who), &all);
}

static void count(const char *who, const char *what, struct person_list_choice *ch, int64_t most)
{
	static struct took t;
	int64_t n;
	t.n = 0;
	ch->count_most = most;
	took_begin(&t);
	MUST_OK(person_list_count(&bench.c, ch, &n));
	took_end(&t);
	report(arena_fmt(bench.arena, "%s: %s %lld", who, what, (long long)n), &t);
}

static void lists(const char *who)
{
	static struct took t;
	struct person_list_choice ch;
	struct person_hit *v;
	const char *next;
	size_t n;
	person_list_choice_init(&ch);
	t.n = 0;
	for (int i = 0; i < ROUNDS; i++) {
		took_begin(&t);
		MUST_OK(person_list(&bench.c, &ch, &v, &n, &next));
		took_end(&t);
		if (*next)
			ch.after = next;
	}
	report(arena_fmt(bench.arena, "%s: list page", who), &t);
	count(who, "count up to", &ch, 200);
	count(who, "count", &ch, 0);
}

static void give_office(int how_many)
{
	struct person_hit *v;
	struct person_list_choice ch;
	const char *next, *pid;
	struct staff cm;
	size_t n;
	session_act_as_console(&bench.c, "bench", "bench");
	staff_init(&cm);
	cm.name = "介護 支援";
	MUST_OK(staff_create(&bench.c, &cm, bench.office.id, "cm", bench.c.today, CIVIL_NONE));
	person_list_choice_init(&ch);
	ch.limit = how_many;
	ch.sort = LIST_BY_NEW;
	MUST_OK(person_list(&bench.c, &ch, &v, &n, &next));
	for (size_t i = 0; i < n; i++)
		MUST_OK(charge_begin(&bench.c, v[i].id, bench.office.id, cm.id, "main", bench.c.today, &pid));
}

/* The time line of somebody known for long: one person of the centre, an entry on each day of five years. */
static err entries(struct ctx *c, void *arg)
{
	const struct person_hit *h = arg;
	for (int i = 0; i < ENTRIES; i++)
		TRY(timeline_add(c, &(struct timeline_new){.person_id = h->id, .at_on = c->today - i, .kind = "phone", .record_class = CLASS_CARE,
			.org_id = bench.centre[MINE].id, .title = "電話で様子を聞いた", .summary = "変わりなく過ごしている。", .table_name = "bench", .row_id = i + 1}));
	return OK;
}

static void long_timeline(void)
{
	struct person_list_choice ch;
	struct person_hit *v;
	const char *next;
	size_t n;
	person_list_choice_init(&ch);
	ch.limit = 1;
	MUST_OK(person_list(&bench.c, &ch, &v, &n, &next));
	session_act_as_console(&bench.c, "bench", "bench");
	MUST_OK(tx_run(&bench.c, entries, v));
	printf("timeline %s\n", v[0].pid);
}

static void measure(void)
{
	act_as(1, bench.centre[MINE].id, ROLE_CENTRE_NURSE);
	searches("centre");
	lists("centre");
	if (bench.grow && bench.n > 0)
		long_timeline();
	act_as(2, bench.office.id, ROLE_CM);
	searches("office");
	lists("office");
	act_as(3, bench.insurer.id, ROLE_INSURER);
	searches("insurer");
	lists("insurer");
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/tsunagi-bench-XXXXXX";
	bench.n = argc > 1 ? atol(argv[1]) : 20000;
	bench.grow = argc > 2;
	bench.seed = 1;
	bench.arena = arena_new((size_t)2 << 30);
	rand_seed(1 + bench.grow); /* the demo town began with 1: no public id twice */
	if (!bench.arena || (!bench.grow && !mkdtemp(dir)))
		return 1;
	make_house(bench.grow ? argv[2] : dir);
	int64_t t = clock_monotonic_us();
	while (bench.made < bench.n) {
		struct arena_mark m = arena_mark_get(bench.arena); /* never rewound inside: the transaction keeps its notes there */
		MUST_OK(tx_run(&bench.c, slice, NULL));
		arena_rewind(bench.arena, m);
	}
	printf("%ld people in %lld s\n", bench.made, (long long)(clock_monotonic_us() - t) / 1000000);
	fflush(stdout);
	if (!bench.grow || bench.n > 0)
		give_office(30);
	measure();
	door_close(&bench.house, bench.c.db);
	if (bench.grow)
		return 0;
	char command[64];
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command) == 0 ? 0 : 1;
}
