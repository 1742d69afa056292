/* What the complete export leaves out, and why: every other table of the schema is data, so a new table travels without
 * anybody thinking of it. TRANSFER(table, KIND, reason).
 * LOG: written for reading and evidence, never read back: the chain is sealed with the key of its house.
 * SKIP: not written at all. Listed in docs/export.md; tests/unit/test_exchange.c compares. */
TRANSFER(schema_version, SKIP, "stands in the manifest; the house read into must have the same")
TRANSFER(job,            SKIP, "work in progress and results that are wiped after 24 hours")
TRANSFER(credential,     SKIP, "passwords and sealed TOTP secrets belong to the house key; owners enrol anew")
TRANSFER(paper_code,     SKIP, "keyed with the house key")
TRANSFER(setup_code,     SKIP, "keyed with the house key")
TRANSFER(session,        SKIP, "who is logged in at this moment")
TRANSFER(login_attempt,  SKIP, "counters against guessing")
TRANSFER(form_token,     SKIP, "what was sent twice within a day")
TRANSFER(audit_entry,    LOG,  "chained with the house key")
TRANSFER(audit_head,     LOG,  "end of the chain")
TRANSFER(anchor,         LOG,  "printed ends of the chain")
TRANSFER(look_entry,     LOG,  "chained with the house key; kept in files by month")
TRANSFER(look_person,    LOG,  "kept in files by month")
TRANSFER(drawing_step,   SKIP, "acts on a picture that can be undone for a day")
TRANSFER(drawing_write,  SKIP, "acts on a picture that can be undone for a day")
TRANSFER(person_key,     SKIP, "search keys, worked out again from the names")
