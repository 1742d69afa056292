/* Fail the N-th call, over a whole act of the register: saving a person touches a dozen tables (grants, areas, search keys,
 * history, audit). Whichever call of the database or of memory fails, nothing of it is stored and the next try works. */
#include "register_world.h"

#include "sql/all.h"
#include "store/open.h"

#include <setjmp.h>

enum { MOST_TABLES = 200 };
static char counts[MOST_TABLES][120];

/* Rows of all tables together, each table weighted, so that a lost and a doubled row hardly cancel out. */
static int64_t rows_in_all(struct world *w)
{
	int64_t sum = 0;
	for (size_t i = 0; i < table_all_n; i++) {
		assert_in_range(i, 0, MOST_TABLES - 1);
		if (!counts[i][0])
			snprintf(counts[i], sizeof counts[i], "SELECT COUNT(*) * %d FROM %s", (int)i + 1, table_all[i]->name);
		sum += count_sql(w, counts[i]);
	}
	return sum;
}

static err create(struct world *w, long n)
{
	struct duplicate_list dup;
	const char *pid;
	struct person_input in = {.name = arena_fmt(w->arena, "試験 %ld", n), .kana = "シケン ハナコ", .birth = "昭和15年3月2日",
		.home = {"", "青葉市緑町一丁目3"}, .phone = "0312345678", .duplicate_reason = "別の人と確認した"};
	return person_create(&w->c, &in, &dup, &pid);
}

static void database(void **state)
{
	struct world *w = *state;
	static const err faults[] = {ERR_DB, ERR_DISK_FULL};
	for (size_t f = 0; f < 2; f++) {
		long failed = 0;
		struct arena_mark mark = arena_mark_get(w->arena);
		for (long n = 1;; n++) {
			arena_rewind(w->arena, mark);
			int64_t before = rows_in_all(w);
			db_fail_nth(n, faults[f]);
			err e = create(w, (long)f * 10000 + n);
			bool struck = db_fail_left() == 0;
			db_fail_nth(0, OK);
			fault_clear(&w->c);
			assert_false(db_in_tx(w->db));
			/* From the commit on the save is whole; what follows it (the head beside the data) may fail without undoing it. */
			if (e == OK) {
				assert_true(rows_in_all(w) > before + 10);
				break;
			}
			assert_true(struck);
			assert_int_equal(e, faults[f]);
			assert_true(rows_in_all(w) == before);
			failed++;
		}
		assert_in_range(failed, 20, 2000);
	}
}

static void memory(void **state)
{
	struct world *w = *state;
	volatile long failed = 0, n = 1; /* every one at first, then in steps */
	struct arena_mark mark = arena_mark_get(w->arena);
	for (;; n += n < 40 ? 1 : 41) {
		arena_rewind(w->arena, mark);
		int64_t before = rows_in_all(w);
		jmp_buf out;
		volatile err e = ERR_NOMEM;
		arena_set_escape(w->arena, &out);
		if (setjmp(out) == 0) {
			arena_fail_nth(n);
			e = create(w, 50000 + n);
		} else {
			arena_fail_nth(0);
			store_recover(&w->c);
			failed++;
		}
		arena_fail_nth(0);
		arena_set_escape(w->arena, NULL);
		fault_clear(&w->c);
		assert_false(db_in_tx(w->db));
		if (e == OK)
			break;
		assert_int_equal(e, ERR_NOMEM);
		assert_true(rows_in_all(w) == before);
	}
	assert_true(failed > 40);
	ok(create(w, 99999));
}

int main(void)
{
	const struct CMUnitTest tests[] = {REGISTER(database), REGISTER(memory)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
