/* r->res to the wire: headers that every answer carries, compression, cookies. */
#include "web/server_own.h"

#include "base/pid.h"
#include "base/str.h"
#include "web/asset.h"

#include <string.h>
#include <zlib.h>

const char *req_header(const struct req *r, const char *name)
{
	const struct conn *k = r->conn;
	if (!k || !k->mhd)
		return NULL;
	const char *v = MHD_lookup_connection_value(k->mhd, MHD_HEADER_KIND, name);
	return v && str_utf8_valid(v, strlen(v)) ? v : NULL;
}

static const char POLICY[] = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
	"frame-ancestors 'none'";

static void header(struct MHD_Response *m, const char *name, const char *value)
{
	/* the library refuses a value with a line break: then the header is left out */
	(void)MHD_add_response_header(m, name, value);
}

static void common_headers(struct MHD_Response *m, const struct req *r)
{
	bool pdf = str_eq(r->res.type, "application/pdf");
	header(m, "Content-Security-Policy", pdf ? "frame-ancestors 'none'" : POLICY);
	header(m, "X-Content-Type-Options", "nosniff");
	header(m, "X-Frame-Options", "DENY");
	header(m, "Referrer-Policy", "no-referrer");
	header(m, "Cross-Origin-Opener-Policy", "same-origin");
	header(m, "Cross-Origin-Resource-Policy", "same-origin");
	header(m, "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
	header(m, "Cache-Control", r->res.cacheable ? "public, max-age=31536000, immutable" : "no-store");
	if (r->https)
		header(m, "Strict-Transport-Security", "max-age=31536000");
	if (r->res.type)
		header(m, "Content-Type", r->res.type);
	if (r->res.location)
		header(m, "Location", r->res.location);
	if (r->res.disposition)
		header(m, "Content-Disposition", r->res.disposition);
	for (size_t i = 0; i < r->res.headers.n; i++)
		header(m, r->res.headers.v[i].name, r->res.headers.v[i].value);
}

static bool accepts_gzip(const struct req *r)
{
	const char *v = req_header(r, "Accept-Encoding");
	const char *g = v ? strstr(v, "gzip") : NULL;
	return g && strncmp(g, "gzip;q=0", 8) != 0;
}

/* A gzip member may carry a file name: one of random length hides how well the secret tokens of a page compress together
 * with what an attacker made it echo (BREACH). */
static size_t pack_page(struct req *r, void **out)
{
	static const char padding[] = "................................................................";
	void *gz;
	size_t n = asset_gzip(r->arena, r->res.body.p, r->res.body.n, 4, &gz);
	if (n < 18)
		return 0;
	uint8_t chance;
	rand_bytes(&chance, 1);
	size_t pad = 1 + chance % 64;
	unsigned char *p = arena_alloc(r->arena, n + pad + 1);
	memcpy(p, gz, 10);
	p[3] |= 0x08; /* FNAME */
	memcpy(p + 10, padding, pad);
	p[10 + pad] = '\0';
	memcpy(p + 11 + pad, (unsigned char *)gz + 10, n - 10);
	*out = p;
	return n + pad + 1;
}

static bool is_text(const char *type)
{
	return type && (str_starts(type, "text/") || str_starts(type, "application/json"));
}

/* The body as it goes out, packed if that pays and fits. */
static bool pack(struct conn *k, const void **bytes, size_t *n)
{
	jmp_buf escape;
	void *gz;
	if (setjmp(escape) != 0) {
		arena_set_escape(k->arena, NULL);
		return false;
	}
	arena_set_escape(k->arena, &escape);
	size_t n_gz = pack_page(&k->req, &gz);
	arena_set_escape(k->arena, NULL);
	if (n_gz == 0)
		return false;
	*bytes = gz;
	*n = n_gz;
	return true;
}

enum MHD_Result respond(struct conn *k)
{
	struct req *r = &k->req;
	const void *bytes = r->res.body.p ? r->res.body.p : "";
	size_t n = r->res.body.p ? r->res.body.n : 0;
	bool may = !r->res.cacheable && n > 1000 && is_text(r->res.type) && accepts_gzip(r);
	bool packed = may && pack(k, &bytes, &n);
	struct MHD_Response *m = MHD_create_response_from_buffer(n, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
	if (!m)
		return MHD_NO;
	common_headers(m, r);
	if (packed)
		header(m, "Content-Encoding", "gzip");
	if (is_text(r->res.type))
		header(m, "Vary", "Accept-Encoding");
	if (k->drain || (r->server && r->server->stop))
		header(m, "Connection", "close");
	enum MHD_Result result = MHD_queue_response(k->mhd, (unsigned)(r->res.status ? r->res.status : 500), m);
	MHD_destroy_response(m);
	return result;
}
