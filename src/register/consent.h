/* consent — 同意: person × organisation × record classes × purpose × period; how it was given, by whom, the file (issue 2
 * step 5; 個人情報保護法27条; forms-careplan §6.2; U56). Class care, evidence REC-CONSENT.
 *
 * A consent opens: saving it writes a grant (relation consent) for exactly its organisation, classes, role classes and
 * period, in the same transaction; withdrawing, retiring or shortening it ends the grant; an edit that names another
 * organisation ends the old one's from today, and undo or a text put back from a conflict is followed in the same way. Nobody gives what the actor
 * may not give: ACTION_GIVE for every class that is opened beyond what the record opened before (another organisation, more
 * classes or roles, a longer period); to narrow or end it, writing is enough. Rights protection is never opened by a consent of an organisation.
 * The name card comes with every consent. Withdrawal (day and reason) counts from its day on; the record stays.
 * Ownership: arena. Errors: ERR_DENIED, ERR_REQUIRED, ERR_NOT_CHOICE, ERR_PERIOD_ORDER.
 * Tests: tests/unit/test_register_b.c.
 */
#ifndef TSU_REGISTER_CONSENT_H
#define TSU_REGISTER_CONSENT_H

#include "register/gen.h"

extern const struct gen_kind GEN_CONSENT;
GEN_FACE(consent, t_consent);

const char *consent_how_label_ja(const char *how);
const char *consent_purpose_label_ja(const char *purpose);
const char *consent_agreed_by_label_ja(const char *agreed_by);

/* note: the reason, required. */
MUST err consent_withdraw(struct ctx *c, const char *pid, civil on, const char *how, const char *note);

/* Does a consent for this class and organisation hold on the day? For the checks of plans and meetings. */
MUST err consent_holds(struct ctx *c, int64_t person_id, int64_t org_id, int class_bit, civil on, bool *holds);

GEN_CHOICES(consent_how_choices);
GEN_CHOICES(consent_purpose_choices);
GEN_CHOICES(consent_agreed_by_choices);

/* Writer of the evidence from the record alone (register/evidence). Inside a transaction; no gate of its own. */
MUST err consent_evidence(struct ctx *c, int64_t row_id);

#endif
