/* cert_notice — what certifications ask for in the next weeks, and the letters to the people (介護保険法9・27・28条, 同施行規則39条;
 * R-NT-RENEW-WIN, R-NT-30D, R-NT-65, R-NT-40): a reminder to apply for the renewal within its window, and what changes at 65.
 *
 * Both follow from the lines of law/duty for the people whose cases the organisation has; no day is reckoned here.
 * Letters: one page A4 each, addressed to the person; whoever has died or moved away gets none.
 * Gate: as care/duty_list; the address needs the name card. Ownership: arena. Errors: of the statements, ERR_FONT.
 * Tests: tests/unit/test_care_cert_notice.c, tests/http/test_duty.py.
 */
#ifndef TSU_CARE_CERT_NOTICE_H
#define TSU_CARE_CERT_NOTICE_H

#include "care/duty.h"

/* The lines about certifications and ages, open and coming within `days`. */
MUST err cert_notice_lines(struct ctx *c, civil on, int64_t staff_id, int64_t days, struct duty_list *out);
/* The letters for these lines (those that have one). *n_letters = pages; 0: bytes is NULL. person_id 0: everybody. */
MUST err cert_notice_letters(struct ctx *c, const struct duty_list *lines, int64_t person_id, const char **bytes, size_t *n, size_t *n_letters);
/* Has this line a letter? */
bool cert_notice_has_letter(const struct duty_item *i);

#endif
