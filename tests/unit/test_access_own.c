/* access/own: tickets and the new authenticator; access/denied. */
#include "access/own.h"

#include "access_world.h"

static void as(struct world *w, int64_t account)
{
	w->c.actor = (struct actor){.account_id = account, .login = "hana", .role = ROLE_CENTRE_NURSE, .org_id = 1, .purpose = "test"};
	policy_load(&w->c);
}

static void tickets(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *text;
	as(w, 7);
	const char *t = own_ticket_make(c, "code", "ABCD EFGH");
	assert_null(strstr(t, "ABCD"));
	ok(own_ticket_open(c, "code", t, &text));
	assert_string_equal(text, "ABCD EFGH");
	assert_int_equal(own_ticket_open(c, "paper", t, &text), ERR_NOTFOUND);
	assert_int_equal(own_ticket_open(c, "cod", t, &text), ERR_NOTFOUND);
	assert_int_equal(own_ticket_open(c, "code", "", &text), ERR_NOTFOUND);
	assert_int_equal(own_ticket_open(c, "code", "zz", &text), ERR_NOTFOUND);
	char *broken = arena_fmt(c->arena, "%s", t);
	broken[strlen(broken) / 2] ^= 1;
	assert_int_equal(own_ticket_open(c, "code", broken, &text), ERR_NOTFOUND);
	as(w, 77);
	assert_int_equal(own_ticket_open(c, "code", t, &text), ERR_NOTFOUND);
	as(w, 7);
	world_clock(w, NOW + OWN_TICKET_MS - 1);
	ok(own_ticket_open(c, "code", t, &text));
	world_clock(w, NOW + OWN_TICKET_MS);
	assert_int_equal(own_ticket_open(c, "code", t, &text), ERR_NOTFOUND);
}

static void authenticator(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	char hash[CREDENTIAL_HASH_TEXT], code[7];
	uint8_t first[CREDENTIAL_TOTP_SECRET] = {1};
	int64_t id;
	struct own_totp o, again;
	ok(credential_hash("aoi-sora-no-michi", hash));
	ok(account_make_ready(c, &(struct account_new){.login = "hana", .name = "花子", .role = ROLE_CENTRE_NURSE, .org_id = 1, .staff_id = INT_NULL,
		.until_on = CIVIL_NONE}, hash, first, &id));
	as(w, id);
	ok(own_totp_offer(c, &o));
	ok(own_totp_again(c, o.sealed, &again));
	assert_string_equal(o.text, again.text);
	assert_int_equal(own_totp_renew(c, o.sealed, "000000"), ERR_TOTP);
	assert_int_equal(own_totp_renew(c, "00", "000000"), ERR_SESSION_END);
	/* the secret in the offer, as an authenticator would read it */
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	uint8_t secret[CREDENTIAL_TOTP_SECRET + 1] = {0};
	size_t bits = 0;
	for (const char *p = o.text; *p; p++)
		for (int k = 4; *p != ' ' && k >= 0; k--, bits++)
			if ((size_t)(strchr(alphabet, *p) - alphabet) >> k & 1)
				secret[bits / 8] |= (uint8_t)(0x80 >> bits % 8);
	ok(credential_totp_code(secret, c->now_ms, code));
	ok(own_totp_renew(c, o.sealed, code));
	struct own_event *v;
	size_t n;
	ok(own_events(c, 10, &v, &n));
	assert_int_equal(n, 1);
	assert_string_equal(v[0].action, "totp");
	world_clock(w, NOW + OWN_OFFER_MS);
	assert_int_equal(own_totp_renew(c, o.sealed, code), ERR_SESSION_END);
}

static void denials(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct audit_denial *v;
	size_t n;
	int64_t bytes;
	ok(audit_look(c, "view", "person.view", (int64_t[]){1}, 1));
	ok(audit_look(c, "denied", "person.view", (int64_t[]){1, 2}, 2));
	ok(audit_denials(c, c->today - 14, 10, &v, &n));
	assert_int_equal(n, 1);
	assert_string_equal(v[0].what, "person.view");
	assert_int_equal(v[0].n_persons, 2);
	ok(audit_denials(c, c->today + 1, 10, &v, &n));
	assert_int_equal(n, 0);
	ok(audit_size(c, &bytes));
	assert_true(bytes > 0);
	as(w, 7);
	assert_int_equal(audit_denials(c, c->today, 10, &v, &n), ERR_DENIED);
	assert_int_equal(audit_login_failures(c, c->today, 10, &v, &n), ERR_DENIED);
	assert_int_equal(audit_size(c, &bytes), ERR_DENIED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {WORLD(tickets), WORLD(authenticator), WORLD(denials)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
