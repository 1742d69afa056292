/* Periods of certification, by kind of application and its day.
 * CERT_RULE(apply_kind, valid_from, valid_to, usual, least, most, most_same, rule id, source, confidence)
 * Months; most_same is the limit when the level stays the same. Dates y,m,d. "" as valid_to date = open (9999-12-31).
 * Source: reference rules §3 (施行規則38・41・52・55条), forms-careplan §7.7. */
CERT_RULE("new",      2021, 4, 1, 9999, 12, 31,  6, 3, 12, 12, "R-NT-VALID-NEW",   "介護保険法施行規則38条・52条", "B")
CERT_RULE("new",      2012, 4, 1, 2021,  3, 31,  6, 3, 12, 12, "R-NT-VALID-NEW",   "介護保険法施行規則38条・52条（旧）", "要確認")
CERT_RULE("change",   2021, 4, 1, 9999, 12, 31,  6, 3, 12, 12, "R-NT-VALID-NEW",   "介護保険法施行規則42条・56条", "B")
CERT_RULE("change",   2012, 4, 1, 2021,  3, 31,  6, 3, 12, 12, "R-NT-VALID-NEW",   "介護保険法施行規則42条・56条（旧）", "要確認")
CERT_RULE("renew",    2021, 4, 1, 9999, 12, 31, 12, 3, 36, 48, "R-NT-VALID-RENEW", "介護保険法施行規則41条・55条", "B")
CERT_RULE("renew",    2018, 4, 1, 2021,  3, 31, 12, 3, 36, 36, "R-NT-VALID-RENEW", "介護保険法施行規則41条・55条（2018年4月から）", "B")
CERT_RULE("transfer", 2012, 4, 1, 9999, 12, 31,  6, 3, 12, 12, "R-NT-MOVE",        "介護保険法36条", "要確認")
