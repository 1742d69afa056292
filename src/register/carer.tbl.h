/* 介護休業: CARE_LEAVE(y, m, d, days in all per 対象家族, source, confidence). */
CARE_LEAVE(2005, 4, 1, 93, "育児・介護休業法11条・15条", "B")
