/* bench_raw BYTES — the yardstick of script/bench: a bare libmicrohttpd server under epoll, one thread, that answers every
 * GET with a fixed HTML body of BYTES bytes. Listens on a free port of 127.0.0.1, prints "PORT" and runs until its standard
 * input closes. No table, no session, no log: what remains is the library and the kernel. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct body {
	char *bytes;
	size_t n;
};

static enum MHD_Result answer(void *cls, struct MHD_Connection *conn, const char *url, const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
	static int seen;
	struct body *b = cls;
	(void)url, (void)version, (void)upload, (void)upload_size;
	if (strcmp(method, "GET") != 0)
		return MHD_NO;
	if (!*state) { /* first call of a request: the header only */
		*state = &seen;
		return MHD_YES;
	}
	*state = NULL;
	struct MHD_Response *r = MHD_create_response_from_buffer(b->n, b->bytes, MHD_RESPMEM_PERSISTENT);
	if (!r)
		return MHD_NO;
	MHD_add_response_header(r, "Content-Type", "text/html; charset=utf-8");
	enum MHD_Result ok = MHD_queue_response(conn, MHD_HTTP_OK, r);
	MHD_destroy_response(r);
	return ok;
}

int main(int argc, char **argv)
{
	long n = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
	if (n <= 0 || n > 16L << 20) {
		fprintf(stderr, "usage: bench_raw BYTES\n");
		return 2;
	}
	struct body b = {malloc((size_t)n), (size_t)n};
	if (!b.bytes)
		return 1;
	memset(b.bytes, 'x', b.n);
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, &b, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at,
	                                        MHD_OPTION_END);
	const union MHD_DaemonInfo *info = d ? MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT) : NULL;
	if (!info) {
		fprintf(stderr, "bench_raw: the server did not start\n");
		return 1;
	}
	printf("%u\n", (unsigned)info->port);
	fflush(stdout);
	char c;
	while (read(STDIN_FILENO, &c, 1) > 0)
		;
	MHD_stop_daemon(d);
	free(b.bytes);
	return 0;
}
