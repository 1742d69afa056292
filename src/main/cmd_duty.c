/* tsunagi duty list — what the law asks on a day, as the page /duties shows it, with the reason of each line. */
#include "access/audit.h"
#include "base/buf.h"
#include "base/str.h"
#include "care/duty.h"
#include "codec/json.h"
#include "jp/era.h"
#include "main/commands.h"
#include "main/session_ctx.h"
#include "register/org.h"
#include "register/person.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PERSONS = 1000, MOST_WAITING = 4 << 20 };

static int usage(void)
{
	fputs("使い方: tsunagi duty list [--on 日] [--as-known 日] [--from 日] [--person 公開ID] [--office 公開ID] [--rule 規則]\n"
	      "                          [--status overdue|due|blocked|warned|waived|done|future] [--open] [--why] [--json]\n"
	      "  --as-known は、その日の終わりまでに書かれていたことだけで判定します。--why は理由も表示します。\n"
	      "  --from より前に終わった期間は、まだ開いているものだけを表示します（省くと前の月の1日）。\n"
	      "  急ぐものから順に並べます。--json は並べかえず、事例の順に1行ずつ出します（何件でも出せます）。\n"
	      "        tsunagi duty rebuild [--check]   （証拠記録を、もとの記録から計算しなおす）\n"
	      "共通の指定: --data フォルダー  --as 利用者ID\n終わりの番号: 0 済んだ、1 失敗、2 書き方の誤り\n", stderr);
	return 2;
}

struct wish {
	const char *on, *known, *from, *person, *office, *rule, *status;
	bool open, why, json;
};

static err day_of(struct ctx *c, const char *name, const char *text, civil *out)
{
	struct era_date d;
	*out = CIVIL_NONE;
	if (!text)
		return OK;
	if (era_parse(c, name, text, &d) != OK) {
		fault_clear(c); /* the sentence names the option instead of a field */
		return fault_add(c, name, ERR_DATE_FORM, "%s の「%s」は日付として読めません。2026-11-25 か R8.11.25 のように書いてください。", name, text);
	}
	*out = d.day;
	return OK;
}

/* A command on its own may use the whole machine; a worker of the server may not. */
static int processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : n > DUTY_HANDS_MOST ? DUTY_HANDS_MOST : (int)n;
}

static err query_of(struct ctx *c, const struct wish *w, struct duty_list_query *q)
{
	civil known;
	struct org o;
	*q = (struct duty_list_query){.hands = processors(), .only_open = w->open, .why = w->why || w->json, .q = {.subjects = DUTY_OF_CASE | DUTY_OF_PERSON, .rule = w->rule}};
	TRY(day_of(c, "--on", w->on, &q->q.on));
	TRY(day_of(c, "--from", w->from, &q->q.from));
	TRY(day_of(c, "--as-known", w->known, &known));
	if (known != CIVIL_NONE)
		q->q.known_ms = duty_known_ms(known);
	if (w->person)
		TRY(person_id(c, w->person, &q->q.person_id));
	else
		q->q.subjects |= DUTY_OF_OFFICE | DUTY_OF_INSURER;
	if (w->office) {
		TRY(org_get(c, w->office, &o));
		q->q.org_id = o.id;
	} else if (!c->actor.system) {
		q->q.org_id = c->actor.org_id;
	}
	for (int s = 0; w->status && s < DUTY_STATUSES; s++)
		if (str_eq(duty_status_code((enum duty_status)s), w->status))
			q->statuses = DUTY_SEES(s);
	return w->status && !q->statuses ? fault_add(c, "--status", ERR_INPUT, "--status の「%s」は状態の名前ではありません。", w->status) : OK;
}

static void text_member(struct buf *b, const char *name, const char *text)
{
	buf_fmt(b, ",\"%s\":", name);
	json_write_text(b, text);
}

static void day_member(struct buf *b, const char *name, civil day)
{
	char text[CIVIL_TEXT];
	if (day == CIVIL_NONE) {
		buf_fmt(b, ",\"%s\":null", name);
		return;
	}
	civil_text(day, text);
	text_member(b, name, text);
}

static void json_line(struct buf *b, const struct duty_item *i)
{
	buf_str(b, "{\"rule\":");
	json_write_text(b, i->rule->id);
	buf_fmt(b, ",\"version\":%d", i->rule->version);
	text_member(b, "status", duty_status_code(i->status));
	text_member(b, "title", i->rule->title);
	text_member(b, "person", i->about->person_pid);
	text_member(b, "case", i->about->case_pid);
	text_member(b, "office", i->about->org_pid);
	text_member(b, "target", i->target);
	day_member(b, "anchor", i->anchor);
	day_member(b, "due_on", i->due_on);
	day_member(b, "done_on", i->done_on);
	day_member(b, "mended_on", i->mended_on);
	text_member(b, "consequence", i->rule->consequence);
	text_member(b, "computation", i->why->computation);
	text_member(b, "source", i->rule->source);
	text_member(b, "confidence", i->rule->confidence);
	day_member(b, "valid_from", i->rule->from);
	buf_str(b, ",\"inputs\":[");
	for (size_t k = 0; k < i->why->n_inputs; k++) {
		buf_str(b, k ? ",{\"label\":" : "{\"label\":");
		json_write_text(b, i->why->inputs[k].label);
		text_member(b, "value", i->why->inputs[k].shown);
		text_member(b, "from", i->why->inputs[k].from);
		buf_char(b, '}');
	}
	buf_str(b, "]}\n");
}

