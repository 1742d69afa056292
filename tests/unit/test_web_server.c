/* The server as a browser meets it: a demo house in a temporary folder, the real master with two workers and helpers, a
 * raw HTTP client. TSUNAGI_TEST_HOLD=PORT leaves it running on that port to look at. */
#define _GNU_SOURCE
#include "unit.h"

#include "access/account.h"
#include "access/door.h"
#include "access/policy.h"
#include "access/session.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"
#include "store/migrate.h"
#include "web/asset.h"
#include "web/route.h"
#include "web/server.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char PASSWORD[] = "shiroi-neko-ga-hashiru-2026";
static const uint8_t SECRET[CREDENTIAL_TOTP_SECRET] = "12345678901234567890";

static struct {
	struct arena *a;
	struct house house;
	char dir[64];
	int port;
	pid_t pid;
} w;

/* ---- the house ---- */

static err make_account(struct ctx *c, const char *login, int role)
{
	char hash[CREDENTIAL_HASH_TEXT];
	int64_t id;
	TRY(credential_hash(PASSWORD, hash));
	struct account_new n = {.login = login, .name = "試験 花子", .role = role, .org_id = 0, .staff_id = INT_NULL, .until_on = CIVIL_NONE};
	return account_make_ready(c, &n, hash, SECRET, &id);
}

static err make_house(void)
{
	struct ctx c;
	TRY(door_make(w.dir, true));
	TRY(door_house(w.a, w.dir, &w.house));
	w.house.share_dir = getenv("TSUNAGI_ROOT");
	ctx_init(&c, w.a, clock_now_ms());
	c.house = &w.house;
	TRY(door_db(&w.house, &c.db));
	TRY(migrate_run(&c, NULL, "test", NULL));
	session_act_as_console(&c, "test", "test");
	TRY(make_account(&c, "kanri", ROLE_ADMIN));
	TRY(make_account(&c, "hoken", ROLE_ADMIN));
	door_close(&w.house, c.db);
	TRY(asset_load(w.a, arena_fmt(w.a, "%s/assets", w.house.share_dir)));
	return OK;
}

static int free_port(void)
{
	struct sockaddr_in sa = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof sa;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&sa, sizeof sa) != 0 || getsockname(fd, (struct sockaddr *)&sa, &n) != 0)
		return 0;
	close(fd);
	return ntohs(sa.sin_port);
}

static int dial(void)
{
	struct sockaddr_in sa = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)w.port)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct timeval t = {.tv_sec = 20};
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
	for (int i = 0; i < 400; i++) {
		if (connect(fd, (struct sockaddr *)&sa, sizeof sa) == 0)
			return fd;
		usleep(25000);
	}
	return -1;
}

