#include "form/mark.h"

#include "base/buf.h"
#include "base/str.h"

const char *mark_clean(struct arena *a, const char *text)
{
	bool any = false;
	const char *t = text;
	for (uint32_t c; (c = str_next(&t));)
		any |= c == MARK_BEGIN || c == MARK_END;
	if (!any)
		return text;
	struct buf b = buf_new(a);
	for (uint32_t c; (c = str_next(&text));)
		if (c != MARK_BEGIN && c != MARK_END)
			buf_utf8(&b, c);
	return str_or(b.p, "");
}

const char *mark_paper(struct arena *a, const struct mark_step *steps, size_t n)
{
	struct buf b = buf_new(a);
	for (size_t i = 0; i < n; i++) {
		if (steps[i].struck)
			buf_utf8(&b, MARK_BEGIN);
		buf_str(&b, mark_clean(a, steps[i].text));
		if (steps[i].struck)
			buf_utf8(&b, MARK_END);
	}
	return str_or(b.p, "");
}

const char *mark_plain(struct arena *a, const struct mark_step *steps, size_t n)
{
	struct buf b = buf_new(a);
	for (size_t i = 0; i < n; i++)
		if (steps[i].struck)
			buf_fmt(&b, "〔変更前：%s〕", mark_clean(a, steps[i].text));
		else
			buf_str(&b, mark_clean(a, steps[i].text));
	return str_or(b.p, "");
}
