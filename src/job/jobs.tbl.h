/* JOB(name, handler, "label", CPU seconds, MiB, JOB_PLAIN or JOB_UPLOAD) — kinds of jobs; the handler is declared in the
 * job/kinds.h. */
JOB(bulk_print, job_bulk_print, "まとめ印刷", 600, 3000, JOB_PLAIN)
/* JOB(name, handler, "label", CPU seconds, MiB, JOB_PLAIN or JOB_UPLOAD) — kinds of jobs; the handler is declared by job.c from
 * this table. */
JOB(area_follow, job_area_follow, "住所から区域を決めなおす", 3600, 512, JOB_PLAIN)
/* JOB(name, handler, "label", CPU seconds, MiB, JOB_PLAIN or JOB_UPLOAD) — kinds of jobs; the handler is declared by job.c from
 * this table. */
JOB(area_follow, job_area_follow, "住所から区域を決めなおす", 3600, 512, JOB_PLAIN)
JOB(bulk_print, job_bulk_print, "まとめ印刷", 600, 3000, JOB_PLAIN)
JOB(bulk_print,  job_bulk_print,  "まとめ印刷",               600, 3000, JOB_PLAIN)
