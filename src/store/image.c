#include "store/image.h"

#include "base/buf.h"

#include <string.h>

struct cursor {
	const unsigned char *p;
	size_t n, at;
};

static unsigned be16(const unsigned char *p) { return (unsigned)p[0] << 8 | p[1]; }

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static uint32_t number(const unsigned char *p, int bytes, bool little)
{
	uint32_t v = 0;
	for (int i = 0; i < bytes; i++)
		v |= (uint32_t)p[i] << (8 * (little ? i : bytes - 1 - i));
	return v;
}

/* Tag 0x0112 of the first directory; 1 (upright) if absent or unreadable. p: behind "Exif\0\0". */
static int orientation(const unsigned char *p, size_t n)
{
	if (n < 8 || (memcmp(p, "II", 2) != 0 && memcmp(p, "MM", 2) != 0))
		return 1;
	bool little = p[0] == 'I';
	size_t at = number(p + 4, 4, little);
	if (at > n || n - at < 2)
		return 1;
	size_t count = number(p + at, 2, little);
	at += 2;
	for (size_t i = 0; i < count && n - at >= 12; i++, at += 12)
		if (number(p + at, 2, little) == 0x0112) {
			uint32_t v = number(p + at + 8, 2, little);
			return v >= 1 && v <= 8 ? (int)v : 1;
		}
	return 1;
}

static void put_orientation(struct buf *b, int turn)
{
	const unsigned char exif[] = {0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3,
		0, 0, 0, 1, 0, (unsigned char)turn, 0, 0, 0, 0, 0, 0};
	buf_add(b, exif, sizeof exif);
}

/* From behind a SOS header to the next marker that is no restart and no stuffed FF. */
static size_t scan_end(const unsigned char *p, size_t n, size_t at)
{
	while (at + 1 < n && !(p[at] == 0xFF && p[at + 1] != 0 && p[at + 1] != 0xFF && (p[at + 1] < 0xD0 || p[at + 1] > 0xD7)))
		at++;
	return at;
}

static bool stays(unsigned marker, const unsigned char *body, size_t n)
{
	if (marker == 0xFE)
		return false;
	if (marker < 0xE0 || marker > 0xEF)
		return true;
	return marker == 0xE0 || marker == 0xEE || (marker == 0xE2 && n >= 12 && memcmp(body, "ICC_PROFILE", 12) == 0);
}

err image_strip_jpeg(struct arena *a, struct blob in, struct blob *out)
{
	const unsigned char *p = in.p;
	size_t n = in.n, at = 2;
	int turn = 1;
	if (n < 4 || p[0] != 0xFF || p[1] != 0xD8)
		return ERR_INPUT;
	struct buf b = buf_new(a), head = buf_new(a);
	buf_add(&head, p, 2);
	for (;;) {
		while (at + 1 < n && p[at] == 0xFF && p[at + 1] == 0xFF)
			at++;
		if (n - at < 2 || p[at] != 0xFF)
			return ERR_INPUT;
		unsigned marker = p[at + 1];
		if (marker == 0xD9) {
			buf_add(&b, p + at, 2);
			break;
		}
		/* markers without a length belong into scans or to the start: read here they would shift what follows */
		if (n - at < 4 || marker <= 1 || (marker >= 0xD0 && marker <= 0xD8))
			return ERR_INPUT;
		size_t len = be16(p + at + 2);
		if (len < 2 || len > n - at - 2)
			return ERR_INPUT;
		const unsigned char *body = p + at + 4;
		if (marker == 0xE1 && len >= 8 && memcmp(body, "Exif\0", 6) == 0)
			turn = orientation(body + 6, len - 8);
		size_t next = at + 2 + len;
		if (marker == 0xDA)
			next = scan_end(p, n, next);
		if (stays(marker, body, len - 2))
			buf_add(&b, p + at, next - at);
		at = next;
	}
	if (turn != 1)
		put_orientation(&head, turn);
	buf_add(&head, b.p, b.n);
	*out = (struct blob){head.p, head.n};
	return OK;
}

err image_strip_png(struct arena *a, struct blob in, struct blob *out)
{
	static const char *const gone[] = {"eXIf", "tEXt", "zTXt", "iTXt", "tIME"};
	const unsigned char *p = in.p;
	size_t at = 8;
	if (in.n < 8 || memcmp(p, "\x89PNG\r\n\x1a\n", 8) != 0)
		return ERR_INPUT;
	struct buf b = buf_new(a);
	buf_add(&b, p, 8);
	for (;;) {
		if (in.n - at < 12)
			return ERR_INPUT;
		size_t len = be32(p + at);
		if (len > in.n - at - 12)
			return ERR_INPUT;
		bool stay = true;
		for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++)
			stay &= memcmp(p + at + 4, gone[i], 4) != 0;
		if (stay)
			buf_add(&b, p + at, len + 12);
		bool end = memcmp(p + at + 4, "IEND", 4) == 0;
		at += len + 12;
		if (end)
			break;
	}
	*out = (struct blob){b.p, b.n};
	return OK;
}
