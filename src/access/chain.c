#include "access/chain.h"

#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

err chain_ready(const struct ctx *c) { return c->house && c->house->key ? OK : ERR_KEY; }

const char *chain_purpose(struct ctx *c)
{
	return c->actor.system && c->actor.login[0] ? arena_fmt(c->arena, "%s@%s", c->actor.purpose, c->actor.login) : c->actor.purpose;
}

/* Numbers have a fixed length and texts their length before them, so no two entries give the same bytes. */
static void put_int(struct buf *b, int64_t v)
{
	uint8_t p[8];
	for (int i = 0; i < 8; i++)
		p[i] = (uint8_t)((uint64_t)v >> (8 * i));
	buf_add(b, p, 8);
}

static void put_text(struct buf *b, const char *s)
{
	put_int(b, (int64_t)strlen(s));
	buf_str(b, s);
}

void chain_start(struct ctx *c, const char *name, uint8_t out[KEY_MAC])
{
	key_mac(c->house->key, "chain-start", name, strlen(name), out);
}

void chain_hash_entry(struct ctx *c, const uint8_t prev[KEY_MAC], const struct q_audit_entry_page_row *e, uint8_t out[KEY_MAC])
{
	struct buf b = buf_new(c->arena);
	buf_add(&b, prev, KEY_MAC);
	put_int(&b, e->id);
	put_int(&b, e->at_ms);
	put_int(&b, e->account_id);
	put_int(&b, e->org_id);
	put_text(&b, e->action);
	put_text(&b, e->table_name);
	put_int(&b, e->row_id);
	put_int(&b, e->person_id);
	put_text(&b, e->purpose);
	put_text(&b, e->request_id);
	key_mac(c->house->key, "audit-chain", b.p, b.n, out);
}

void chain_hash_look(struct ctx *c, const uint8_t prev[KEY_MAC], const char *month, const struct q_look_page_row *e,
	const int64_t *ids, size_t n, uint8_t out[KEY_MAC])
{
	struct buf b = buf_new(c->arena);
	buf_add(&b, prev, KEY_MAC);
	put_text(&b, month);
	put_int(&b, e->id);
	put_int(&b, e->at_ms);
	put_int(&b, e->account_id);
	put_int(&b, e->org_id);
	put_text(&b, e->action);
	put_text(&b, e->what);
	put_text(&b, e->purpose);
	put_text(&b, e->request_id);
	put_int(&b, e->n_persons);
	put_int(&b, (int64_t)n);
	for (size_t i = 0; i < n; i++)
		put_int(&b, ids[i]);
	key_mac(c->house->key, "look-chain", b.p, b.n, out);
}

static const char *head_line(struct ctx *c, const char *name, int64_t seq, const uint8_t hash[KEY_MAC])
{
	char hex[KEY_MAC * 2 + 1], mac_hex[KEY_MAC * 2 + 1];
	uint8_t mac[KEY_MAC];
	key_hex(hash, KEY_MAC, hex);
	/* the number has a fixed width, so that a shorter line never leaves an end of the older one */
	const char *body = arena_fmt(c->arena, "tsunagi-head 1 %s %019lld %s", name, (long long)seq, hex);
	key_mac(c->house->key, "chain-head", body, strlen(body), mac);
	key_hex(mac, KEY_MAC, mac_hex);
	return arena_fmt(c->arena, "%s %s\n", body, mac_hex);
}

static bool head_parse(struct ctx *c, const char *line, const char *name, int64_t *seq, uint8_t hash[KEY_MAC])
{
	size_t n;
	char **w = str_split(c->arena, line, ' ', &n);
	return n == 6 && str_eq(w[2], name) && str_int(w[3], seq) && *seq >= 0 && key_unhex(w[4], hash, KEY_MAC) &&
		str_eq(line, head_line(c, name, *seq, hash));
}

static enum chain_head read_fd(struct ctx *c, int fd, const char *name, int64_t *seq, uint8_t hash[KEY_MAC])
{
	char text[512];
	ssize_t got = pread(fd, text, sizeof text - 1, 0);
	if (got == 0)
		return CHAIN_HEAD_NONE;
	if (got < 0 || !str_utf8_valid(text, (size_t)got))
		return CHAIN_HEAD_BAD;
	text[got] = '\0';
	return head_parse(c, text, name, seq, hash) ? CHAIN_HEAD_GOOD : CHAIN_HEAD_BAD;
}

err chain_head_write(struct ctx *c, const char *path, const char *name, int64_t seq, const uint8_t hash[KEY_MAC])
{
	/* The lines are small; make sure of the memory first, so that no escape leaves the lock behind. */
	struct arena_mark room = arena_mark_get(c->arena);
	arena_alloc(c->arena, 16384);
	arena_rewind(c->arena, room);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return ERR_IO;
	/* Two workers commit 5 and 6 and come here as 6 and 5: the file must not go back. A broken file is left for verify. */
	err e = flock(fd, LOCK_EX) == 0 ? OK : ERR_IO;
	int64_t old = 0;
	uint8_t old_hash[KEY_MAC];
	enum chain_head is = e == OK ? read_fd(c, fd, name, &old, old_hash) : CHAIN_HEAD_BAD;
	if (e == OK && (is == CHAIN_HEAD_NONE || (is == CHAIN_HEAD_GOOD && seq > old))) {
		const char *line = head_line(c, name, seq, hash);
		if (pwrite(fd, line, strlen(line), 0) != (ssize_t)strlen(line))
			e = ERR_IO;
	}
	close(fd);
	return e;
}

enum chain_head chain_head_read(struct ctx *c, const char *path, const char *name, int64_t *seq, uint8_t hash[KEY_MAC])
{
	struct arena_mark room = arena_mark_get(c->arena);
	arena_alloc(c->arena, 16384);
	arena_rewind(c->arena, room);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return CHAIN_HEAD_NONE;
	enum chain_head is = read_fd(c, fd, name, seq, hash);
	close(fd);
	return is;
}
