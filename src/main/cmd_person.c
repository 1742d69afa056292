/* tsunagi person find TEXT --as ACCOUNT --json | person show ID — the search box of the pages on the command line. It
 * finds what that account would find on the page, and is in the record of looks like a page. */
#include "access/audit.h"
#include "base/str.h"
#include "codec/json.h"
#include "jp/era.h"
#include "main/commands.h"
#include "main/register_open.h"
#include "register/person.h"
#include "register/search.h"

#include <stdio.h>
#include <string.h>

struct request {
	struct session_ctx s;
	bool json;
	int limit;
};

static int usage(void)
{
	fputs("使い方: tsunagi person find 検索語 --as 利用者ID [--json] [--limit 件数]\n"
	      "        tsunagi person show 個人ID --as 利用者ID [--json]\n"
	      "検索語: 氏名（異体字も）、フリガナ、ローマ字、被保険者番号、生年月日、電話番号。組み合わせてもよい。\n"
	      "共通の指定: --data フォルダー\n終わりの番号: 0 調べた（0人のときも）、1 失敗、2 書き方の誤り、または見られない人\n", stderr);
	return 2;
}

static struct json *day(struct arena *a, civil d)
{
	char text[CIVIL_TEXT];
	civil_text(d, text);
	return *text ? json_new_text(a, text) : json_new(a, JSON_NULL);
}

static struct json *age(struct arena *a, const struct ctx *c, civil birth)
{
	return birth == CIVIL_NONE ? json_new(a, JSON_NULL) : json_new_int(a, civil_age(birth, c->today));
}

static void print_json(struct arena *a, const struct json *v)
{
	puts(json_to_text(a, v, false));
}

static struct json *hit_json(struct arena *a, const struct ctx *c, const struct person_hit *h)
{
	struct json *o = json_new(a, JSON_OBJECT);
	json_set(a, o, "pid", json_new_text(a, h->pid));
	json_set(a, o, "name", json_new_text(a, h->name));
	json_set(a, o, "kana", json_new_text(a, h->kana));
	json_set(a, o, "sex", json_new_text(a, h->sex));
	json_set(a, o, "birth", day(a, h->birth_on));
	json_set(a, o, "birth_text", json_new_text(a, h->birth_on == CIVIL_NONE ? h->birth_text : era_text(a, h->birth_on)));
	json_set(a, o, "age", age(a, c, h->birth_on));
	json_set(a, o, "address", json_new_text(a, h->home_address));
	json_set(a, o, "area", json_new_text(a, h->area_name));
	json_set(a, o, "score", json_new_int(a, h->score));
	json_set(a, o, "matched", json_new_text(a, h->matched));
	return o;
}

static err look(struct ctx *c, const char *action, const char *what, const struct person_hit *h, size_t n)
{
	int64_t *ids = ARENA_ARRAY(c->arena, n ? n : 1, int64_t);
	for (size_t i = 0; i < n; i++)
		ids[i] = h[i].id;
	return audit_look(c, action, what, ids, n);
}

static int find(struct request *r, const char *text)
{
	struct ctx *c = &r->s.ctx;
	struct person_hit *h;
	size_t n;
	bool more;
	err e = person_find(c, text, r->limit, &h, &n, &more);
	if (e == OK)
		e = look(c, "list", "person find", h, n);
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	struct json *all = json_new(c->arena, JSON_ARRAY);
	for (size_t i = 0; i < n; i++)
		json_add(c->arena, all, hit_json(c->arena, c, &h[i]));
	if (r->json)
		print_json(c->arena, all);
	for (size_t i = 0; i < n && !r->json; i++)
		printf("%s\t%s\t%s\t%s\t%s\n", h[i].pid, h[i].name, h[i].kana,
			h[i].birth_on == CIVIL_NONE ? h[i].birth_text : era_text_short(c->arena, h[i].birth_on), h[i].area_name);
	if (more)
		fputs("ほかにもいます。検索語を足すか、--limit を増やしてください。\n", stderr);
	if (!n && !r->json)
		fputs("当てはまる人はいません。\n", stderr);
	return 0;
}

