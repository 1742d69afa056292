#include "base/pid.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* Allowed mutable state (docs/architecture.md): a seeded generator for demo data and tests. */
static uint64_t seed_state[2];
static bool seeded;

static uint64_t splitmix(uint64_t *s)
{
	uint64_t z = (*s += 0x9E3779B97F4A7C15u);
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

void rand_seed(uint64_t seed)
{
	seed_state[0] = seed;
	seeded = true;
}

void rand_bytes(void *out, size_t n)
{
	unsigned char *p = out;
	if (seeded) {
		while (n) {
			uint64_t v = splitmix(&seed_state[0]);
			size_t k = n < sizeof v ? n : sizeof v;
			memcpy(p, &v, k);
			p += k;
			n -= k;
		}
		return;
	}
	while (n) {
		ssize_t k = getrandom(p, n, 0);
		if (k <= 0)
			abort();
		p += k;
		n -= (size_t)k;
	}
}

static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

void pid_make(char out[PID_TEXT])
{
	unsigned char b[17] = {0}; /* 26 letters = 130 bits; the last two bits are zero */
	rand_bytes(b, 16);
	for (int i = 0; i < 26; i++) {
		int bit = i * 5, byte = bit / 8, off = bit % 8;
		unsigned v = (unsigned)(b[byte] << 8) | b[byte + 1];
		out[i] = letters[v >> (11 - off) & 31];
	}
	out[26] = '\0';
}

bool pid_valid(const char *s)
{
	if (!s || strlen(s) != 26)
		return false;
	return strspn(s, letters) == 26;
}
