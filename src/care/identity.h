/* identity — is what a file says about a person the person on whose page it is read in?
 *
 * A file of another system is chosen by hand, and the wrong file looks like the right one. Name (folded: spaces, width,
 * 異体字; former names, aliases and the spelling of the card count too), reading, birth date and 被保険者番号 are compared as far
 * as the file says them and the reader may see them here. Nothing is ever looked up for a person other than this one.
 * Sources: 個人情報の保護に関する法律 22条 (正確性の確保); ux U23. Pure but for reading the person: nothing is written.
 * Ownership: arena. Errors: ERR_NOTFOUND (invisible person). Tests: tests/unit/test_care_identity.c.
 */
#ifndef TSU_CARE_IDENTITY_H
#define TSU_CARE_IDENTITY_H

#include "base/ctx.h"

struct json;

/* What a file says; NULL or CIVIL_NONE = nothing. */
struct identity_said {
	const char *name, *kana, *insured_no;
	civil birth_on;
};
/* From subject (display, identifier) and a contained Patient of a FHIR R4 resource; fills only what is still absent. A
 * reference says nothing: the ids of another system are not ours. */
void identity_of_fhir(struct arena *a, const struct json *resource, struct identity_said *said);

enum identity_what { IDENTITY_NAME, IDENTITY_KANA, IDENTITY_BIRTH, IDENTITY_INSURED, IDENTITY_COUNT };
struct identity_line {
	enum identity_what what;
	const char *label, *file, *here; /* in words; "" = nothing known */
	bool compared, differs;
};
struct identity {
	struct identity_line lines[IDENTITY_COUNT];
	bool differs;     /* something compared is not the same */
	bool contradicts; /* name (or reading) and birth date both: most likely somebody else */
};
MUST err identity_compare(struct ctx *c, const char *person_pid, const struct identity_said *said, struct identity *out);

#endif
