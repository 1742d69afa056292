/* The password helpers: argon2id takes some 30 ms and 19 MiB, so it runs here and never in a worker. Each helper listens on
 * the sockets of all workers; whoever is free takes the question. Packets keep their borders (SOCK_SEQPACKET). */
#include "web/server_own.h"

#include "access/credential.h"

#include <errno.h>
#include <poll.h>
#include <sodium.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void answer(int fd)
{
	struct password_question q;
	struct password_answer a = {0};
	ssize_t n = recv(fd, &q, sizeof q, MSG_DONTWAIT);
	if (n != (ssize_t)sizeof q)
		return;
	q.hash[HASH_BYTES - 1] = '\0';
	q.password[PASSWORD_BYTES - 1] = '\0';
	a.id = q.id;
	if (q.op == PASSWORD_CHECK)
		a.ok = credential_verify(q.hash, q.password);
	else
		a.ok = credential_hash(q.password, a.hash) == OK;
	sodium_memzero(&q, sizeof q);
	if (send(fd, &a, sizeof a, MSG_NOSIGNAL) < 0 && errno != EPIPE)
		_exit(1);
	sodium_memzero(&a, sizeof a);
}

_Noreturn void helper_run(const int *fds, int n_fds)
{
	struct pollfd p[64];
	if (credential_init() != OK)
		_exit(1);
	for (;;) {
		for (int i = 0; i < n_fds; i++)
			p[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
		if (poll(p, (nfds_t)n_fds, -1) < 0 && errno != EINTR)
			_exit(1);
		for (int i = 0; i < n_fds; i++)
			if (p[i].revents & POLLIN)
				answer(fds[i]);
	}
}

/* ---- the handler's side ---- */

static err ask(struct req *r, enum password_op op, const char *hash, const char *password, const struct password_answer **out)
{
	struct waits *w = r->wait;
	if (!w)
		return ERR_BUG;
	if (w->next < w->n) {
		*out = &w->v[w->next++];
		return OK;
	}
	if (w->n == SERVER_MAX_WAITS)
		return ERR_BUG;
	if (strlen(password) >= PASSWORD_BYTES)
		return ERR_TOO_LONG;
	memset(&w->question, 0, sizeof w->question);
	w->question.op = (int32_t)op;
	memcpy(w->question.password, password, strlen(password));
	if (hash && strlen(hash) < HASH_BYTES)
		memcpy(w->question.hash, hash, strlen(hash));
	w->pending = true;
	return ERR_WAIT;
}

err req_password_check(struct req *r, const char *hash, const char *password, bool *ok)
{
	const struct password_answer *a;
	TRY(ask(r, PASSWORD_CHECK, hash, password, &a));
	*ok = a->ok != 0;
	return OK;
}

err req_password_hash(struct req *r, const char *password, const char **hash)
{
	const struct password_answer *a;
	TRY(ask(r, PASSWORD_HASH, NULL, password, &a));
	if (!a->ok)
		return ERR_NOMEM;
	*hash = arena_str(r->arena, a->hash);
	return OK;
}
