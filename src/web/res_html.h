/* res_html — what compiled templates call: each function writes one value, escaped for the place the template
 * compiler found for it (docs/templates.md). Text is valid UTF-8 (checked at the edges); NULL, CIVIL_NONE and
 * INT64_MIN (no value) write nothing. Instants are shown in JST. Tests: tests/unit/test_web.c. */
#ifndef TSU_WEB_RES_HTML_H
#define TSU_WEB_RES_HTML_H

#include "base/buf.h"
#include "base/civil.h"

/* HTML made by our own generators (SVG, already escaped). The only thing {{raw}} takes. */
struct html_safe {
	const char *s;
};

void html_text(struct buf *b, const char *s);
void html_attr(struct buf *b, const char *s);
void html_urlpart(struct buf *b, const char *s); /* percent-encoded: one segment or one query value */
void html_url(struct buf *b, const char *path);  /* a whole local address: "/…", "#…", "?…"; anything else becomes "#" */
void html_raw(struct buf *b, struct html_safe s);
void html_int(struct buf *b, int64_t n);
void html_num(struct buf *b, int64_t n);         /* 1,234,567 */
void html_date(struct buf *b, civil day);        /* 令和8年4月1日（2026年4月1日） */
void html_datew(struct buf *b, civil day);       /* 令和8年4月1日 */
void html_dates(struct buf *b, civil day);       /* R8.4.1 */
void html_dateiso(struct buf *b, civil day);     /* 2026-04-01 */
void html_time(struct buf *b, int64_t ms);       /* 令和8年4月1日 14:03 */
void html_timeiso(struct buf *b, int64_t ms);    /* 2026-04-01T14:03+09:00 */
void html_clock(struct buf *b, int64_t ms);      /* 14:03 */

#endif
