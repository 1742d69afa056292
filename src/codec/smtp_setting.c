/* mail.ini: read, checked, written. */
#include "base/buf.h"
#include "base/str.h"
#include "codec/smtp.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MOST = 16 << 10, PORT_MOST = 65535, PASSWORD_MOST = 1000 };

static const struct {
	const char *word, *label;
} SECURITY[] = {[SMTP_STARTTLS] = {"starttls", "STARTTLS"}, [SMTP_TLS] = {"tls", "TLS"}, [SMTP_PLAIN] = {"none", "暗号化なし"}};
enum { SECURITIES = sizeof SECURITY / sizeof SECURITY[0] };

const char *smtp_security_word(enum smtp_security s) { return SECURITY[s].word; }
const char *smtp_security_label(enum smtp_security s) { return SECURITY[s].label; }

bool smtp_security_of(const char *word, enum smtp_security *out)
{
	for (int i = 0; i < SECURITIES; i++)
		if (str_eq(SECURITY[i].word, word)) {
			*out = (enum smtp_security)i;
			return true;
		}
	return false;
}

/* A whole small file that nobody else may read; *why when it cannot be used. ERR_MAIL_NONE: there is none. */
static err read_private(struct arena *a, const char *path, const char *name, const char **text, const char **why)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 && errno == ENOENT)
		return ERR_MAIL_NONE;
	*why = arena_fmt(a, "%sを読めません。持ち主と権限を確かめてください。", name);
	if (fd < 0)
		return ERR_MAIL_SETTING;
	char *p = arena_alloc(a, FILE_MOST + 1);
	ssize_t n = fstat(fd, &st) == 0 ? read(fd, p, FILE_MOST + 1) : -1;
	close(fd);
	if (n < 0 || n > FILE_MOST)
		return ERR_MAIL_SETTING;
	if ((st.st_mode & 077) != 0) {
		*why = arena_fmt(a, "%sを、ほかの人も読める権限になっています。chmod 600 で直してください。", name);
		return ERR_MAIL_SETTING;
	}
	p[n] = 0;
	if (!str_utf8_valid(p, (size_t)n)) {
		*why = arena_fmt(a, "%sは UTF-8 の文書ではありません。", name);
		return ERR_MAIL_SETTING;
	}
	*text = str_lf(a, p);
	return OK;
}

static err read_password(struct arena *a, const char *data_dir, struct smtp_setting *s, const char **why)
{
	const char *text = "";
	if (str_blank(s->user))
		return OK;
	err e = read_private(a, *s->password_file == '/' ? s->password_file : arena_fmt(a, "%s/%s", data_dir, s->password_file), "メールのパスワードのファイル", &text, why);
	if (e == ERR_MAIL_NONE) {
		*why = "メールのパスワードのファイルがありません。mail.ini の password_file を確かめてください。";
		return ERR_MAIL_SETTING;
	}
	TRY(e);
	size_t n = strcspn(text, "\n");
	s->password = arena_strn(a, text, n);
	if (n > 0 && n <= PASSWORD_MOST && text[n + (text[n] == '\n')] == 0)
		return OK;
	*why = "メールのパスワードのファイルは、パスワードだけを1行で書いてください。";
	return ERR_MAIL_SETTING;
}

static bool put(struct arena *a, struct smtp_setting *s, const char *key, const char *value)
{
	const struct {
		const char *key;
		const char **to;
	} texts[] = {{"host", &s->host}, {"user", &s->user}, {"password_file", &s->password_file}, {"from", &s->from}, {"from_name", &s->from_name},
		{"front_url", &s->front_url}, {"ca_file", &s->ca_file}};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (str_eq(texts[i].key, key)) {
			*texts[i].to = arena_str(a, value);
			return true;
		}
	if (str_eq(key, "port"))
		return str_int(value, &s->port);
	return str_eq(key, "security") && smtp_security_of(value, &s->security);
}

