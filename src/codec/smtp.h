/* smtp — the mail server of the house: its setting (mail.ini) and the handing over of one mail after the other (libcurl).
 *
 * No mail leaves where there is no mail.ini; nothing in the program makes one but `tsunagi mail set`. The password stands in a file of its
 * own, and neither file may be readable by others (0600). Lines "key = value": host port security user password_file from from_name
 * front_url ca_file; ';' and '#' begin a remark.
 * What the server answers decides: REFUSED is about this recipient and for good (5xx after RCPT or DATA); LATER may be tried again (4xx, the
 * connection broke); BROKEN is about the setting (no connection, TLS, login, sender), so that the next mail would fare alike.
 * One connection serves all mails of a struct smtp. Only SMTP is spoken, no proxy is asked, certificates are checked.
 * Ownership: arena, the connection until smtp_close. Errors: ERR_MAIL_NONE (no setting), ERR_MAIL_SETTING (unreadable: *why says what),
 * ERR_IO. Tests: tests/unit/test_codec_mail.c, tests/http/test_survey_mail.py. */
#ifndef TSU_CODEC_SMTP_H
#define TSU_CODEC_SMTP_H

#include "codec/mail.h"

enum smtp_security { SMTP_STARTTLS, SMTP_TLS, SMTP_PLAIN };

struct smtp_setting {
	const char *host;                 /* "": no mail, front_url alone */
	int64_t port;
	enum smtp_security security;
	const char *user, *password_file; /* "": no login; the file relative to the data folder */
	const char *password;             /* as read from the file; never written by smtp_setting_write */
	const char *from, *from_name;
	const char *front_url;            /* where respondents of surveys reach the house, without / at the end; "" = not told */
	const char *ca_file;              /* "": the certificates the machine trusts */
};
const char *smtp_security_word(enum smtp_security s);  /* "starttls" "tls" "none"; static */
const char *smtp_security_label(enum smtp_security s); /* STARTTLS, TLS, 暗号化なし; static */
bool smtp_security_of(const char *word, enum smtp_security *out);

/* data_dir/mail.ini. *why: what is wrong with it, a plain Japanese sentence; arena. */
MUST err smtp_setting_read(struct arena *a, const char *data_dir, struct smtp_setting *out, const char **why);
/* Every value must be one line; *why as above with ERR_MAIL_SETTING. Written beside and renamed, 0600. */
MUST err smtp_setting_write(struct arena *a, const char *data_dir, const struct smtp_setting *s, const char **why);
/* "" or what is wrong with the values, in Japanese; static. Without a host only front_url is told: letters, no mail. */
const char *smtp_setting_check(const struct smtp_setting *s);

enum smtp_verdict { SMTP_SENT, SMTP_REFUSED, SMTP_LATER, SMTP_BROKEN };
struct smtp_result {
	enum smtp_verdict verdict;
	int code;       /* of the server; 0 = it gave none */
	char why[200];  /* one line for people, with the words of the server; "" when sent. May hold the address: not for logs */
};

struct smtp;
MUST err smtp_open(struct arena *a, const struct smtp_setting *s, struct smtp **out); /* connects with the first mail */
void smtp_send(struct smtp *s, const char *to, const char *bytes, size_t n, struct smtp_result *out);
void smtp_close(struct smtp *s); /* NULL is allowed */

#endif
