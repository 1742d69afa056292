/* pages/org_parts — what org_parts.c needs of org.c. Tests: tests/http/test_person.py. */
#ifndef TSU_WEB_PAGES_ORG_PARTS_H
#define TSU_WEB_PAGES_ORG_PARTS_H

#include "web/req.h"

/* The organisation's page again, with the faults of one of its small forms. */
MUST err page_org_again(struct req *r, err e);

#endif
