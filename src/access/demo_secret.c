#include "access/demo_secret.h"

#include "base/house.h"

#include <string.h>

_Static_assert(sizeof DEMO_TOTP - 1 == CREDENTIAL_TOTP_SECRET * 8 / 5, "32 letters of Base32 are 20 bytes");

err demo_secret_bytes(const struct ctx *c, uint8_t out[CREDENTIAL_TOTP_SECRET])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	if (!c->house || !c->house->demo)
		return ERR_DENIED;
	uint32_t bits = 0;
	int n_bits = 0;
	size_t n = 0;
	for (const char *p = DEMO_TOTP; *p; p++) {
		bits = bits << 5 | (uint32_t)(strchr(letters, *p) - letters);
		n_bits += 5;
		if (n_bits >= 8)
			out[n++] = (uint8_t)(bits >> (n_bits -= 8));
	}
	return n == CREDENTIAL_TOTP_SECRET ? OK : ERR_BUG;
}

err demo_secret_code(const struct ctx *c, char out[7])
{
	uint8_t secret[CREDENTIAL_TOTP_SECRET];
	TRY(demo_secret_bytes(c, secret));
	return credential_totp_code(secret, c->now_ms, out);
}
