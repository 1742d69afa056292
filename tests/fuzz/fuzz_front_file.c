/* Exchange files of surveys: the body behind the seal and the line of a public key. Whatever comes is refused or reads back as the same. */
#include "fuzz.h"

#include "exchange/front_body.h"
#include "exchange/front_seal.h"

#include <string.h>

FUZZ(a, data, n)
{
	struct front_body b, again;
	const char *text = arena_strn(a, (const char *)data, n), *hex;
	if (front_body_parse(a, (const char *)data, n, &b) == OK) {
		const char *out = front_body_text(a, &b);
		MUST_HOLD(front_body_parse(a, out, strlen(out), &again) == OK);
		MUST_HOLD(again.n == b.n && strcmp(front_body_text(a, &again), out) == 0);
	}
	if (front_key_parse(a, text, &hex) == OK)
		MUST_HOLD(strlen(hex) == FRONT_PUBLIC_HEX);
}
