/* tsunagi area list|add|alias|assign|towns|map|unmap|end|gaps|mismatch|follow|import — the areas (日常生活圏域 …) of a house: who serves
 * them, which towns lie in them. Acts --as an account or as the audited console. --check shows what would happen and changes
 * nothing. Codes: 0 done, 1 failed, 2 the call or the input was wrong, 3 an import left bad rows out. */
#include "base/buf.h"
#include "base/str.h"
#include "jp/era.h"
#include "main/commands.h"
#include "main/register_open.h"
#include "register/org.h"
#include "register/territory_import.h"
#include "register/town_map.h"

#include <stdio.h>
#include <string.h>

enum { EXIT_BAD_ROWS = 3 };

struct request {
	struct session_ctx s;
	int argc;
	char **argv; /* argv[1] is the verb */
	const char *level, *code, *parent, *from, *to, *on, *city, *blocks;
	bool check;
};

static int usage(void)
{
	fputs("使い方: tsunagi area list [--level 種類] [--on 日]\n"
	      "        tsunagi area add 名前 --level 種類 [--code 番号] [--parent 上の区域] [--from 日] [--to 日]\n"
	      "        tsunagi area alias 区域 別の呼び名\n"
	      "        tsunagi area assign 区域 機関 [--from 日]           （担当のセンターを決める）\n"
	      "        tsunagi area towns 区域\n"
	      "        tsunagi area map 区域 町域… [--city 市区町村] [--blocks 1-20] [--from 日] [--check]\n"
	      "        tsunagi area unmap 町域のID 最後の日 [--check]\n"
	      "        tsunagi area end 区域 最後の日 [--check]\n"
	      "        tsunagi area gaps [--level 種類]                   （まだ区域のない町域）\n"
	      "        tsunagi area mismatch [--on 日]                    （2つ以上の圏域にまたがる区域）\n"
	      "        tsunagi area follow                                （住所から全員の区域を決めなおす。毎日1回）\n"
	      "        tsunagi area import ファイル.csv [--check]           （UTF-8 か CP932）\n"
	      "区域と機関は、名前・番号・IDのどれでも指定できます。--check は、何が起きるかを表示するだけで、書き込みません。\n"
	      "共通の指定: --data フォルダー  --as 利用者ID\n終わりの番号: 0 済んだ、1 失敗、2 書き方の誤り、3 取り込めない行があった\n種類:", stderr);
	for (size_t i = 0; i < area_level_count(); i++)
		fprintf(stderr, " %s（%s）", area_level_code(i), area_level_label_ja(area_level_code(i)));
	fputc('\n', stderr);
	return 2;
}

/* --- what was typed --- */

static err day_of(struct ctx *c, const char *field, const char *text, civil if_none, civil *out)
{
	struct era_date d;
	*out = if_none;
	if (!text)
		return OK;
	TRY(era_parse(c, field, text, &d));
	*out = d.day;
	return OK;
}

static err level_of(struct ctx *c, const char *text, const char **level)
{
	*level = NULL;
	if (!text)
		return OK;
	for (size_t i = 0; i < area_level_count(); i++) {
		const char *word;
		TRY(area_level_word(c, area_level_code(i), &word));
		if (str_eq(text, area_level_code(i)) || str_eq(text, area_level_label_ja(area_level_code(i))) || str_eq(text, word)) {
			*level = area_level_code(i);
			return OK;
		}
	}
	return fault_add(c, "level", ERR_NOT_CHOICE, "--level の種類「%s」が分かりません。", text);
}

static err area_of(struct ctx *c, const char *text, const char *level, struct area *out)
{
	size_t n;
	TRY(area_named(c, text, level, out, &n));
	if (n == 1)
		return OK;
	return fault_add(c, "area", ERR_INPUT, n ? "区域「%s」がいくつもあります。tsunagi area list で出る ID か、--level で指定してください。"
		: "区域「%s」はありません。tsunagi area list で確かめてください。", text);
}

