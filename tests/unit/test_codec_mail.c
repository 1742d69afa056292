/* codec/mail and the setting of codec/smtp: what goes over the line can be read again, and nobody slips a header in. */
#include "unit.h"

#include "base/buf.h"
#include "base/str.h"
#include "codec/smtp.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char ID[] = "0123456789abcdefghjkmnpqrs";

static struct mail usual(void)
{
	return (struct mail){.from = "chosa@city.example.jp", .from_name = "つなぎ市介護課", .to = "houkatsu@example.jp", .to_name = "北地域包括支援センター", .subject = "ご回答のお願い",
		.body = "一行目\n二行目です。\n", .id = ID, .now_ms = 1764126217000};
}

static const char *composed(struct arena *a, const struct mail *m)
{
	const char *bytes;
	size_t n;
	assert_int_equal(mail_compose(a, m, &bytes, &n), OK);
	assert_int_equal(strlen(bytes), n);
	return bytes;
}

static int value_of(char c)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *p = c ? strchr(set, c) : NULL;
	return p ? (int)(p - set) : -1;
}

/* Base64 up to the first other sign; white space is passed over. */
static void decode(struct buf *b, const char *p)
{
	unsigned v = 0;
	int bits = 0;
	for (; *p == '\r' || *p == '\n' || value_of(*p) >= 0; p++) {
		if (value_of(*p) < 0)
			continue;
		v = v << 6 | (unsigned)value_of(*p);
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			buf_char(b, (char)(v >> bits & 255));
		}
	}
}

/* The encoded words of a header, joined. */
static const char *header(struct arena *a, const char *mail, const char *name)
{
	struct buf b = buf_new(a);
	const char *p = strstr(mail, arena_fmt(a, "\r\n%s: ", name));
	if (!p && str_starts(mail, arena_fmt(a, "%s: ", name)))
		p = mail;
	assert_non_null(p);
	const char *end = p + 2;
	while ((end = strstr(end, "\r\n")) && (end[2] == ' ' || end[2] == '\t'))
		end += 2;
	for (const char *w = strstr(p, "=?UTF-8?B?"); w && w < end; w = strstr(w + 1, "=?UTF-8?B?"))
		decode(&b, w + 10);
	return b.n ? b.p : "";
}

static void reads_back(void **state)
{
	struct arena *a = *state;
	struct mail m = usual();
	const char *mail = composed(a, &m);
	struct buf body = buf_new(a);
	assert_string_equal(header(a, mail, "Subject"), m.subject);
	assert_string_equal(header(a, mail, "From"), m.from_name);
	assert_string_equal(header(a, mail, "To"), m.to_name);
	assert_non_null(strstr(mail, "\r\n <chosa@city.example.jp>\r\n"));
	assert_non_null(strstr(mail, "Date: Wed, 26 Nov 2025 12:03:37 +0900\r\n"));
	assert_non_null(strstr(mail, "Message-ID: <0123456789abcdefghjkmnpqrs@city.example.jp>\r\n"));
	decode(&body, strstr(mail, "\r\n\r\n") + 4);
	assert_string_equal(body.p, "一行目\r\n二行目です。\r\n");
	assert_string_equal(composed(a, &m), mail);
}

/* Long texts: whole characters in every word, no line over what RFC 5322 and 2047 allow. */
static void lines_are_short(void **state)
{
	struct arena *a = *state;
	struct mail m = usual();
	struct buf s = buf_new(a), t = buf_new(a);
	for (int i = 0; i < 80; i++)
		buf_str(&s, i % 3 ? "調査" : "a髙");
	for (int i = 0; i < 400; i++)
		buf_str(&t, "ながい文です。");
	m.subject = s.p;
	m.body = t.p;
	const char *mail = composed(a, &m);
	assert_string_equal(header(a, mail, "Subject"), m.subject);
	for (const char *p = mail; *p;) {
		const char *end = strstr(p, "\r\n");
		assert_non_null(end);
		assert_true(end - p <= 78);
		for (const char *w = p; (w = strstr(w, "=?UTF-8?B?")) && w < end; w++) {
			struct buf one = buf_new(a);
			decode(&one, w + 10);
			assert_true(str_utf8_valid(one.p, one.n));
			assert_true(strstr(w, "?=") - w + 2 <= 75);
		}
		p = end + 2;
	}
}

