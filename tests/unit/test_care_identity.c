/* Is the file about this person: names folded, former names, readings, birth date, insured number; FHIR Patient. */
#include "care_world.h"

#include "care/identity.h"
#include "codec/json.h"

static struct identity compare(struct world *w, const char *name, const char *kana, civil birth, const char *insured)
{
	struct identity out;
	ok(identity_compare(&w->c, prs(w, 1), &(struct identity_said){name, kana, insured, birth}, &out));
	return out;
}

static void known_person(struct world *w)
{
	world_sql(w, "UPDATE person SET name = '渡辺 花子', kana = 'ワタナベ　ハナコ', birth_on = '1940-03-02' WHERE id = 1");
	world_sql(w, "INSERT INTO person_name (pid, version, person_id, kind, name, kana, created_ms, created_by, updated_ms, updated_by)"
		" VALUES ('nam%023d', 1, 1, 'former', '見本 花子', 'ミホン ハナコ', 0, 0, 0, 0)", 1);
	world_sql(w, "INSERT INTO person_insurance (pid, version, person_id, insurer_no, insured_no, category, from_on, to_on, created_ms, created_by, updated_ms,"
		" updated_by) VALUES ('ins%023d', 1, 1, '139999', '0000001234', '1', '2020-04-01', '9999-12-31', 0, 0, 0, 0)", 1);
}

static void names_and_numbers(void **state)
{
	struct world *w = *state;
	civil born = D(1940, 3, 2);
	known_person(w);
	static const struct {
		const char *name, *kana, *insured;
		int y, m, d;
		bool differs, contradicts;
	} rows[] = {
		{"渡辺花子", NULL, NULL, 1940, 3, 2, false, false},
		{"渡邊　花子", "ﾜﾀﾅﾍﾞ ﾊﾅｺ", "０００００01234", 1940, 3, 2, false, false}, /* 異体字, width */
		{"ワタナベ ハナコ", NULL, NULL, 1940, 3, 2, false, false},              /* the reading where the name should stand */
		{"見本 花子", NULL, NULL, 1940, 3, 2, false, false},                     /* the former name */
		{"見本 花子", "ミホン ハナコ", NULL, 1940, 3, 2, false, false},
		{"渡辺 花江", NULL, NULL, 1940, 3, 2, true, false},
		{"渡辺 花子", "ワタナベ カコ", NULL, 1940, 3, 2, true, false},
		{"渡辺 花子", NULL, NULL, 1940, 3, 3, true, false},
		{"渡辺 花子", NULL, "0000001235", 1940, 3, 2, true, false},
		{"佐藤 花子", NULL, NULL, 1941, 3, 2, true, true},
		{NULL, "サトウ ハナコ", NULL, 1941, 3, 2, true, true},
		{"佐藤 花子", NULL, "0000001234", 1940, 3, 2, true, false},
		{"渡辺 花子", NULL, "A-17", 1940, 3, 2, false, false}, /* the number of another system */
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct identity x = compare(w, rows[i].name, rows[i].kana, D(rows[i].y, rows[i].m, rows[i].d), rows[i].insured);
		if (x.differs != rows[i].differs || x.contradicts != rows[i].contradicts)
			fail_msg("row %zu: %d %d", i, x.differs, x.contradicts);
	}
	/* a file that says nothing contradicts nothing, and says that nothing was compared */
	struct identity x = compare(w, NULL, "", CIVIL_NONE, NULL);
	assert_false(x.differs);
	for (int i = 0; i < IDENTITY_COUNT; i++)
		assert_false(x.lines[i].compared);
	x = compare(w, "佐藤 花子", NULL, born, NULL);
	assert_string_equal(x.lines[IDENTITY_NAME].file, "佐藤 花子");
	assert_string_equal(x.lines[IDENTITY_NAME].here, "渡辺 花子");
	assert_string_equal(x.lines[IDENTITY_BIRTH].here, "昭和15年3月2日（1940年3月2日）");
	stranger(w);
	is_err(identity_compare(&w->c, prs(w, 1), &(struct identity_said){.birth_on = CIVIL_NONE}, &x), ERR_NOTFOUND);
}

static void patient_in_the_file(void **state)
{
	struct world *w = *state;
	static const char text[] = "{\"resourceType\":\"QuestionnaireResponse\",\"subject\":{\"reference\":\"#p\",\"display\":\"別の 名前\","
		"\"identifier\":{\"value\":\"0000009999\"}},\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":["
		"{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation\",\"valueCode\":\"SYL\"}],"
		"\"text\":\"ワタナベ ハナコ\"},{\"family\":\"渡辺\",\"given\":[\"花子\"]}],\"birthDate\":\"1940-03-02\","
		"\"identifier\":[{\"value\":\"カルテ17\"},{\"value\":\"0000001234\"}]}]}";
	struct json *j;
	struct identity_said said = {.birth_on = CIVIL_NONE};
	ok(json_parse(w->arena, text, strlen(text), NULL, &j, NULL));
	identity_of_fhir(w->arena, j, &said);
	assert_string_equal(said.name, "渡辺 花子");
	assert_string_equal(said.kana, "ワタナベ ハナコ");
	assert_string_equal(said.insured_no, "0000001234");
	assert_int_equal(said.birth_on, D(1940, 3, 2));
	/* what the form itself says comes first */
	said = (struct identity_said){.name = "見本 一", .birth_on = D(1930, 1, 1)};
	identity_of_fhir(w->arena, j, &said);
	assert_string_equal(said.name, "見本 一");
	assert_int_equal(said.birth_on, D(1930, 1, 1));
	static const char *const odd[] = {"{}", "[]", "{\"subject\":3,\"contained\":{}}", "{\"contained\":[1,{\"resourceType\":\"Patient\",\"name\":[2],\"birthDate\":\"1940\"}]}"};
	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
		said = (struct identity_said){.birth_on = CIVIL_NONE};
		ok(json_parse(w->arena, odd[i], strlen(odd[i]), NULL, &j, NULL));
		identity_of_fhir(w->arena, j, &said);
		assert_null(said.name);
		assert_int_equal(said.birth_on, CIVIL_NONE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(names_and_numbers), CARE(patient_in_the_file)};
	return cmocka_run_group_tests_name("care_identity", tests, NULL, NULL);
}
