/* demo_world — the invented town つなぎ市: its offices, its people and two years of their records.
 *
 * Everything is planned first (pure, from one seed: who lives, falls ill, calls, is certified, dies), as a list of events,
 * each with its instant. Then the events run in the order of time through the public functions of register/ and care/,
 * each as the account that would have done it and with the clock of its day, so that history, grants, evidence, tasks
 * and audit come about as in a real house. A seed and a clock give the same town again (but for keys, salts and
 * sealed secrets). Several hundred events share a transaction (exchange/transfer).
 *
 * Memory: the plan lives in `arena`; an event works in ctx->arena, which is emptied after every batch.
 * All people, offices and texts are invented (demo/names.tsv, demo/consults.tsv). Tests: tests/unit/test_exchange.c. */
#ifndef TSU_MAIN_DEMO_WORLD_H
#define TSU_MAIN_DEMO_WORLD_H

#include "base/ctx.h"
#include "base/pid.h"

#define DEMO_CITY "つなぎ市"
#define DEMO_INSURER_NO "992013"

enum demo_place {
	PLACE_NOWHERE = -1,
#define DEMO_PLACE(name, kind, full, short_name, form, core, operator, town) PLACE_##name,
#include "main/demo_places.tbl.h"
#undef DEMO_PLACE
	DEMO_PLACES
};

struct demo_org {
	int64_t id;
	char pid[PID_TEXT];
};

struct demo_login {
	const char *login, *name, *kana, *post, *profession;
	int role;
	enum demo_place place;
	bool shown;
	struct actor actor;
	char staff_pid[PID_TEXT];
};

enum { DEMO_TOWNS = 12, DEMO_ZONES = 3 };

struct demo_name {
	const char *name, *kana;
};
struct demo_names {
	struct demo_name *v;
	size_t n;
};

struct demo_sample { /* a line of demo/consults.tsv */
	const char *level, *classes, *source, *relation, *channel, *content, *wish, *response, *responses, *next_action;
	bool guarded; /* abuse, fraud, guardian */
};

/* One period of certification. applied_on after the end of the plan is left out. */
struct demo_cert {
	const char *kind, *level;
	civil applied_on, decided_on /* CIVIL_NONE: not yet */, from_on, to_on;
	char pid[PID_TEXT];
};
enum { DEMO_CERTS = 12, DEMO_CHECKS = 4 };

struct demo_person {
	const char *name, *kana, *surname, *surname_kana;
	int sex; /* 1 man, 2 woman */
	civil birth_on, known_on /* registered */, end_on /* died or moved out; CIVIL_NONE */;
	int64_t known_ms;
	bool dies, by_city, alone, has_disability;
	int town, block, house, zone, frailty; /* frailty 0–100 */
	const char *phone, *insured_no;
	struct demo_person *spouse;
	struct demo_cert cert[DEMO_CERTS];
	size_t n_certs;
	bool expired;      /* did not renew */
	bool whole, behind; /* kept as the law asks (demo_whole); but for the visits of the last weeks */
	int office, office_staff; /* of OFFICE1…; -1 none yet */
	bool has_charge, target; /* set while running */
	char check_pid[DEMO_CHECKS][PID_TEXT];
	size_t n_checks;
	char routing_pid[PID_TEXT];
	char case_pid[PID_TEXT]; /* the running case; "" none */
	int case_login;          /* who keeps it */
	char plan_pid[PID_TEXT], meeting_pid[PID_TEXT], stay_pid[PID_TEXT]; /* the newest; "" none */
	char commission_pid[PID_TEXT];
	civil commission_on;     /* day of its last step */
	int commission_login, commission_course, commission_step; /* of the office; by which course; how many steps were taken */
	int64_t id;
	char pid[PID_TEXT];
};

struct demo_consult {
	const struct demo_sample *sample;
	struct demo_person *person; /* NULL: nobody yet */
	struct demo_person *later;  /* who it turns out to be */
	int who;                    /* index of the login */
	int n_entries, done;        /* how many follow; how many are written */
	bool stays_open, watching;
	civil next_on[6];           /* day of each entry */
	char pid[PID_TEXT];
};

