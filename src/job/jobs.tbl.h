/* JOB(name, handler, "label", CPU seconds, MiB, JOB_PLAIN or JOB_UPLOAD, JOB_ASKED or JOB_DAILY) — kinds of jobs; the
 * handler is declared by job.c from this table. JOB_DAILY: besides being asked for, the house itself does it once per civil day. */
JOB(area_follow, job_area_follow, "住所から区域を決めなおす", 3600, 512, JOB_PLAIN, JOB_DAILY)
JOB(bulk_print, job_bulk_print, "まとめ印刷", 600, 3000, JOB_PLAIN, JOB_ASKED)
JOB(survey_letters, job_survey_letters, "調査の依頼状・督促状の印刷", 1800, 3000, JOB_PLAIN, JOB_ASKED)
JOB(survey_remind, job_survey_remind, "調査の督促のメール", 600, 1024, JOB_PLAIN, JOB_DAILY)
JOB(survey_results, job_survey_results, "調査の結果のお知らせのメール", 600, 1024, JOB_PLAIN, JOB_ASKED)
JOB(survey_send, job_survey_send, "調査の依頼のメール", 600, 1024, JOB_PLAIN, JOB_ASKED)
