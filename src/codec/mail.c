#include "codec/mail.h"

#include "base/buf.h"
#include "base/civil.h"
#include "base/str.h"

#include <string.h>

enum { WORD_BYTES = 39, BODY_BYTES = 57, LOCAL_MAX = 64 };

/* ---- addresses --------------------------------------------------------------------------------------------------------- */

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

static bool host_ok(const char *s)
{
	int dots = 0, in_part = 0;
	for (; *s; s++) {
		if (*s == '.') {
			if (!in_part || s[-1] == '-')
				return false;
			dots++;
			in_part = 0;
		} else if (is_letter(*s) || (*s == '-' && in_part)) {
			in_part++;
		} else {
			return false;
		}
	}
	return in_part && s[-1] != '-' && dots > 0;
}

/* Two dots in a row and a dot before the @ stand in addresses that Japanese telephone companies once gave away: they pass. */
bool mail_address_ok(const char *address)
{
	static const char signs[] = "!#$%&'*+-./=?^_`{|}~";
	const char *at = address ? strchr(address, '@') : NULL;
	if (!at || at == address || at - address > LOCAL_MAX || strlen(address) > MAIL_ADDRESS_MAX || *address == '-')
		return false;
	for (const char *p = address; p < at; p++)
		if (!is_letter(*p) && !strchr(signs, *p))
			return false;
	return host_ok(at + 1);
}

/* ---- base64 ------------------------------------------------------------------------------------------------------------- */

static void base64(struct buf *b, const unsigned char *p, size_t n)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < n; i += 3) {
		unsigned v = (unsigned)p[i] << 16 | (i + 1 < n ? (unsigned)p[i + 1] << 8 : 0) | (i + 2 < n ? p[i + 2] : 0);
		buf_char(b, set[v >> 18]);
		buf_char(b, set[v >> 12 & 63]);
		buf_char(b, i + 1 < n ? set[v >> 6 & 63] : '=');
		buf_char(b, i + 2 < n ? set[v & 63] : '=');
	}
}

/* ---- headers ------------------------------------------------------------------------------------------------------------- */

/* Encoded words of whole characters, each on a line of its own. Control characters become spaces. */
static void words(struct buf *b, const char *text)
{
	const char *p = text;
	bool first = true;
	while (*p) {
		char part[WORD_BYTES] = {0};
		size_t n = 0;
		while (*p) {
			const char *next = p;
			uint32_t cp = str_next(&next);
			size_t len = (size_t)(next - p);
			if (n + len > sizeof part)
				break;
			if (cp < 0x20 || cp == 0x7f)
				part[n] = ' ';
			else
				memcpy(part + n, p, len);
			n += len;
			p = next;
		}
		buf_str(b, first ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
		base64(b, (const unsigned char *)part, n);
		buf_str(b, "?=");
		first = false;
	}
}

static void mailbox(struct buf *b, const char *head, const char *name, const char *address)
{
	buf_fmt(b, "%s: ", head);
	if (!str_blank(name)) {
		words(b, name);
		buf_str(b, "\r\n ");
	}
	buf_fmt(b, "<%s>\r\n", address);
}

/* As RFC 5322 writes it, in the time of Japan. */
static void date(struct buf *b, int64_t now_ms)
{
	static const char days[][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	civil day = civil_of_instant(now_ms);
	struct ymd d = civil_ymd(day);
	int s = (int)((now_ms - civil_instant_start(day)) / 1000);
	buf_fmt(b, "Date: %s, %d %s %d %02d:%02d:%02d +0900\r\n", days[civil_weekday(day) - 1], d.d, months[d.m - 1], d.y, s / 3600, s / 60 % 60, s % 60);
}

static bool id_ok(const char *id)
{
	for (const char *p = id; *p; p++)
		if (!is_letter(*p))
			return false;
	return *id != 0;
}

static void body(struct arena *a, struct buf *b, const char *text)
{
	struct buf lines = buf_new(a);
	for (const char *p = text; *p; p++) {
		if (*p == '\n' && (p == text || p[-1] != '\r'))
			buf_char(&lines, '\r');
		buf_char(&lines, *p);
	}
	for (size_t i = 0; i < lines.n; i += BODY_BYTES) {
		base64(b, (const unsigned char *)lines.p + i, lines.n - i < BODY_BYTES ? lines.n - i : BODY_BYTES);
		buf_str(b, "\r\n");
	}
}

err mail_compose(struct arena *a, const struct mail *m, const char **bytes, size_t *n)
{
	struct buf b = buf_new(a);
	if (!mail_address_ok(m->from) || !mail_address_ok(m->to))
		return ERR_MAIL_ADDRESS;
	if (!id_ok(m->id))
		return ERR_BUG;
	mailbox(&b, "From", m->from_name, m->from);
	mailbox(&b, "To", m->to_name, m->to);
	buf_str(&b, "Subject: ");
	words(&b, m->subject);
	buf_str(&b, "\r\n");
	date(&b, m->now_ms);
	buf_fmt(&b, "Message-ID: <%s@%s>\r\n", m->id, strchr(m->from, '@') + 1);
	buf_str(&b, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n"
		"Auto-Submitted: auto-generated\r\n\r\n");
	body(a, &b, m->body);
	*bytes = b.p;
	*n = b.n;
	return OK;
}