struct demo;
struct demo_event {
	int64_t at_ms, seq;
	err (*run)(struct demo *d, struct ctx *c, struct demo_event *e);
	int who;
	struct demo_person *person;
	struct demo_consult *consult;
	int n, m;
};

enum { DEMO_DISPATCHES = 16 };
struct demo {
	struct arena *arena; /* of the plan */
	uint64_t chance;
	int64_t now_ms;
	civil today, start_on; /* the town begins to keep records */
	size_t n_people, n_commissions;
	struct demo_org place[DEMO_PLACES];
	struct demo_login *login;
	size_t n_logins;
	struct demo_names surnames, men, women, young;
	struct demo_sample *sample;
	size_t n_samples;
	struct demo_person *people;
	struct demo_event *events;
	size_t n_events, cap_events;
	const char *password_hash;
	char dispatch_pid[DEMO_DISPATCHES][PID_TEXT], example_pid[PID_TEXT];
	struct demo_event *failed; /* where it stopped */
};

/* chance; n > 0 */
uint64_t demo_chance(struct demo *d);
int demo_below(struct demo *d, int n);
bool demo_percent(struct demo *d, int percent);
int demo_between(struct demo *d, int from, int to); /* both inclusive */

/* A whole file of UTF-8; ERR_IO. */
MUST err demo_read_text(struct arena *a, const char *path, char **out);
MUST err demo_read_lists(struct demo *d, const char *share_dir);
int demo_who(const struct demo *d, const char *login); /* index; stops the program if there is none */
int demo_who_zone(const struct demo *d, int zone, int role); /* the centre's account of that role */
/* A weekday at or after the day, at an hour of work. */
int64_t demo_instant(struct demo *d, civil day);
civil demo_weekday(civil day); /* the day or the next Monday */
struct demo_event *demo_plan(struct demo *d, int64_t at_ms, int who, struct demo_person *p,
	err (*run)(struct demo *d, struct ctx *c, struct demo_event *e));
int demo_office_of(const struct demo_person *p); /* the place of 居宅介護支援 that will have the person */
const char *demo_iso(struct ctx *c, civil day); /* "" for none */
const char *demo_address(struct ctx *c, const struct demo_person *p);
const char *demo_postal(const struct demo_person *p);
const char *demo_town_name(int town);

/* Steps. */
MUST err demo_make_town(struct demo *d, struct ctx *c);   /* organisations, areas, staff, accounts, postal codes */
void demo_plan_people(struct demo *d);
void demo_plan_person_records(struct demo *d, struct demo_person *p);
void demo_plan_consults(struct demo *d);
void demo_plan_checklists(struct demo *d);
void demo_plan_plans(struct demo *d);       /* after the assessments they follow */
void demo_plan_visits(struct demo *d);      /* after the plans they follow */
void demo_plan_hospital(struct demo *d);
void demo_plan_renewals(struct demo *d);    /* evaluations, things that do not fit, scans */
void demo_plan_commissions(struct demo *d);
void demo_plan_dispatches(struct demo *d);
void demo_plan_assessments(struct demo *d); /* nothing of the town hangs on it */
void demo_plan_whole(struct demo *d);       /* last: it draws no chance */
/* Acts of care that others plan. */
void demo_plan_check(struct demo *d, struct demo_person *p, civil day, int who, struct demo_consult *from);

/* Clock, lists, password, accounts: d->chance is the seed. */
MUST err demo_prepare(struct demo *d, struct ctx *c, const char *share_dir);
void demo_forget(struct ctx *c, struct arena_mark m);
/* One batch of today in which other actors act; the one before is back afterwards. No transaction around it. */
MUST err demo_as_others(struct demo *d, struct ctx *c, err (*all)(struct ctx *, void *), void *arg);
/* cmd_demo.c: a new folder marked demo, migrated and open; the exit code after a message. */
struct session_ctx;
int demo_open_new(struct session_ctx *s, const char *dir, const char *purpose);

/* The whole of it. c: the console's; its arena is used for the work and emptied. d->n_people and the seed are given. */
MUST err demo_run(struct demo *d, struct ctx *c, const char *share_dir, uint64_t seed);
void demo_logins_fill(struct demo *d); /* the table alone */

#endif