static const char *day_text(struct ctx *c, civil d)
{
	char text[CIVIL_TEXT];
	if (d == CIVIL_NONE || d == CIVIL_OPEN)
		return "";
	civil_text(d, text);
	return arena_str(c->arena, text);
}

/* --- reading --- */

static err centres(struct ctx *c, int64_t area_id, civil on, const char **out)
{
	struct org_area *v;
	size_t n;
	*out = "";
	TRY(territory_of_area(c, area_id, on, &v, &n));
	for (size_t i = 0; i < n; i++)
		*out = **out ? arena_fmt(c->arena, "%s、%s", *out, v[i].org_name) : v[i].org_name;
	return OK;
}

static err list(struct request *r)
{
	struct ctx *c = &r->s.ctx;
	const char *level, *who;
	civil on;
	struct area *v;
	size_t n;
	TRY(level_of(c, r->level, &level));
	TRY(day_of(c, "on", r->on, c->today, &on));
	TRY(area_list(c, level, on, &v, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(centres(c, v[i].id, on, &who));
		printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", v[i].pid, v[i].level, v[i].code, v[i].name, day_text(c, v[i].valid_from), day_text(c, v[i].valid_to), who);
	}
	return OK;
}

static err towns(struct request *r)
{
	struct ctx *c = &r->s.ctx;
	struct area a;
	struct town_area *v;
	size_t n;
	const char *level;
	TRY(level_of(c, r->level, &level));
	TRY(area_of(c, r->argv[2], level, &a));
	TRY(town_area_list(c, a.id, &v, &n));
	for (size_t i = 0; i < n; i++) {
		const char *blocks = v[i].block_from == 0 && v[i].block_to == 999999 ? ""
			: arena_fmt(c->arena, "%lld-%lld", (long long)v[i].block_from, (long long)v[i].block_to);
		printf("%s\t%s\t%s\t%s\t%s\t%s\n", v[i].pid, v[i].city, v[i].town, blocks, day_text(c, v[i].from_on), day_text(c, v[i].to_on));
	}
	return OK;
}

static err gaps(struct request *r)
{
	struct ctx *c = &r->s.ctx;
	struct town_gaps g;
	const char *level;
	int64_t insurer;
	TRY(level_of(c, r->level, &level));
	TRY(territory_insurer(c, &insurer));
	TRY(town_gap_list(c, insurer, level ? level : "zone", &g));
	for (size_t i = 0; i < g.n; i++)
		printf("%s\t%s\t%lld\n", g.v[i].city, g.v[i].town, (long long)g.v[i].persons);
	if (!*g.city)
		fputs("保険者の市区町村名が分かりません。機関の画面で、保険者の「市区町村名」を入力してください。\n", stderr);
	else if (!g.postal_rows)
		fprintf(stderr, "%sの郵便番号が取り込まれていません。tsunagi postal import で取り込むと、町域の一覧が出ます。\n", g.city);
	if (g.elsewhere)
		fprintf(stderr, "ほかに、町域が分からない方が%lld人います。\n", (long long)g.elsewhere);
	return OK;
}

static err mismatch(struct request *r)
{
	struct ctx *c = &r->s.ctx;
	struct area_mismatch *v;
	size_t n;
	civil on;
	TRY(day_of(c, "on", r->on, c->today, &on));
	TRY(territory_mismatch(c, on, &v, &n));
	for (size_t i = 0; i < n; i++)
		printf("%s\t%s\t%s\t%s\t%lld\n", v[i].area_level, v[i].area_name, v[i].zone_name, v[i].org_name, (long long)v[i].towns);
	return OK;
}

/* --- writing --- */

static err add(struct request *r)
{
	struct ctx *c = &r->s.ctx;
	struct area a, up;
	const char *level;
	area_init(&a);
	TRY(level_of(c, r->level, &level));
	a.level = level ? level : "";
	a.name = r->argv[2];
	a.code = str_or(r->code, "");
	TRY(day_of(c, "from", r->from, CIVIL_NONE, &a.valid_from));
	TRY(day_of(c, "to", r->to, CIVIL_OPEN, &a.valid_to));
	TRY(territory_insurer(c, &a.insurer_org_id));
	if (r->parent) {
		TRY(area_of(c, r->parent, NULL, &up));
		a.parent_area_id = up.id;
	}
	TRY(area_create(c, &a));
	printf("%s\n", a.pid);
	return OK;
}

static err alias(struct request *r)
{
	struct area a;
	const char *level;
	TRY(level_of(&r->s.ctx, r->level, &level));
	TRY(area_of(&r->s.ctx, r->argv[2], level, &a));
	return area_alias_add(&r->s.ctx, a.id, r->argv[3]);
}

static err assign(struct request *r)
{
	struct ctx *c = &r->s.ctx;
	struct area a;
	struct org o;
	const char *level;
	int64_t org;
	civil from;
	TRY(level_of(c, r->level, &level));
	TRY(area_of(c, r->argv[2], level, &a));
	TRY(org_named(c, "org", r->argv[3], &org));
	TRY(org_load(c, org, &o));
	TRY(day_of(c, "from", r->from, c->today, &from));
	return territory_assign(c, org, a.id, str_eq(o.kind, "centre") ? "charge" : str_eq(o.kind, "branch") ? "branch" : "cover", from, CIVIL_OPEN);
}

/* Numbers to stdout; what is still to be done is done here, for the command line has time. */
static err tell(struct request *r, const struct town_effect *e)
{
	int64_t changed = e->persons;
	struct ctx *c = &r->s.ctx;
	if (!r->check && e->is_later && e->on <= c->today)
		TRY(town_follow_all(c, &changed));
	printf("町域 加えた %lld・そのまま %lld・終えた %lld\n区域が変わる人 %lld人（%sから）\n", (long long)e->added, (long long)e->same, (long long)e->ended,
		(long long)changed, day_text(c, e->on));
	if (!r->check && e->on > c->today)
		fputs("その日になったら tsunagi area follow で、人の区域が変わります（毎日1回の実行をすすめます）。\n", stderr);
	if (r->check)
		fputs("確かめただけで、書き込んでいません。\n", stderr);
	return OK;
}

static bool blocks_of(const char *text, int64_t *from, int64_t *to)
{
	long long a, b;
	char rest;
	*from = *to = 0;
	if (!text)
		return true;
	int n = sscanf(text, "%6lld-%6lld%c", &a, &b, &rest);
	*from = n >= 1 ? a : 0;
	*to = n == 2 ? b : n == 1 ? a : 0;
	return n == 2 || (n == 1 && !strchr(text, '-'));
}

static err map(struct request *r)
{
	struct ctx *c = &r->s.ctx;
	struct area a;
	struct town_effect e;
	const char *level, *city = r->city;
	int64_t from, to, insurer;
	size_t n = (size_t)(r->argc - 3);
	struct town_pick *v = ARENA_ARRAY(c->arena, n, struct town_pick);
	struct town_map_new in = {.v = v, .n = n};
	TRY(level_of(c, r->level, &level));
	TRY(area_of(c, r->argv[2], level, &a));
	if (!blocks_of(r->blocks, &from, &to))
		return fault_add(c, "blocks", ERR_RANGE, "--blocks は 1-20 のように書いてください。");
	if (!city) {
		TRY(territory_insurer(c, &insurer));
		TRY(town_city_of(c, a.insurer_org_id != INT_NULL ? a.insurer_org_id : insurer, &city));
	}
	for (size_t i = 0; i < n; i++)
		v[i] = (struct town_pick){city, r->argv[3 + i], from, to};
	TRY(day_of(c, "from", r->from, CIVIL_NONE, &in.from_on));
	in.area_id = a.id;
	TRY(town_map_many(c, &in, r->check, &e));
	return tell(r, &e);
}

static err unmap(struct request *r)
{
	struct town_effect e;
	civil last;
	TRY(day_of(&r->s.ctx, "to", r->argv[3], CIVIL_NONE, &last));
	TRY(town_map_end(&r->s.ctx, r->argv[2], last, r->check, &e));
	return tell(r, &e);
}

static err end(struct request *r)
{
	struct area a;
	struct town_effect e;
	const char *level;
	civil last;
	TRY(level_of(&r->s.ctx, r->level, &level));
	TRY(area_of(&r->s.ctx, r->argv[2], level, &a));
	TRY(day_of(&r->s.ctx, "to", r->argv[3], CIVIL_NONE, &last));
	TRY(town_area_close(&r->s.ctx, a.pid, last, r->check, &e));
	return tell(r, &e);
}

static err follow(struct request *r)
{
	int64_t n;
	TRY(town_follow_all(&r->s.ctx, &n));
	printf("%lld\n", (long long)n);
	return OK;
}

/* --- import --- */

static int import(struct request *r, const char *path)
{
	struct ctx *c = &r->s.ctx;
	struct territory_import t;
	size_t n;
	char *bytes = cli_read_file(c->arena, path, TERRITORY_IMPORT_BYTES, &n);
	if (!bytes)
		return 1;
	err e = territory_import_csv(c, bytes, n, r->check, 0, &t);
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	cli_import_lines(&t.said);
	printf("読めた行 %lld・取り込めない行 %lld\n区域 %lld・別の呼び名 %lld・担当 %lld・町域 %lld を加え%s。区域が変わる人 %lld人\n", (long long)t.good, (long long)t.bad,
		(long long)t.areas, (long long)t.aliases, (long long)t.assigned, (long long)t.towns, r->check ? "ます（まだ書き込んでいません）" : "ました", (long long)t.persons);
	return t.bad ? EXIT_BAD_ROWS : 0;
}

static const struct verb {
	const char *name;
	int least, most; /* words behind the verb */
	err (*run)(struct request *r);
} verbs[] = {
	{"list", 0, 0, list}, {"add", 1, 1, add}, {"alias", 2, 2, alias}, {"assign", 2, 2, assign}, {"towns", 1, 1, towns}, {"map", 2, TOWN_MAP_MAX, map},
	{"unmap", 2, 2, unmap}, {"end", 2, 2, end}, {"gaps", 0, 0, gaps}, {"mismatch", 0, 0, mismatch}, {"follow", 0, 0, follow}, {"import", 1, 1, NULL},
};

int cmd_area(int argc, char **argv)
{
	struct request r = {0};
	const char *data = session_ctx_data(&argc, argv), *as = cli_option(&argc, argv, "--as");
	const struct verb *v = NULL;
	r.level = cli_option(&argc, argv, "--level");
	r.code = cli_option(&argc, argv, "--code");
	r.parent = cli_option(&argc, argv, "--parent");
	r.from = cli_option(&argc, argv, "--from");
	r.to = cli_option(&argc, argv, "--to");
	r.on = cli_option(&argc, argv, "--on");
	r.city = cli_option(&argc, argv, "--city");
	r.blocks = cli_option(&argc, argv, "--blocks");
	r.check = cli_flag(&argc, argv, "--check");
	r.argc = argc;
	r.argv = argv;
	const char *typed[] = {r.level, r.code, r.parent, r.from, r.to, r.on, r.city, r.blocks};
	if (cli_rest(argc, argv) != 0)
		return 2;
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
		if (typed[i] && !str_utf8_valid(typed[i], strlen(typed[i])))
			return cli_fail(ERR_NOT_UTF8);
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0] && argc > 1; i++)
		if (strcmp(argv[1], verbs[i].name) == 0 && argc - 2 >= verbs[i].least && argc - 2 <= verbs[i].most)
			v = &verbs[i];
	if (!v)
		return usage();
	int code = register_open(&r.s, data, as, "cli:area");
	if (code != 0)
		return code;
	if (v->run) {
		err e = v->run(&r);
		code = e == OK ? 0 : session_ctx_fail(&r.s, e);
	} else {
		code = import(&r, argv[2]);
	}
	session_ctx_close(&r.s);
	return code;
}