static int set_up(void **state)
{
	(void)state;
	w.a = arena_new((size_t)256 << 20);
	strcpy(w.dir, "/tmp/test_web_XXXXXX");
	const char *hold = getenv("TSUNAGI_TEST_HOLD");
	if (!w.a || !mkdtemp(w.dir))
		return -1;
	err e = make_house();
	if (e != OK) {
		fprintf(stderr, "house: %s\n", err_name(e));
		return -1;
	}
	w.port = hold ? atoi(hold) : free_port();
	struct server_config config = {.listen = arena_fmt(w.a, "127.0.0.1:%d", w.port), .workers = 2, .house = &w.house};
	fflush(NULL);
	w.pid = fork();
	if (w.pid == 0)
		_exit(server_run(&config));
	int fd = dial();
	if (fd < 0)
		return -1;
	close(fd);
	if (hold)
		waitpid(w.pid, NULL, 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	int status = 0;
	kill(w.pid, SIGTERM);
	waitpid(w.pid, &status, 0);
	char *rm = arena_fmt(w.a, "rm -rf %s", w.dir);
	int done = system(rm);
	arena_free(w.a);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 && done == 0 ? 0 : -1;
}

/* ---- the browser ---- */

struct browser {
	struct arena *a;
	const char *cookies;
};

struct reply {
	int status;
	const char *head, *body;
	size_t n;
};

static const char *header_of(struct arena *a, const struct reply *r, const char *name)
{
	const char *p = strcasestr(r->head, arena_fmt(a, "\r\n%s: ", name));
	if (!p)
		return NULL;
	p += strlen(name) + 4;
	return arena_strn(a, p, strcspn(p, "\r"));
}

static struct reply send_raw(struct arena *a, const char *text, size_t n)
{
	struct buf b = buf_new(a);
	int fd = dial();
	assert_true(fd >= 0);
	for (size_t sent = 0; sent < n;) {
		ssize_t k = send(fd, text + sent, n - sent, MSG_NOSIGNAL);
		if (k <= 0)
			break;
		sent += (size_t)k;
	}
	char chunk[8192];
	for (ssize_t k; (k = recv(fd, chunk, sizeof chunk, 0)) > 0;)
		buf_add(&b, chunk, (size_t)k);
	close(fd);
	struct reply r = {.head = "", .body = ""};
	const char *end = strstr(b.p, "\r\n\r\n");
	if (sscanf(b.p, "HTTP/1.1 %d", &r.status) != 1 || !end)
		return r;
	r.head = arena_strn(a, b.p, (size_t)(end + 2 - b.p));
	r.body = end + 4;
	r.n = b.n - (size_t)(r.body - b.p);
	return r;
}

static void keep_cookies(struct browser *b, const struct reply *r)
{
	for (const char *p = r->head; (p = strcasestr(p, "\r\nSet-Cookie: ")) != NULL; p++) {
		const char *v = p + 14;
		const char *pair = arena_strn(b->a, v, strcspn(v, ";\r"));
		const char *name = arena_strn(b->a, pair, strcspn(pair, "="));
		/* the newest of a name stands first, as the server takes the first */
		if (pair[strlen(name) + 1])
			b->cookies = arena_fmt(b->a, "%s; %s", pair, b->cookies);
	}
}

static struct reply ask(struct browser *b, const char *method, const char *path, const char *extra, const char *body)
{
	struct buf t = buf_new(b->a);
	buf_fmt(&t, "%s %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\nCookie: %s\r\n%s", method, path, w.port, b->cookies, extra);
	if (body)
		buf_fmt(&t, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n", strlen(body));
	buf_str(&t, "\r\n");
	buf_str(&t, body);
	struct reply r = send_raw(b->a, t.p, t.n);
	keep_cookies(b, &r);
	return r;
}

static struct reply get(struct browser *b, const char *path) { return ask(b, "GET", path, "", NULL); }

static const char *hidden(struct browser *b, const struct reply *r, const char *name)
{
	const char *p = strstr(r->body, arena_fmt(b->a, "name=\"%s\" value=\"", name));
	if (!p)
		fail_msg("no field %s in: %.2000s", name, r->body);
	p = strstr(p, "value=\"") + 7;
	return arena_strn(b->a, p, strcspn(p, "\""));
}

static void check_status(const struct reply *r, int status)
{
	if (r->status != status)
		fail_msg("status %d, wanted %d: %s %.1500s", r->status, status, r->head, r->body);
}

static struct browser log_in(struct arena *a, const char *login)
{
	struct browser b = {a, "x=y"};
	char code[7];
	struct reply r = get(&b, "/login?next=/settings/display");
	check_status(&r, 200);
	r = ask(&b, "POST", "/login", "", arena_fmt(a, "csrf=%s&login=%s&password=%s&next=/settings/display", hidden(&b, &r, "csrf"), login, PASSWORD));
	check_status(&r, 303);
	r = get(&b, header_of(a, &r, "Location"));
	check_status(&r, 200);
	/* a code of the next step is new even if the last login took the present one */
	static int step;
	assert_int_equal(credential_totp_code(SECRET, clock_now_ms() + 30000 * (step++ % 2), code), OK);
	r = ask(&b, "POST", "/login/code", "", arena_fmt(a, "csrf=%s&code=%s&next=/settings/display", hidden(&b, &r, "csrf"), code));
	check_status(&r, 303);
	assert_string_equal(header_of(a, &r, "Location"), "/settings/display");
	return b;
}

/* ---- tests ---- */

static void test_public(void **state)
{
	struct arena *a = *state;
	struct browser b = {a, "x=y"};
	struct reply r = get(&b, "/health");
	check_status(&r, 200);
	assert_string_equal(r.body, "ok\n");
	assert_non_null(strstr(header_of(a, &r, "Content-Security-Policy"), "frame-ancestors 'none'"));
	assert_string_equal(header_of(a, &r, "Cache-Control"), "no-store");
	assert_string_equal(header_of(a, &r, "X-Content-Type-Options"), "nosniff");
	r = ask(&b, "HEAD", "/health", "", NULL);
	check_status(&r, 200);
	assert_int_equal(r.n, 0);
	r = get(&b, "/no/such/page");
	check_status(&r, 404);
	r = ask(&b, "DELETE", "/health", "", NULL);
	check_status(&r, 405);
	r = ask(&b, "POST", "/health", "", "");
	check_status(&r, 405);
	assert_string_equal(header_of(a, &r, "Allow"), "GET, HEAD");
	r = get(&b, "/settings/display?x=1");
	check_status(&r, 303);
	assert_string_equal(header_of(a, &r, "Location"), "/login?next=%2Fsettings%2Fdisplay");
	r = ask(&b, "GET", "/settings/display", "X-Tsunagi: 1\r\n", NULL);
	check_status(&r, 401);
	assert_non_null(strstr(r.body, "\"error\":\"SESSION_END\""));
}

static void test_hostile(void **state)
{
	struct arena *a = *state;
	struct browser b = {a, "x=y"};
	const char *evil = "GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
	struct reply r = send_raw(a, evil, strlen(evil));
	check_status(&r, 421);
	struct buf big = buf_new(a);
	for (int i = 0; i < 40000; i++)
		buf_str(&big, "abc=def&x");
	r = ask(&b, "POST", "/login", "", big.p);
	check_status(&r, 413);
	assert_non_null(strstr(r.body, "一度に送れる量を超えています"));
	r = ask(&b, "POST", "/login", "", "login=%zz");
	check_status(&r, 422);
	r = ask(&b, "POST", "/login", "", "login=x&password=y");
	check_status(&r, 403);
	r = get(&b, "/../etc/passwd");
	check_status(&r, 404);
	r = get(&b, "/assets/../meson.build");
	check_status(&r, 404);
	r = get(&b, "/login?next=%ff");
	check_status(&r, 404);
	r = get(&b, "//evil.example/");
	check_status(&r, 404);
}

static void test_assets(void **state)
{
	struct arena *a = *state;
	struct browser b = {a, "x=y"};
	struct reply r = get(&b, asset_path("app.css"));
	check_status(&r, 200);
	assert_non_null(strstr(header_of(a, &r, "Cache-Control"), "immutable"));
	const char *etag = header_of(a, &r, "ETag");
	r = ask(&b, "GET", asset_path("app.css"), arena_fmt(a, "If-None-Match: %s\r\n", etag), NULL);
	check_status(&r, 304);
	r = ask(&b, "GET", asset_path("app.css"), "Accept-Encoding: gzip\r\n", NULL);
	assert_string_equal(header_of(a, &r, "Content-Encoding"), "gzip");
	assert_true(r.n < 12000);
}

static void test_login(void **state)
{
	struct arena *a = *state;
	struct browser b = {a, "x=y"};
	struct reply r = get(&b, "/login");
	const char *csrf = hidden(&b, &r, "csrf");
	r = ask(&b, "POST", "/login", "", arena_fmt(a, "csrf=%s&login=hoken&password=wrong-wrong-wrong", csrf));
	check_status(&r, 401);
	assert_non_null(strstr(r.body, "value=\"hoken\""));
	assert_null(strstr(r.body, "wrong-wrong-wrong"));
	struct browser in = log_in(a, "hoken");
	r = get(&in, "/settings/display");
	check_status(&r, 200);
	assert_non_null(strstr(r.body, "試験 花子"));
	r = ask(&in, "GET", "/settings/display", "X-Tsunagi: 1\r\nX-Tsunagi-Account: somebodyelse\r\n", NULL);
	check_status(&r, 403);
}

static void test_post(void **state)
{
	struct arena *a = *state;
	struct browser b = log_in(a, "kanri");
	struct reply r = get(&b, "/settings/display");
	check_status(&r, 200);
	const char *csrf = hidden(&b, &r, "csrf"), *once = hidden(&b, &r, "once");
	/* faults: shown again with what was typed, nothing saved, the token still free */
	r = ask(&b, "POST", "/settings/display", "", arena_fmt(a, "csrf=%s&once=%s&text_size=large&list_rows=%s&idle_min=999", csrf, once, "%EF%BC%95%EF%BC%90"));
	check_status(&r, 422);
	assert_non_null(strstr(r.body, "href=\"#f-idle_min\""));
	assert_non_null(strstr(r.body, "value=\"999\""));
	const char *good = arena_fmt(a, "csrf=%s&once=%s&text_size=large&list_rows=50&idle_min=30", csrf, once);
	r = ask(&b, "POST", "/settings/display", "", good);
	check_status(&r, 303);
	assert_string_equal(header_of(a, &r, "Location"), "/settings/display?done=settings");
	r = ask(&b, "POST", "/settings/display", "", arena_fmt(a, "csrf=%s&once=%s&text_size=xlarge&list_rows=50&idle_min=30", csrf, once));
	check_status(&r, 303); /* the second time: the first result, and the size stays */
	r = get(&b, "/settings/display?done=settings");
	assert_non_null(strstr(r.body, "data-text=\"1\""));
	assert_non_null(strstr(r.body, "表示の設定を変えました。"));
	r = ask(&b, "POST", "/settings/display", "", arena_fmt(a, "csrf=%s&once=%s&text_size=large&list_rows=50&idle_min=30&evil=1", csrf, once));
	check_status(&r, 303); /* still the first result */
	r = get(&b, "/settings/display");
	r = ask(&b, "POST", "/settings/display", "", arena_fmt(a, "csrf=%s&once=%s&text_size=large&list_rows=50&idle_min=30&evil=1", csrf, hidden(&b, &r, "once")));
	check_status(&r, 400);
	r = ask(&b, "POST", "/settings/display", "Sec-Fetch-Site: cross-site\r\n", good);
	check_status(&r, 403);
	r = ask(&b, "POST", "/settings/display", "", "csrf=wrong&once=x&text_size=large&note=%E9%95%B7%E3%81%84%E6%96%87");
	check_status(&r, 403);
	assert_non_null(strstr(r.body, "長い文")); /* not a word is lost */
}

/* A worker killed in mid-life is started anew; the others go on. */
static void test_kill(void **state)
{
	struct arena *a = *state;
	struct browser b = {a, "x=y"};
	int status = system(arena_fmt(a, "kill -9 $(pgrep -P %d | head -1)", (int)w.pid));
	assert_int_equal(status, 0);
	for (int i = 0; i < 20; i++) {
		struct reply r = get(&b, "/health");
		check_status(&r, 200);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(test_public), UNIT(test_hostile), UNIT(test_assets), UNIT(test_login), UNIT(test_post),
		UNIT(test_kill)};
	return cmocka_run_group_tests_name("web_server", tests, set_up, tear_down);
}
