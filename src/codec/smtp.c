#include "codec/smtp.h"

#include "base/str.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

enum { CONNECT_S = 15, MAIL_S = 60, REPLY_BYTES = 96, VERB_BYTES = 5 };

struct smtp {
	CURL *curl;
	struct arena *arena;
	/* of the mail in hand */
	const char *bytes;
	size_t n, at;
	char verb[VERB_BYTES];    /* the last command: what the server's last answer is about */
	char reply[REPLY_BYTES];  /* the last answer, printable ASCII */
	int code;
	bool leaving;             /* QUIT was said after a refusal: what was refused stands before it */
};

/* ---- what libcurl calls: nothing here takes memory ------------------------------------------------------------------------ */

static size_t give(char *to, size_t size, size_t count, void *arg)
{
	struct smtp *s = arg;
	size_t room = size * count, n = s->n - s->at < room ? s->n - s->at : room;
	memcpy(to, s->bytes + s->at, n);
	s->at += n;
	return n;
}

static void note_reply(struct smtp *s, const char *p, size_t n)
{
	size_t k = 0;
	for (size_t i = 0; i < n && k + 1 < sizeof s->reply && p[i] != '\r' && p[i] != '\n'; i++)
		s->reply[k++] = (char)(p[i] >= 0x20 && p[i] < 0x7f ? p[i] : '?');
	s->reply[k] = 0;
	s->code = 0;
	for (int i = 0; i < 3; i++) {
		if (s->reply[i] < '0' || s->reply[i] > '9')
			return;
		s->code = s->code * 10 + s->reply[i] - '0';
	}
}

/* Commands and answers as they go over the line, instead of to stderr. Of a command only its name is kept. */
static int overhear(CURL *h, curl_infotype what, char *p, size_t n, void *arg)
{
	struct smtp *s = arg;
	(void)h;
	if (what == CURLINFO_HEADER_OUT && n >= 4)
		s->leaving = memcmp(p, "QUIT", 4) == 0 || (s->leaving && memcmp(p, "EHLO", 4) != 0);
	if (s->leaving)
		return 0;
	if (what == CURLINFO_HEADER_OUT) {
		size_t k = n < sizeof s->verb - 1 ? n : sizeof s->verb - 1;
		memcpy(s->verb, p, k);
		s->verb[k] = 0;
		s->code = 0;
		s->reply[0] = 0;
	} else if (what == CURLINFO_HEADER_IN) {
		note_reply(s, p, n);
	}
	return 0;
}

/* ---- opening ---------------------------------------------------------------------------------------------------------------- */

static const char *url_of(struct arena *a, const struct smtp_setting *s)
{
	return arena_fmt(a, "%s://%s:%lld/%s", s->security == SMTP_TLS ? "smtps" : "smtp", s->host, (long long)s->port, strchr(s->from, '@') + 1);
}

static bool set_up(struct smtp *s, const struct smtp_setting *in)
{
	CURL *h = s->curl;
	bool good = curl_easy_setopt(h, CURLOPT_URL, url_of(s->arena, in)) == CURLE_OK && curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps") == CURLE_OK &&
		curl_easy_setopt(h, CURLOPT_PROXY, "") == CURLE_OK && curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
		curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S) == CURLE_OK && curl_easy_setopt(h, CURLOPT_TIMEOUT, (long)MAIL_S) == CURLE_OK &&
		curl_easy_setopt(h, CURLOPT_USE_SSL, (long)(in->security == SMTP_STARTTLS ? CURLUSESSL_ALL : CURLUSESSL_NONE)) == CURLE_OK &&
		curl_easy_setopt(h, CURLOPT_MAIL_FROM, in->from) == CURLE_OK && curl_easy_setopt(h, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
		curl_easy_setopt(h, CURLOPT_READFUNCTION, give) == CURLE_OK && curl_easy_setopt(h, CURLOPT_READDATA, s) == CURLE_OK &&
		curl_easy_setopt(h, CURLOPT_DEBUGFUNCTION, overhear) == CURLE_OK && curl_easy_setopt(h, CURLOPT_DEBUGDATA, s) == CURLE_OK &&
		curl_easy_setopt(h, CURLOPT_VERBOSE, 1L) == CURLE_OK;
	if (*in->ca_file)
		good = good && curl_easy_setopt(h, CURLOPT_CAINFO, in->ca_file) == CURLE_OK;
	if (*in->user)
		good = good && curl_easy_setopt(h, CURLOPT_USERNAME, in->user) == CURLE_OK && curl_easy_setopt(h, CURLOPT_PASSWORD, in->password) == CURLE_OK;
	return good;
}