err smtp_setting_read(struct arena *a, const char *data_dir, struct smtp_setting *out, const char **why)
{
	const char *text;
	size_t n;
	*why = "";
	*out = (struct smtp_setting){.host = "", .user = "", .password_file = "", .password = "", .from = "", .from_name = "", .front_url = "", .ca_file = "", .port = 0};
	TRY(read_private(a, arena_fmt(a, "%s/mail.ini", data_dir), "mail.ini ", &text, why));
	char **lines = str_split(a, text, '\n', &n);
	for (size_t i = 0; i < n; i++) {
		const char *line = str_trim(a, lines[i]), *eq = strchr(line, '=');
		if (!*line || *line == ';' || *line == '#' || *line == '[')
			continue;
		if (eq && put(a, out, str_trim(a, arena_strn(a, line, (size_t)(eq - line))), str_trim(a, eq + 1)))
			continue;
		*why = arena_fmt(a, "mail.ini の%zu行目を読めません。「名前 = 値」の形で書いてください。", i + 1);
		return ERR_MAIL_SETTING;
	}
	*why = smtp_setting_check(out);
	return **why ? ERR_MAIL_SETTING : read_password(a, data_dir, out, why);
}

static bool one_line(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return false;
	return true;
}

/* http or https, a host, nothing that would not stand in a link. */
static bool url_ok(const char *s)
{
	static const char signs[] = "-._~:/[]";
	const char *p = str_starts(s, "https://") ? s + 8 : str_starts(s, "http://") ? s + 7 : NULL;
	if (!p || !*p || *p == '/' || str_ends(s, "/"))
		return false;
	for (; *p; p++)
		if (!((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || strchr(signs, *p)))
			return false;
	return true;
}

const char *smtp_setting_check(const struct smtp_setting *s)
{
	const char *all[] = {s->host, s->user, s->password_file, s->from, s->from_name, s->front_url, s->ca_file};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (!one_line(all[i]))
			return "値に改行などの制御文字があります。1行で書いてください。";
	if (*s->front_url && !url_ok(s->front_url))
		return "front_url（回答用ページのアドレス）は、https://chosa.example.jp のように、終わりの / を付けずに書いてください。";
	if (!*s->host && !*s->user && *s->front_url)
		return ""; /* letters alone */
	if (str_blank(s->host) || strpbrk(s->host, " /@:"))
		return "host（メールサーバーの名前）を、mail.example.jp のように書いてください。";
	if (s->port < 1 || s->port > PORT_MOST)
		return "port（メールサーバーのポート番号）は、1 から 65535 までの数字です。STARTTLS ではふつう 587、TLS では 465 です。";
	if (!mail_address_ok(s->from))
		return "from（差出人のメールアドレス）の形に誤りがあります。";
	if (!str_blank(s->user) && str_blank(s->password_file))
		return "user を書いたときは、password_file（パスワードだけを書いたファイル）も書いてください。";
	if (!str_blank(s->user) && s->security == SMTP_PLAIN)
		return "暗号化なし（security = none）では、パスワードがそのまま流れるため、user を使えません。";
	return "";
}

static bool write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = write(fd, p, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return false;
		p += k;
		n -= (size_t)k;
	}
	return true;
}

err smtp_setting_write(struct arena *a, const char *data_dir, const struct smtp_setting *s, const char **why)
{
	struct buf b = buf_new(a);
	*why = smtp_setting_check(s);
	if (**why)
		return ERR_MAIL_SETTING;
	buf_fmt(&b, "; メールの設定。tsunagi mail set が書きます。\nhost = %s\nport = %lld\nsecurity = %s\nuser = %s\npassword_file = %s\nfrom = %s\n"
		"from_name = %s\nfront_url = %s\nca_file = %s\n", s->host, (long long)s->port, SECURITY[s->security].word, s->user, s->password_file, s->from,
		s->from_name, s->front_url, s->ca_file);
	const char *path = arena_fmt(a, "%s/mail.ini", data_dir), *fresh = arena_fmt(a, "%s.new", path);
	if (unlink(fresh) != 0 && errno != ENOENT)
		return ERR_IO;
	int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return ERR_IO;
	bool done = write_all(fd, b.p, b.n) && fsync(fd) == 0;
	done = close(fd) == 0 && done;
	return done && rename(fresh, path) == 0 ? OK : ERR_IO;
}
