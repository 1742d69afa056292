/* transfer_synth — the bulk path for invented people in great numbers (benches, `tsunagi synth`): names, keys, areas,
 * grants, insured numbers and certifications, as person_create and insurance_save leave them, but without what costs most:
 * no duplicate check, no time line, no evidence, and NO REVISION of each row: their history begins with their first
 * change (row_at answers ERR_NOTFOUND before that). One audit entry "synth" per batch. Never for real people: the gate is
 * the audited console user in a folder marked demo. Errors: ERR_DENIED, those of the store. Tests: test_exchange.c. */
#ifndef TSU_EXCHANGE_TRANSFER_SYNTH_H
#define TSU_EXCHANGE_TRANSFER_SYNTH_H

#include "base/ctx.h"

struct synth_person {
	const char *name, *kana, *sex, *postal, *address, *phone, *insurer_no, *insured_no;
	const char *place;  /* the address up to the town: people of one place lie in the same areas */
	civil birth_on;
	int64_t own_org_id, insurer_org_id;
	const char *level;  /* NULL: not certified */
	civil from_on, to_on;
};
MUST err transfer_synth_add(struct ctx *c, const struct synth_person *v, size_t n);

#endif
