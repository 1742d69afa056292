#include "register/gate.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/str.h"
#include "jp/numbers.h"

#include <string.h>

err gate_logged_in(const struct ctx *c)
{
	return c->actor.system || c->actor.account_id > 0 ? OK : ERR_DENIED;
}

err gate_territory(const struct ctx *c)
{
	return c->actor.system || policy_may_administer(c) || c->actor.role == ROLE_INSURER || c->actor.role == ROLE_INSURER_RIGHTS
		? OK : ERR_DENIED;
}

void gate_length(struct ctx *c, const char *field, const char *label, const char *text, size_t max)
{
	size_t n = str_count(text);
	if (n > max)
		fault_add(c, field, ERR_TOO_LONG, "%sは%zu文字までです。今は%zu文字あります。", label, max, n);
}

static uint32_t half(uint32_t u)
{
	if (u >= 0xFF01 && u <= 0xFF5E)
		return u - 0xFF01 + '!';
	if (u == 0x3000)
		return ' ';
	if (u == 0x2010 || u == 0x2011 || u == 0x2012 || u == 0x2013 || u == 0x2014 || u == 0x2015 || u == 0x2212 || u == 0x30FC ||
		u == 0xFF70)
		return '-';
	return u;
}

const char *gate_phone(struct ctx *c, const char *field, const char *label, const char *text)
{
	struct buf b = buf_new(c->arena);
	size_t digits = 0;
	bool bad = false;
	const char *p = str_trim(c->arena, str_or(text, ""));
	for (uint32_t u; (u = str_next(&p)) != 0;) {
		u = half(u);
		digits += u >= '0' && u <= '9';
		bad |= u > 0x7E || !strchr("0123456789-()+ #", (int)u);
		buf_utf8(&b, u);
	}
	const char *even;
	if (b.n && number_phone(c->arena, b.p, &even))
		return even;
	if (b.n && (bad || digits < 4 || digits > 15))
		fault_add(c, field, ERR_INPUT, "%sは、数字とハイフンで入力してください（例 03-1234-5678）。", label);
	return b.n ? b.p : "";
}

const char *gate_like(struct ctx *c, const char *text)
{
	struct buf b = buf_new(c->arena);
	buf_char(&b, '%');
	for (; *text; text++)
		if (*text != '%' && *text != '_')
			buf_char(&b, *text);
	buf_char(&b, '%');
	return b.p;
}
