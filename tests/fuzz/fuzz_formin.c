#include "fuzz.h"
#include "web/formin.h"

/* Byte 0 chooses the kind of body; accepted text is always UTF-8 with LF, files lie inside the body. */
FUZZ(a, data, n)
{
	struct pairs p;
	struct upload *files = NULL;
	size_t n_files = 0;
	if (!n)
		return;
	const char *body = (const char *)data + 1;
	err e = data[0] & 1 ? formin_multipart(a, "multipart/form-data; boundary=AaB", body, n - 1, &p, &files, &n_files) :
		formin_urlencoded(a, body, n - 1, &p);
	if (e != OK)
		return;
	for (size_t i = 0; i < p.n; i++) {
		MUST_HOLD(str_utf8_valid(p.v[i].name, strlen(p.v[i].name)));
		MUST_HOLD(str_utf8_valid(p.v[i].value, strlen(p.v[i].value)));
		MUST_HOLD(strchr(p.v[i].value, '\r') == NULL);
	}
	for (size_t i = 0; i < n_files; i++) {
		const char *from = files[i].bytes;
		MUST_HOLD(from >= body && files[i].n <= n - 1 && from + files[i].n <= body + n - 1);
		MUST_HOLD(strpbrk(files[i].name, "/\\") == NULL);
	}
}
