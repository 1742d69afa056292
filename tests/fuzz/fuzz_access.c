/* What people type or paste at the door: anchor lines, one-time codes, TOTP codes, logins, passwords. */
#include "fuzz.h"

#include "access/audit.h"
#include "access/credential.h"
#include "access/key.h"
#include "access/secret.h"

FUZZ(a, data, n)
{
	struct ctx c;
	ctx_init(&c, a, 1795000000000LL);
	const char *text = arena_strn(a, (const char *)data, n);
	if (!str_utf8_valid(text, strlen(text)))
		return; /* every edge refuses it first */
	struct audit_head h;
	uint8_t raw[32];
	if (audit_anchor_parse(text, &h)) {
		MUST_HOLD(h.seq >= 0 && strlen(h.hash) == 64 && key_unhex(h.hash, raw, 32));
		char hex[65];
		key_hex(raw, 32, hex);
		MUST_HOLD(strcmp(hex, h.hash) == 0);
	}
	const char *code = credential_code_fold(&c, text);
	MUST_HOLD(strspn(code, "23456789ABCDEFGHJKMNPQRSTVWXYZ") == strlen(code) && strlen(code) <= 64);
	MUST_HOLD(strcmp(credential_code_fold(&c, code), code) == 0);
	const char *login = secret_fold_login(&c, text);
	MUST_HOLD(str_utf8_valid(login, strlen(login)));
	MUST_HOLD(strcmp(secret_fold_login(&c, login), login) == 0);
	static const uint8_t secret[CREDENTIAL_TOTP_SECRET] = "12345678901234567890";
	int64_t step = 0;
	if (credential_totp_check(secret, c.now_ms, text, 0, &step) == OK)
		MUST_HOLD(step >= c.now_ms / 30000 - 1 && step <= c.now_ms / 30000 + 1);
	if (credential_check_password(&c, "p", "hanako", text) == OK)
		MUST_HOLD(str_count(text) >= 12 && !strstr(text, "hanako"));
	else
		MUST_HOLD(c.n_faults == 1);
}
