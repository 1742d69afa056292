/* JOB(name, handler, "label", CPU seconds, MiB, JOB_PLAIN or JOB_UPLOAD, JOB_ASKED or JOB_DAILY) — kinds of jobs; the
 * handler is declared by job.c from this table. JOB_DAILY: besides being asked for, the house itself does it once per civil day. */
JOB(area_follow, job_area_follow, "住所から区域を決めなおす", 3600, 512, JOB_PLAIN, JOB_DAILY)
JOB(bulk_print, job_bulk_print, "まとめ印刷", 600, 3000, JOB_PLAIN, JOB_ASKED)
