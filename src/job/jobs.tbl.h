/* JOB(name, handler, "label", CPU seconds, MiB, JOB_PLAIN or JOB_UPLOAD) — kinds of jobs; the handler is declared in the
 * header that job/kinds.c includes. */
