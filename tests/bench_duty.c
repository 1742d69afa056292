/* How long the duties of 100,000 cases take on one date, the pure part. usage: bench_duty [LAW_DIR] [CASES]
 * 1,000 different cases of about 12 facts are judged again and again; texts are made for none of them and then for all. Prints lines,
 * seconds of CPU, microseconds per case. The aim is 2 s (design §11); measure with a build without sanitizers. */
#include "base/str.h"
#include "law/duty.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DIFFERENT = 1000, FACTS = 12 };

static double cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const char *body_of(struct arena *a, int k, const char **code)
{
	static const char *const bodies[FACTS][2] = {
		{"REC-EXPL", "{\"items\":\"important|choice|reason|hospital|fee\",\"agreed\":true}"},
		{"REC-ASSESS", "{\"at_home\":true,\"met_person\":true,\"met_family\":true,\"items\":23,\"purpose_told\":true}"},
		{"REC-DRAFT", "{\"made_on\":\"2026-04-05\",\"tables\":\"1|2|3\",\"benefit_kind\":true}"},
		{"REC-SCM", "{\"held_on\":\"2026-04-06\",\"attendees\":\"本人\"}"},
		{"REC-CONSENT", "{\"agreed_on\":\"2026-04-07\",\"target\":\"plan:p1:abc\"}"},
		{"REC-DELIV", "{\"delivered_on\":\"2026-04-08\",\"to\":\"person\",\"version\":\"p1\"}"},
		{"REC-CERT", "{\"applied_on\":\"2026-03-01\",\"apply_kind\":\"renew\",\"decided_on\":\"2026-03-20\",\"level\":\"c2\"}"},
		{"REC-SVCPLAN", "{\"asked_on\":\"2026-04-10\",\"office\":\"あおぞら\"}"},
		{"REC-MON", "{\"done_on\":\"2026-09-10\",\"how\":\"home\",\"written_on\":\"2026-09-10\",\"content\":true}"},
		{"REC-MON", "{\"done_on\":\"2026-10-10\",\"how\":\"home\",\"written_on\":\"2026-10-10\",\"content\":true}"},
		{"REC-MON", "{\"done_on\":\"2026-11-10\",\"how\":\"home\",\"written_on\":\"2026-11-10\",\"content\":true}"},
		{"REC-BILL", "{\"month\":\"2026-10\",\"units\":1086,\"sent_on\":\"2026-11-08\"}"},
	};
	*code = bodies[k][0];
	return arena_str(a, bodies[k][1]);
}

static struct duty_subject case_of(const struct law_catalogue *law, struct arena *a, int no)
{
	const struct duty_table *t = law->duties;
	struct duty_value *v = ARENA_ARRAY(a, 4, struct duty_value);
	v[0] = duty_value(t, "kind", no % 5 ? "home" : "prevention");
	v[1] = duty_value(t, "contract_on", "2026-04-01");
	v[2] = duty_value(t, "start_on", "2026-04-10");
	v[3] = duty_value(t, "office_kind", "kyotaku");
	struct duty_part *p = ARENA_ARRAY(a, 5, struct duty_part);
	static const char *const kinds[] = {"active", "plan", "recipient", "recipient", "provider"};
	for (int i = 0; i < 5; i++)
		p[i] = (struct duty_part){.kind = duty_symbol(t, kinds[i]), .id = i == 1 ? "p1" : i == 2 ? "person" : "office:1", .from = civil_from(2026, 4, 10), .to = CIVIL_OPEN,
			.parent = i > 1 ? &p[1] : NULL};
	struct duty_fact *f = ARENA_ARRAY(a, FACTS, struct duty_fact);
	size_t n = 0;
	for (int i = 0; i < FACTS; i++) {
		const char *code, *body = body_of(a, i, &code);
		if ((no + i) % 11 == 0) /* every case lacks one */
			continue;
		if (!duty_fact_read(t, a, code, civil_from(2026, i < 8 ? 4 : i + 1 > 11 ? 11 : i + 1, 5 + no % 20), 0, "t", i, body, &f[n++]))
			abort();
	}
	return (struct duty_subject){.kind = DUTY_CASE, .id = no, .ended_on = CIVIL_NONE, .attrs = v, .n_attrs = 4, .parts = p, .n_parts = 5, .facts = f, .n_facts = n};
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new((size_t)512 << 20), *work = arena_new((size_t)64 << 20);
	const struct law_catalogue *law;
	struct ctx c;
	int cases = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 100000;
	ctx_init(&c, a, 0);
	if (law_load(&c, a, argc > 1 ? argv[1] : "law", &law) != OK)
		return 1;
	struct duty_subject *s = ARENA_ARRAY(a, DIFFERENT, struct duty_subject);
	double t0 = cpu();
	for (int i = 0; i < DIFFERENT; i++)
		s[i] = case_of(law, a, i);
	double read = cpu() - t0;
	struct duty_ask ask = {.on = civil_from(2026, 11, 20), .from = civil_from(2026, 10, 1)};
	long lines = 0, open = 0;
	for (int words = 0; words < 2; words++) {
		lines = open = 0;
		t0 = cpu();
		for (int i = 0; i < cases; i++) {
			struct arena_mark m = arena_mark_get(work);
			struct duty_lines out = {0};
			duty_judge(law, work, &ask, &s[i % DIFFERENT], &out);
			lines += (long)out.n;
			for (size_t k = 0; k < out.n; k++) {
				struct duty_explanation x;
				open += out.v[k].status == DUTY_OVERDUE || out.v[k].status == DUTY_DUE;
				if (words)
					duty_explain(law, work, &ask, &out.v[k], &x);
			}
			arena_rewind(work, m);
		}
		double t = cpu() - t0;
		printf("%s\t%d cases\t%ld lines\t%ld open\t%.2f s\t%.1f us per case\n", words ? "judged and explained" : "judged", cases, lines, open, t, t * 1e6 / cases);
	}
	printf("facts read from JSON\t%d cases\t%.1f us per case\n", DIFFERENT, read * 1e6 / DIFFERENT);
	arena_free(work);
	arena_free(a);
	return 0;
}
