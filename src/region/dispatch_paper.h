/* dispatch_paper — on paper: the request (masked, for the coordinator), the advice report, the year's figures (C-194, C-198, C-201).
 * Gate: as the record, with ACTION_PRINT. The bytes are of the arena. Tests: tests/unit/test_region_dispatch.c. */
#ifndef TSU_REGION_DISPATCH_PAPER_H
#define TSU_REGION_DISPATCH_PAPER_H

#include "base/ctx.h"

struct dispatch_paper {
	const char *name;  /* of the file, nobody named */
	const void *bytes;
	size_t n;
};
MUST err dispatch_paper_request(struct ctx *c, const char *pid, struct dispatch_paper *out);
MUST err dispatch_paper_report(struct ctx *c, const char *pid, struct dispatch_paper *out);
MUST err dispatch_paper_year(struct ctx *c, int64_t insurer_org_id, civil year_on, struct dispatch_paper *out);

#endif