static void plain_line(struct arena *a, const struct duty_item *i)
{
	printf("%s\t%s\t%s\t%s\t%s\t%s\n", duty_state_ja(i), i->rule->id, *i->about->person_pid ? i->about->person_pid : i->about->org_pid, duty_when_ja(a, i),
	       i->rule->title, i->target);
	if (!i->why)
		return;
	printf("\t理由: %s\n\t根拠: %s（確度 %s）\n", i->why->computation, i->rule->source, i->rule->confidence);
}

static int by_id(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return a < b ? -1 : a > b;
}

/* Whose duties were read stands in the record of looks, each person once. */
static err looked(struct ctx *c, const struct duty_list *l)
{
	int64_t *ids = ARENA_ARRAY(c->arena, l->n + 1, int64_t);
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].about->person_id)
			ids[n++] = l->v[i].about->person_id;
	if (n)
		qsort(ids, n, sizeof ids[0], by_id);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || ids[kept - 1] != ids[i])
			ids[kept++] = ids[i];
	return kept ? audit_look(c, "list", "duty list", ids, kept) : OK;
}

static err sorted(struct ctx *c, const struct duty_list_query *q, struct duty_list *out)
{
	TRY(duty_list(c, q, out));
	TRY(looked(c, out));
	for (size_t i = 0; i < out->n; i++) {
		struct arena_mark m = arena_mark_get(c->arena);
		plain_line(c->arena, &out->v[i]);
		arena_rewind(c->arena, m);
	}
	return OK;
}

/* Lines wait until the record of looks has the persons they are about. */
struct stream {
	struct arena *a;
	struct arena_mark empty;
	struct buf waiting;
	int64_t persons[PERSONS];
	size_t n_persons;
	int64_t lines;
};

static err let_go(struct ctx *c, struct stream *s)
{
	if (s->n_persons)
		TRY(audit_look(c, "list", "duty list", s->persons, s->n_persons));
	if (s->waiting.n && fwrite(s->waiting.p, 1, s->waiting.n, stdout) != s->waiting.n)
		return ERR_IO;
	arena_rewind(s->a, s->empty);
	s->waiting = buf_new(s->a);
	s->n_persons = 0;
	return OK;
}

static err hand_on(struct ctx *c, const struct duty_item *i, void *arg)
{
	struct stream *s = arg;
	int64_t person = i->about->person_id;
	if (person && (s->n_persons == 0 || s->persons[s->n_persons - 1] != person)) {
		if (s->n_persons == PERSONS)
			TRY(let_go(c, s));
		s->persons[s->n_persons++] = person;
	}
	json_line(&s->waiting, i);
	s->lines++;
	return s->waiting.n > MOST_WAITING ? let_go(c, s) : OK;
}

static err streamed(struct ctx *c, struct duty_list_query *q, struct duty_list *out)
{
	struct stream *s = ARENA_NEW(c->arena, struct stream);
	s->a = arena_new((size_t)64 << 20);
	if (!s->a)
		return ERR_NOMEM;
	arena_set_escape(s->a, NULL);
	s->empty = arena_mark_get(s->a);
	s->waiting = buf_new(s->a);
	q->each = hand_on;
	q->each_arg = s;
	err e = duty_list(c, q, out);
	if (e == OK)
		e = let_go(c, s);
	out->n = (size_t)s->lines;
	arena_free(s->a);
	return e;
}

static int list(struct session_ctx *s, const struct wish *w)
{
	struct duty_list_query q;
	struct duty_list out;
	volatile err e = ERR_NOMEM;
	jmp_buf full;
	if (setjmp(full) == 0) {
		arena_set_escape(s->arena, &full);
		e = query_of(&s->ctx, w, &q);
		if (e == OK)
			e = w->json ? streamed(&s->ctx, &q, &out) : sorted(&s->ctx, &q, &out);
	}
	arena_set_escape(s->arena, cli_no_memory());
	if (e == ERR_NOMEM) {
		fputs("表示する行が多すぎて、メモリに入りません。--office、--status、--rule で絞るか、--json を使ってください（--json は何件でも出せます）。\n", stderr);
		return 1;
	}
	if (e != OK)
		return session_ctx_fail(s, e);
	fprintf(stderr, "対象%lld件、表示%zu行（期限を過ぎた %lld、期限内 %lld、できません %lld、例外 %lld、済み %lld）\n", (long long)out.n_subjects, out.n,
	        (long long)out.count[DUTY_OVERDUE], (long long)out.count[DUTY_DUE], (long long)out.count[DUTY_BLOCKED], (long long)out.count[DUTY_WAIVED],
	        (long long)out.count[DUTY_DONE]);
	return 0;
}

int cmd_duty(int argc, char **argv)
{
	if (argc > 1 && str_eq(argv[1], "rebuild"))
		return duty_rebuild(argc, argv);
	struct wish w = {.on = cli_option(&argc, argv, "--on"), .known = cli_option(&argc, argv, "--as-known"), .from = cli_option(&argc, argv, "--from"),
		.person = cli_option(&argc, argv, "--person"), .office = cli_option(&argc, argv, "--office"), .rule = cli_option(&argc, argv, "--rule"),
		.status = cli_option(&argc, argv, "--status"), .open = cli_flag(&argc, argv, "--open"), .why = cli_flag(&argc, argv, "--why"),
		.json = cli_flag(&argc, argv, "--json")};
	const char *data = session_ctx_data(&argc, argv), *as = cli_option(&argc, argv, "--as");
	struct session_ctx s;
	if (cli_rest(argc, argv) || argc != 2 || !str_eq(argv[1], "list"))
		return usage();
	int code = session_ctx_open(&s, data, as, "cli:duty");
	if (code)
		return code;
	code = list(&s, &w);
	session_ctx_close(&s);
	return code;
}
