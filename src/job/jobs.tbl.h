/* JOB(name, handler, "label", CPU seconds, MiB, JOB_PLAIN or JOB_UPLOAD) — kinds of jobs; the handler is declared in the
 * job/kinds.h. */
JOB(bulk_print, job_bulk_print, "まとめ印刷", 600, 3000, JOB_PLAIN)
