/* The parsing half: bytes to names and values. The declared half is formin_check.c. */
#define _GNU_SOURCE /* memmem */
#include "web/formin.h"

#include "base/str.h"

#include <string.h>
#include <strings.h>

static int hex(unsigned char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	ch |= 0x20;
	return ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

bool formin_decode(struct arena *a, const char *p, size_t n, bool plus, const char **out)
{
	char *to = arena_alloc(a, n + 1), *q = to;
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '+' && plus) {
			*q++ = ' ';
		} else if (p[i] == '%') {
			int hi = -1, lo = -1;
			if (i + 2 < n) {
				hi = hex((unsigned char)p[i + 1]);
				lo = hex((unsigned char)p[i + 2]);
			}
			if (hi < 0 || lo < 0)
				return false;
			*q++ = (char)(hi << 4 | lo);
			i += 2;
		} else {
			*q++ = p[i];
		}
	}
	*q = '\0';
	*out = to;
	return str_utf8_valid(to, (size_t)(q - to));
}

static err add_field(struct arena *a, struct pairs *out, const char *name, const char *value)
{
	if (out->n >= FORMIN_MAX_FIELDS || strlen(name) > FORMIN_MAX_NAME)
		return ERR_LIMIT;
	pairs_add(a, out, name, str_lf(a, value));
	return OK;
}

err formin_urlencoded(struct arena *a, const char *p, size_t n, struct pairs *out)
{
	*out = (struct pairs){0};
	const char *end = p + n;
	while (p < end) {
		const char *amp = memchr(p, '&', (size_t)(end - p));
		if (!amp)
			amp = end;
		if (amp > p) {
			const char *eq = memchr(p, '=', (size_t)(amp - p)), *name, *value = "";
			const char *name_end = eq ? eq : amp;
			if (!formin_decode(a, p, (size_t)(name_end - p), true, &name))
				return ERR_NOT_UTF8;
			if (eq && !formin_decode(a, eq + 1, (size_t)(amp - eq - 1), true, &value))
				return ERR_NOT_UTF8;
			TRY(add_field(a, out, name, value));
		}
		p = amp + 1;
	}
	return OK;
}

/* ---- multipart/form-data ---- */

/* The value of `; key=` in a header, quoted or not. Browsers write %22, %0D, %0A for the signs that cannot stand there. */
static bool header_param(struct arena *a, const char *s, const char *key, const char **out)
{
	size_t n_key = strlen(key);
	for (const char *p = s; (p = strchr(p, ';')) != NULL;) {
		p++;
		while (*p == ' ' || *p == '\t')
			p++;
		bool hit = strncasecmp(p, key, n_key) == 0 && p[n_key] == '=';
		const char *v = hit ? p + n_key + 1 : p + strcspn(p, "=;");
		if (!hit && *v == '=')
			v++;
		if (*v == '"') {
			struct buf b = buf_new(a);
			for (v++; *v && *v != '"'; v++) {
				if (*v == '\\' && (v[1] == '"' || v[1] == '\\'))
					v++;
				buf_char(&b, *v);
			}
			if (*v != '"')
				return false;
			if (hit) {
				*out = b.p;
				return true;
			}
			p = v + 1;
		} else if (hit) {
			*out = arena_strn(a, v, strcspn(v, "; \t"));
			return true;
		}
	}
	return false;
}

static const char *percent_quotes(struct arena *a, const char *s)
{
	struct buf b = buf_new(a);
	for (; *s; s++) {
		if (strncasecmp(s, "%22", 3) == 0) {
			buf_char(&b, '"');
			s += 2;
		} else if (strncasecmp(s, "%0D", 3) == 0 || strncasecmp(s, "%0A", 3) == 0) {
			s += 2;
		} else {
			buf_char(&b, *s);
		}
	}
	return b.p;
}

struct part {
	const char *name, *file, *type;
	const char *body;
	size_t n;
};

