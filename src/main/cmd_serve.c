#include "access/door.h"
#include "access/harden.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "job/job.h"
#include "main/commands.h"
#include "main/house_open.h"
#include "store/migrate.h"
#include "web/asset.h"
#include "web/route.h"
#include "web/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_NAMES = 32 };

static int usage(const char *what)
{
	fprintf(stderr,
		"tsunagi serve: %s\n"
		"使い方: tsunagi serve [--data フォルダー] [--listen 127.0.0.1:8080] [--workers 数] [--host 名前]… [--proxy アドレス]…\n"
		"        [--https] [--log ファイル] [--outside]\n"
		"        tsunagi serve --routes   （画面の一覧を表示する）\n",
		what);
	return 2;
}

struct options {
	struct server_config config;
	bool outside; /* the host that the world sees: links of surveys and nothing else */
	const char *data, *hosts[MAX_NAMES], *proxies[MAX_NAMES];
};

/* 0, or the exit code. */
static int read_options(int argc, char **argv, struct options *o)
{
	for (int i = 1; i < argc; i++) {
		const char *name = argv[i], *value = i + 1 < argc ? argv[i + 1] : NULL;
		if (strcmp(name, "--https") == 0) {
			o->config.https = true;
			continue;
		}
		if (strcmp(name, "--outside") == 0) {
			o->outside = true;
			continue;
		}
		if (!value)
			return usage(name);
		i++;
		int64_t n;
		if (strcmp(name, "--data") == 0)
			o->data = value;
		else if (strcmp(name, "--listen") == 0)
			o->config.listen = value;
		else if (strcmp(name, "--log") == 0)
			o->config.log_path = value;
		else if (strcmp(name, "--workers") == 0 && str_int(value, &n) && n >= 1 && n <= 64)
			o->config.workers = (int)n;
		else if (strcmp(name, "--host") == 0 && o->config.n_hosts < MAX_NAMES)
			o->hosts[o->config.n_hosts++] = value;
		else if (strcmp(name, "--proxy") == 0 && o->config.n_proxies < MAX_NAMES)
			o->proxies[o->config.n_proxies++] = value;
		else
			return usage(name);
	}
	o->config.hosts = o->hosts;
	o->config.proxies = o->proxies;
	return 0;
}

/* Serve only a data folder whose schema is this program's. */
static err check_schema(struct arena *a, const struct house *h)
{
	struct ctx c;
	size_t pending = 0;
	ctx_init(&c, a, clock_now_ms());
	c.house = h;
	TRY(door_db(h, &c.db));
	err e = migrate_pending(&c, &pending);
	door_close(h, c.db);
	if (e == OK && pending > 0) {
		fputs("tsunagi serve: データの版が古いので、先に tsunagi migrate を実行してください。\n", stderr);
		return ERR_SCHEMA_DIFF;
	}
	return e;
}

/* A folder with a register is never served as the outside, nor the other way round. */
static bool kind_fits(const struct house *h, bool outside)
{
	if (h->outside == outside)
		return true;
	fputs(outside ? "tsunagi serve: このデータフォルダーは外側のものではありません。tsunagi init --outside で作ったフォルダーを指定してください。\n"
	              : "tsunagi serve: 外側のデータフォルダーです。--outside を付けて始めてください。\n", stderr);
	return false;
}

static err load_assets(struct arena *a, const struct house *h)
{
	TRY(asset_load(a, arena_fmt(a, "%s/assets", h->share_dir)));
	const char *built = access(TSUNAGI_BUILT_ASSETS, R_OK) == 0 ? TSUNAGI_BUILT_ASSETS : arena_fmt(a, "%s/assets/built", h->share_dir);
	return asset_load(a, built);
}

int cmd_serve(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--routes") == 0) {
		route_print();
		return 0;
	}
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	struct options o = {.data = "data", .config = {.listen = "127.0.0.1:8080", .workers = cores < 1 ? 4 : cores > 16 ? 64 : (int)cores * 4}};
	int code = read_options(argc, argv, &o);
	if (code != 0)
		return code;
	struct arena *a = arena_new((size_t)512 << 20);
	struct house h = {0};
	err e = harden_process();
	if (e == OK)
		e = house_open(a, o.data, &h);
	if (e == OK && !kind_fits(&h, o.outside)) {
		house_close(&h);
		arena_free(a);
		return 2;
	}
	if (e == OK)
		e = check_schema(a, &h);
	if (e == OK)
		e = load_assets(a, &h);
	if (e != OK) {
		fprintf(stderr, "tsunagi serve: %s%s（%s）\n", err_sentence_ja(e), err_mend_ja(e), err_name(e));
		house_close(&h);
		arena_free(a);
		return 1;
	}
	o.config.house = &h;
	o.config.jobs = h.outside ? NULL : job_supervise_table; /* outside there is no work for the house */
	code = server_run(&o.config);
	house_close(&h);
	arena_free(a);
	return code;
}