err smtp_open(struct arena *a, const struct smtp_setting *s, struct smtp **out)
{
	struct smtp *v = ARENA_NEW(a, struct smtp);
	if (!*s->host)
		return ERR_MAIL_NONE;
	if (!mail_address_ok(s->from))
		return ERR_MAIL_SETTING;
	v->arena = a;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return ERR_IO;
	v->curl = curl_easy_init();
	if (v->curl && set_up(v, s)) {
		*out = v;
		return OK;
	}
	smtp_close(v);
	return ERR_IO;
}

void smtp_close(struct smtp *s)
{
	if (!s)
		return;
	curl_easy_cleanup(s->curl);
	curl_global_cleanup();
	s->curl = NULL;
}

/* ---- one mail ------------------------------------------------------------------------------------------------------------------ */

static CURLcode attempt(struct smtp *s, struct curl_slist *to, const char *bytes, size_t n, bool fresh)
{
	s->bytes = bytes;
	s->n = n;
	s->at = 0;
	s->code = 0;
	s->verb[0] = s->reply[0] = 0;
	s->leaving = false;
	if (curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, to) != CURLE_OK || curl_easy_setopt(s->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)n) != CURLE_OK ||
		curl_easy_setopt(s->curl, CURLOPT_FRESH_CONNECT, fresh ? 1L : 0L) != CURLE_OK)
		return CURLE_FAILED_INIT;
	return curl_easy_perform(s->curl);
}

static bool about_recipient(const struct smtp *s) { return str_eq(s->verb, "RCPT") || str_eq(s->verb, "DATA"); }

/* The server hung up between two mails: nothing of this one was taken. */
static bool hung_up(const struct smtp *s, CURLcode rc)
{
	return (rc == CURLE_SEND_ERROR || rc == CURLE_RECV_ERROR || rc == CURLE_GOT_NOTHING) && (s->code == 0 || s->code == 421) && !str_eq(s->verb, "DATA");
}

static void say(const struct smtp *s, struct smtp_result *out, enum smtp_verdict v, const char *words)
{
	out->verdict = v;
	out->code = s->code;
	snprintf(out->why, sizeof out->why, "%s%s%s%s", words, *s->reply ? "（" : "", s->reply, *s->reply ? "）" : "");
}

static void judge(const struct smtp *s, CURLcode rc, struct smtp_result *out)
{
	static const struct {
		CURLcode rc;
		const char *words;
	} broken[] = {{CURLE_LOGIN_DENIED, "メールサーバーにログインできません"}, {CURLE_COULDNT_RESOLVE_HOST, "メールサーバーの名前が見つかりません"},
		{CURLE_COULDNT_CONNECT, "メールサーバーにつながりません"}, {CURLE_USE_SSL_FAILED, "メールサーバーが暗号化（STARTTLS）に応じません"},
		{CURLE_SSL_CONNECT_ERROR, "メールサーバーとの暗号化に失敗しました"}, {CURLE_PEER_FAILED_VERIFICATION, "メールサーバーの証明書を確かめられません"},
		{CURLE_SSL_CACERT_BADFILE, "証明書のファイル（ca_file）を読めません"}};
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
		if (broken[i].rc == rc) {
			say(s, out, SMTP_BROKEN, broken[i].words);
			return;
		}
	if (about_recipient(s))
		say(s, out, s->code >= 500 ? SMTP_REFUSED : SMTP_LATER, s->code >= 500 ? "相手のメールサーバーが受け取りません" : "メールサーバーが今は受け取りません");
	else if (str_eq(s->verb, "MAIL") && s->code < 500)
		say(s, out, SMTP_LATER, "メールサーバーが今は受け取りません");
	else if (str_eq(s->verb, "MAIL"))
		say(s, out, SMTP_BROKEN, "メールサーバーが差出人のアドレスを受け付けません");
	else
		say(s, out, SMTP_BROKEN, rc == CURLE_OPERATION_TIMEDOUT ? "メールサーバーから返事がありません" : "メールサーバーとのやりとりに失敗しました");
}

void smtp_send(struct smtp *s, const char *to, const char *bytes, size_t n, struct smtp_result *out)
{
	*out = (struct smtp_result){.verdict = SMTP_SENT};
	struct curl_slist *list = mail_address_ok(to) ? curl_slist_append(NULL, to) : NULL;
	if (!list) {
		s->code = 0;
		s->reply[0] = 0;
		say(s, out, SMTP_REFUSED, "メールアドレスの形に誤りがあります");
		return;
	}
	CURLcode rc = attempt(s, list, bytes, n, false);
	if (hung_up(s, rc))
		rc = attempt(s, list, bytes, n, true);
	if (rc != CURLE_OK)
		judge(s, rc, out);
	curl_slist_free_all(list);
}