/* Whatever stands in names, subject and body: the lines of the head are those of an ordinary mail. */
static void no_injection(void **state)
{
	static const char *const bad[] = {"x\r\nBcc: evil@example.com", "x\nBcc: evil@example.com", "x\r\n\r\nevil", "\rBcc: a@b.example", "\r\n.\r\n", "?=\r\nX: y", "=?UTF-8?B?", "\x7f\x01"};
	struct arena *a = *state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct mail m = usual();
		m.subject = m.from_name = m.to_name = m.body = bad[i];
		const char *mail = composed(a, &m), *end = strstr(mail, "\r\n\r\n");
		static const char *const names[] = {"From: ", "To: ", "Subject: ", "Date: ", "Message-ID: ", "MIME-Version: ", "Content-Type: ", "Content-Transfer-Encoding: ", "Auto-Submitted: "};
		size_t n = 0;
		for (const char *p = mail; p < end; p = strstr(p, "\r\n") + 2)
			if (*p != ' ')
				assert_true(n < sizeof names / sizeof names[0] && str_starts(p, names[n++]));
		assert_int_equal(n, sizeof names / sizeof names[0]);
		for (const char *p = mail; *p; p++) { /* and no bare CR or LF anywhere, nor a line that is a dot */
			assert_true(*p != '\n' || (p > mail && p[-1] == '\r'));
			assert_true(*p != '\r' || p[1] == '\n');
			assert_true(!str_starts(p, "\r\n."));
		}
	}
}

static void addresses(void **state)
{
	static const char *const good[] = {"a@b.jp", "docomo..taro@docomo.example.jp", "x.@ezweb.example.jp", "a+b_c-d@sub.city.example.jp", "A1@EXAMPLE.JP"};
	static const char *const bad[] = {"", "a", "@b.jp", "a@", "a@b", "a@b.", "a@.jp", "a@b..jp", "a@-b.jp", "a@b-.jp", "a b@c.jp", "a@c.jp\r\nRCPT TO:<x@y.jp>", "<a@b.jp>", "a@b.jp>", "あ@b.jp", "a@例.jp",
		"a@b.jp,c@d.jp", "\"a\"@b.jp", "-oX@b.jp", "a@b@c.jp"};
	struct arena *a = *state;
	const char *bytes;
	size_t n;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		if (!mail_address_ok(good[i]))
			fail_msg("refused: %s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct mail m = usual();
		if (mail_address_ok(bad[i]))
			fail_msg("taken: %s", bad[i]);
		m.to = bad[i];
		assert_int_equal(mail_compose(a, &m, &bytes, &n), ERR_MAIL_ADDRESS);
	}
	struct mail m = usual();
	m.from = "a@b.jp\r\nX: y";
	assert_int_equal(mail_compose(a, &m, &bytes, &n), ERR_MAIL_ADDRESS);
}

/* ---- mail.ini ------------------------------------------------------------------------------------------------------------ */

static const char *folder(struct arena *a)
{
	char *dir = arena_str(a, "/tmp/tsunagi-mail-XXXXXX");
	assert_non_null(mkdtemp(dir));
	return dir;
}