/* p stands at the first header line; *body_start behind the empty line. */
static err part_headers(struct arena *a, const char *p, const char *end, struct part *out, const char **body_start)
{
	*out = (struct part){.type = "text/plain"};
	for (int lines = 0; lines < 16; lines++) {
		const char *eol = memmem(p, (size_t)(end - p), "\r\n", 2);
		if (!eol || eol - p > 4096)
			return ERR_INPUT;
		if (eol == p) {
			*body_start = p + 2;
			return out->name ? OK : ERR_INPUT;
		}
		if (!str_utf8_valid(p, (size_t)(eol - p)))
			return ERR_NOT_UTF8;
		const char *line = arena_strn(a, p, (size_t)(eol - p));
		if (strncasecmp(line, "content-disposition:", 20) == 0) {
			const char *name, *file;
			if (!header_param(a, line, "name", &name))
				return ERR_INPUT;
			out->name = percent_quotes(a, name);
			if (header_param(a, line, "filename", &file))
				out->file = percent_quotes(a, file);
		} else if (strncasecmp(line, "content-type:", 13) == 0) {
			out->type = str_trim(a, line + 13);
		}
		p = eol + 2;
	}
	return ERR_LIMIT;
}

static err add_part(struct arena *a, const struct part *part, struct pairs *out, struct upload **files, size_t *n_files, size_t *cap)
{
	if (!part->file) {
		if (!str_utf8_valid(part->body, part->n))
			return ERR_NOT_UTF8;
		return add_field(a, out, part->name, arena_strn(a, part->body, part->n));
	}
	if (*n_files >= 200 || strlen(part->name) > FORMIN_MAX_NAME)
		return ERR_LIMIT;
	if (*n_files == *cap) {
		struct upload *v = ARENA_ARRAY(a, *cap ? *cap * 2 : 4, struct upload);
		if (*n_files > 0)
			memcpy(v, *files, *n_files * sizeof *v);
		*files = v;
		*cap = *cap ? *cap * 2 : 4;
	}
	const char *slash = strrchr(part->file, '/'), *back = strrchr(part->file, '\\');
	const char *name = back > slash ? back + 1 : slash ? slash + 1 : part->file;
	(*files)[(*n_files)++] = (struct upload){part->name, name, part->type, part->body, part->n};
	return OK;
}

err formin_multipart(struct arena *a, const char *type, const char *p, size_t n, struct pairs *out, struct upload **files,
	size_t *n_files)
{
	const char *boundary, *end = p + n;
	size_t cap = 0;
	*out = (struct pairs){0};
	*files = NULL;
	*n_files = 0;
	if (!header_param(a, type, "boundary", &boundary) || boundary[0] == '\0' || strlen(boundary) > 70)
		return ERR_BODY_TYPE;
	const char *mark = arena_fmt(a, "\r\n--%s", boundary);
	size_t n_mark = strlen(mark);
	/* the first delimiter stands without a line break before it */
	if (n < n_mark - 2 || memcmp(p, mark + 2, n_mark - 2) != 0)
		return n == 0 ? OK : ERR_INPUT;
	p += n_mark - 2;
	for (;;) {
		if (end - p >= 2 && memcmp(p, "--", 2) == 0)
			return OK;
		if (end - p < 2 || memcmp(p, "\r\n", 2) != 0)
			return ERR_INPUT;
		struct part part;
		const char *body;
		TRY(part_headers(a, p + 2, end, &part, &body));
		/* an empty body: the delimiter's line break is the one that ended the headers */
		const char *next = memmem(body - 2, (size_t)(end - body + 2), mark, n_mark);
		if (!next)
			return ERR_INPUT;
		part.body = body;
		part.n = next > body ? (size_t)(next - body) : 0;
		TRY(add_part(a, &part, out, files, n_files, &cap));
		p = next + n_mark;
	}
}

err formin_body(struct req *r)
{
	const char *t = str_or(r->body_type, "");
	size_t n = strcspn(t, "; ");
	if (r->n_body == 0)
		return OK;
	if (n == 33 && strncasecmp(t, "application/x-www-form-urlencoded", n) == 0)
		return formin_urlencoded(r->arena, r->body, r->n_body, &r->form);
	if (n == 19 && strncasecmp(t, "multipart/form-data", n) == 0)
		return formin_multipart(r->arena, t, r->body, r->n_body, &r->form, &r->files, &r->n_files);
	if (n == 16 && strncasecmp(t, "application/json", n) == 0)
		return str_utf8_valid(r->body, r->n_body) ? OK : ERR_NOT_UTF8;
	return ERR_BODY_TYPE;
}
