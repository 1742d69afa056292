/* pages/common — what several pages need: the head of a person, choices from the law's code lists, staff to choose from.
 * Ownership: arena of the request. Errors: of the room asked (ERR_NOTFOUND for an invisible person). */
#ifndef TSU_WEB_PAGES_COMMON_H
#define TSU_WEB_PAGES_COMMON_H

#include "register/person.h"
#include "register/search.h"
#include "web/page.h"

/* The choices of a list today. A stored code that is no choice any more stays at the end, so an old record can be saved. */
const struct ui_choice *choices_of(struct req *r, const char *list, const char *stored, size_t *n);
/* A field whose choices come from a list. */
struct ui_field choice_field(struct req *r, const char *name, const char *label, const char *list, const char *stored);
/* Staff of the actor's organisation, the actor first; "" = 担当なし is not offered. */
MUST err choices_staff(struct req *r, const struct ui_choice **v, size_t *n);
/* The name of whoever wrote something; "" if nobody of the staff or out of sight. */
MUST err staff_name_of(struct req *r, int64_t staff_id, const char **name);
/* The filter 担当者 of a list: 「事業所全体」 (""), 「自分の担当」 ("me") and each of the staff; and the staff member it names: 0 everybody,
 * -1 nobody ("me" of an account without staff). ERR_NOTFOUND: no such staff. */
MUST err staff_filter_field(struct req *r, const char *stored, struct ui_field *f);
MUST err staff_filter_id(struct req *r, const char *stored, int64_t *id);
/* The filter 日常生活圏域 of a list: 「すべての圏域」 ("") and each of today. */
MUST err zone_filter_field(struct req *r, const char *stored, struct ui_field *f);
const char *code_label(struct req *r, const char *list, const char *code);

/* Opens the person (ERR_NOTFOUND if invisible), reports the look, fills page->person and the person's tabs. */
MUST err person_page(struct req *r, struct page_view *page, const char *pid, struct person_card *card);
/* A page that belongs to another tab than its address tells: the one whose path ends so. */
void person_tab(struct page_view *page, const char *end);
/* The same without tabs and card, for pages that only show whom they are about. */
MUST err person_page_head(struct req *r, struct page_view *page, const char *pid);

/* The people a text finds, each reported as looked at, for a page on which one of them is chosen. text blank: none, *searched false. */
MUST err person_hits(struct req *r, const char *text, const struct person_hit **v, size_t *n, bool *searched);
/* 「令和8年11月20日 10:05 佐藤」 for the state line. */
/* A CSV to be read in: the bytes of the upload "file", else of the field "text" that came back with the result of a trial. */
MUST err csv_upload_bytes(struct req *r, const char **bytes, size_t *n);
/* Those bytes as UTF-8 for the form of the second step, whatever the file's charset was; "" if they are of none. */
const char *csv_upload_text(struct req *r, const char *bytes, size_t n);
const char *saved_note(struct req *r, int64_t ms, const char *who);

#endif