static struct json *card_json(struct arena *a, const struct ctx *c, const struct person_card *k)
{
	const struct person *p = &k->p;
	struct json *o = json_new(a, JSON_OBJECT), *areas = json_new(a, JSON_OBJECT), *locked = json_new(a, JSON_ARRAY);
	json_set(a, o, "pid", json_new_text(a, p->pid));
	json_set(a, o, "version", json_new_int(a, p->version));
	json_set(a, o, "name", json_new_text(a, p->name));
	json_set(a, o, "kana", json_new_text(a, p->kana));
	json_set(a, o, "sex", json_new_text(a, p->sex));
	json_set(a, o, "birth", day(a, p->birth_on));
	json_set(a, o, "birth_text", json_new_text(a, k->birth_text));
	json_set(a, o, "age", age(a, c, p->birth_on));
	json_set(a, o, "home_postal", json_new_text(a, p->home.postal));
	json_set(a, o, "home_address", json_new_text(a, p->home.address));
	json_set(a, o, "registered_address", json_new_text(a, p->registered.address));
	json_set(a, o, "card_address", json_new_text(a, p->card.address));
	json_set(a, o, "phone", json_new_text(a, p->phone));
	json_set(a, o, "mobile", json_new_text(a, p->mobile));
	for (int s = 0; s < AREA_SLOTS; s++)
		json_set(a, areas, area_slot_level((enum area_slot)s), json_new_text(a, p->area_name[s]));
	json_set(a, o, "areas", areas);
	json_set(a, o, "registered_by", json_new_text(a, k->own_org_name));
	json_set(a, o, "insurer", json_new_text(a, k->insurer_name));
	json_set(a, o, "death", day(a, p->death_on));
	json_set(a, o, "moved_out", day(a, p->moved_out_on));
	json_set(a, o, "records", json_new_int(a, (int64_t)k->n_cluster));
	for (int i = 0; i < CLASS_COUNT; i++)
		if (k->view.of[i] == VISIBILITY_KNOWN)
			json_add(a, locked, json_new_text(a, class_code(1 << i)));
	json_set(a, o, "locked", locked);
	return o;
}

static int show(struct request *r, const char *pid)
{
	struct ctx *c = &r->s.ctx;
	struct person_card k;
	err e = person_open(c, pid, &k);
	if (e == OK)
		e = audit_look(c, "view", "person show", &k.p.id, 1);
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	const struct person *p = &k.p;
	if (r->json) {
		print_json(c->arena, card_json(c->arena, c, &k));
		return 0;
	}
	printf("氏名\t%s（%s）\n性別\t%s\n生年月日\t%s %s\n現住所\t%s\n電話\t%s %s\n圏域\t%s\n登録した機関\t%s\n保険者\t%s\n", p->name, p->kana,
		person_sex_ja(p->sex), k.birth_text, k.age_text, p->home.address, p->phone, p->mobile, p->area_name[AREA_SLOT_ZONE], k.own_org_name,
		k.insurer_name);
	if (*k.view.locked_ja)
		printf("見られない記録\t%s\n", k.view.locked_ja);
	return 0;
}

int cmd_person(int argc, char **argv)
{
	struct request r = {0};
	const char *as = cli_option(&argc, argv, "--as"), *limit = cli_option(&argc, argv, "--limit"), *data = session_ctx_data(&argc, argv);
	r.json = cli_flag(&argc, argv, "--json");
	if (cli_rest(argc, argv) != 0)
		return 2;
	int64_t n = 20;
	bool is_find = argc >= 3 && strcmp(argv[1], "find") == 0, is_show = argc == 3 && strcmp(argv[1], "show") == 0;
	if ((!is_find && !is_show) || (limit && (!str_int(limit, &n) || n < 1 || n > SEARCH_MAX)))
		return usage();
	for (int i = 2; i < argc; i++)
		if (!str_utf8_valid(argv[i], strlen(argv[i])))
			return cli_fail(ERR_NOT_UTF8);
	r.limit = (int)n;
	int code = register_open(&r.s, data, as, "cli:person");
	if (code != 0)
		return code;
	const char *text = argv[2];
	for (int i = 3; i < argc; i++)
		text = arena_fmt(r.s.arena, "%s %s", text, argv[i]);
	code = is_find ? find(&r, text) : show(&r, text);
	session_ctx_close(&r.s);
	return code;
}
