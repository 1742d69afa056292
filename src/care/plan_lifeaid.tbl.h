/* 生活援助中心型 times a month from which the plan is reported to the municipality: LIFEAID(level, times, valid from, valid to).
 * Source: 居宅基準13条18号の2, 平成30年厚生労働省告示218号 (rules R-CM-13-18-2-lifeaid; B). */
LIFEAID("c1", 27, "2018-10-01", "")
LIFEAID("c2", 34, "2018-10-01", "")
LIFEAID("c3", 43, "2018-10-01", "")
LIFEAID("c4", 38, "2018-10-01", "")
LIFEAID("c5", 31, "2018-10-01", "")
