#include "care/evidence_writers.h"

#include "sql/tables.h"

void evidence_writers_start(void)
{
#define EVIDENCE_WRITER(table, fn) evidence_on_write(&T_##table, fn);
#include "care/evidence_writers.tbl.h"
#undef EVIDENCE_WRITER
}