static void put_file(const char *path, const char *text, mode_t mode)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static void setting(void **state)
{
	struct arena *a = *state;
	const char *dir = folder(a), *ini = arena_fmt(a, "%s/mail.ini", dir), *secret = arena_fmt(a, "%s/mail.password", dir), *why = "";
	struct smtp_setting s, back;
	assert_int_equal(smtp_setting_read(a, dir, &s, &why), ERR_MAIL_NONE);
	assert_string_equal(s.front_url, "");
	s = (struct smtp_setting){.host = "mail.example.jp", .port = 587, .security = SMTP_STARTTLS, .user = "chosa", .password_file = "mail.password", .from = "chosa@city.example.jp",
		.from_name = "つなぎ市", .front_url = "https://chosa.example.jp", .ca_file = "", .password = "never written"};
	assert_int_equal(smtp_setting_write(a, dir, &s, &why), OK);
	assert_int_equal(smtp_setting_read(a, dir, &back, &why), ERR_MAIL_SETTING); /* no password file yet */
	assert_non_null(strstr(why, "パスワード"));
	put_file(secret, "ひみつ 1\n", 0644);
	assert_int_equal(smtp_setting_read(a, dir, &back, &why), ERR_MAIL_SETTING);
	assert_non_null(strstr(why, "chmod 600"));
	put_file(secret, "ひみつ 1\n", 0600);
	assert_int_equal(smtp_setting_read(a, dir, &back, &why), OK);
	assert_string_equal(back.password, "ひみつ 1");
	assert_string_equal(back.from_name, "つなぎ市");
	assert_int_equal(back.port, 587);
	assert_int_equal(chmod(ini, 0640), 0);
	assert_int_equal(smtp_setting_read(a, dir, &back, &why), ERR_MAIL_SETTING);
	put_file(ini, "host mail\n", 0600);
	assert_int_equal(smtp_setting_read(a, dir, &back, &why), ERR_MAIL_SETTING);
	assert_non_null(strstr(why, "1行目"));
	put_file(ini, "; letters alone\nfront_url = https://chosa.example.jp\n", 0600);
	assert_int_equal(smtp_setting_read(a, dir, &back, &why), OK);
	struct smtp *smtp;
	assert_int_equal(smtp_open(a, &back, &smtp), ERR_MAIL_NONE);
	unlink(ini);
	unlink(secret);
	rmdir(dir);
}

static void setting_is_checked(void **state)
{
	const struct smtp_setting good = {.host = "mail.example.jp", .port = 25, .security = SMTP_PLAIN, .user = "", .password_file = "", .from = "a@b.example.jp", .from_name = "", .front_url = "", .ca_file = "", .password = ""};
	(void)state;
	assert_string_equal(smtp_setting_check(&good), "");
	struct smtp_setting s = good;
	s.host = "";
	assert_string_not_equal(smtp_setting_check(&s), "");
	s = good, s.port = 0;
	assert_string_not_equal(smtp_setting_check(&s), "");
	s = good, s.from = "a";
	assert_string_not_equal(smtp_setting_check(&s), "");
	s = good, s.from_name = "a\nhost = evil";
	assert_string_not_equal(smtp_setting_check(&s), "");
	s = good, s.user = "u", s.password_file = "p"; /* a password in the clear */
	assert_string_not_equal(smtp_setting_check(&s), "");
	static const char *const urls[] = {"chosa.example.jp", "https://", "https://a.jp/", "javascript:x", "https://a.jp/ x", "https://a.jp/\"x"};
	for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
		s = good, s.front_url = urls[i];
		if (!*smtp_setting_check(&s))
			fail_msg("taken: %s", urls[i]);
	}
}

/* Nobody listens there: about the setting, not about the recipient. */
static void nobody_there(void **state)
{
	struct arena *a = *state;
	const struct smtp_setting s = {.host = "127.0.0.1", .port = 1, .security = SMTP_PLAIN, .user = "", .password_file = "", .from = "a@b.example.jp", .from_name = "", .front_url = "", .ca_file = "", .password = ""};
	struct smtp *smtp;
	struct smtp_result r;
	assert_int_equal(smtp_open(a, &s, &smtp), OK);
	smtp_send(smtp, "c@d.example.jp", "x\r\n", 3, &r);
	assert_int_equal(r.verdict, SMTP_BROKEN);
	assert_non_null(strstr(r.why, "つながりません"));
	smtp_send(smtp, "c@d.example.jp\r\nX", "x\r\n", 3, &r);
	assert_int_equal(r.verdict, SMTP_REFUSED);
	smtp_close(smtp);
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(reads_back), UNIT(lines_are_short), UNIT(no_injection), UNIT(addresses), UNIT(setting), UNIT(setting_is_checked), UNIT(nobody_there)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
