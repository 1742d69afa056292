/* Columns whose name speaks of a SHA-256: do they name stored bytes that travel? TRANSFER_FILE(table, column, KIND, reason).
 * FILE: the bytes are in the export; NONE: no stored bytes behind it. A new column that is missing here fails the test. */
TRANSFER_FILE(stored_file,    sha256,        FILE, "")
TRANSFER_FILE(consent,        file_sha,      FILE, "")
TRANSFER_FILE(issued_doc,     file_sha,      FILE, "")
TRANSFER_FILE(plan_consent,   signature_sha, FILE, "")
TRANSFER_FILE(person,         photo_sha,     FILE, "")
TRANSFER_FILE(issued_doc,     form_sha,      NONE, "names a form definition, which is shipped")
TRANSFER_FILE(response,       form_sha,      NONE, "names a form definition, which is shipped")
TRANSFER_FILE(schema_version, sha256,        NONE, "of the migration")
TRANSFER_FILE(law_table,      sha256,        NONE, "of the table's own text")
TRANSFER_FILE(law_table,      base_sha256,   NONE, "of a file of the program")
TRANSFER_FILE(job,            result_sha256, NONE, "results are wiped after 24 hours")
TRANSFER_FILE(plan_consent,   content_sha,   NONE, "sum of the contents that were agreed to")
