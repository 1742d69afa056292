/* pages/dispatch_parts — fields that the pages of the dispatch programme share. Ownership: arena of the request. */
#ifndef TSU_WEB_PAGES_DISPATCH_PARTS_H
#define TSU_WEB_PAGES_DISPATCH_PARTS_H

#include "web/page.h"

const char *dispatch_tag(const char *state); /* ok note warn bad */
/* 日常生活圏域, by public id. */
MUST err dispatch_area_field(struct req *r, int64_t area_id, struct ui_field *out);
MUST err dispatch_area_read(struct req *r, const char *pid, int64_t *id); /* a fault of "area" if it is none */
struct ui_field dispatch_profession_field(struct req *r, const char *label, const char *stored);
/* yes / no / not said */
struct ui_field dispatch_yes_no(struct req *r, const char *name, const char *label, const char *stored);
/* Organisations to choose from, by public id: those of therapists. org_id INT_NULL: none chosen. */
MUST err dispatch_org_field(struct req *r, const char *name, const char *label, int64_t org_id, struct ui_field *out);
MUST err dispatch_org_read(struct req *r, const char *name, const char *label, int64_t *id);

#endif
