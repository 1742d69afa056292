/* Twelve families the picture must be able to show. FAMILY(id, title, people, ties); a person P(sex, born, age, flags,
 * name, 続柄), a tie T(kind, a, b, order). Flags: C client, D dead, K key person, M main carer, H lives together. */
FAMILY(couple, "夫婦のみ",
	P(MAN, 1940, 86, C | H, "見本 一郎", "") P(WOMAN, 1943, 83, H | K | M, "見本 花江", "妻"),
	T(COUPLE, 0, 1, 0))
FAMILY(widower, "妻を亡くし、2回の結婚で子が3人",
	P(MAN, 1938, 88, C, "見本 太郎", "") P(WOMAN, 1940, 52, D, "見本 春子", "先妻") P(WOMAN, 1945, 79, D, "見本 秋子", "後妻")
	P(MAN, 1963, 63, 0, "見本 一夫", "長男") P(WOMAN, 1966, 60, K, "架空 和子", "長女") P(MAN, 1985, 41, M, "見本 三郎", "次男"),
	T(COUPLE, 0, 1, 1) T(COUPLE, 0, 2, 2) T(PARENT, 0, 3, 0) T(PARENT, 1, 3, 0) T(PARENT, 0, 4, 0) T(PARENT, 1, 4, 0)
	T(PARENT, 0, 5, 0) T(PARENT, 2, 5, 0))
FAMILY(daughter_back, "離婚した長女が孫2人と同居",
	P(WOMAN, 1944, 82, C | H, "見本 フミ", "") P(MAN, 1940, 80, D, "見本 正", "夫") P(WOMAN, 1970, 56, H | K | M, "見本 直美", "長女")
	P(MAN, 1968, 58, 0, "架空 誠", "長女の元夫") P(WOMAN, 1999, 27, H, "見本 葵", "孫") P(MAN, 2003, 23, H, "見本 蓮", "孫")
	P(MAN, 1973, 53, 0, "見本 健", "長男") P(WOMAN, 1975, 51, 0, "見本 由美", "長男の妻"),
	T(COUPLE, 0, 1, 0) T(PARENT, 0, 2, 0) T(PARENT, 1, 2, 0) T(PARENT, 0, 6, 0) T(PARENT, 1, 6, 0) T(EX, 2, 3, 0) T(PARENT, 2, 4, 0)
	T(PARENT, 3, 4, 0) T(PARENT, 2, 5, 0) T(PARENT, 3, 5, 0) T(COUPLE, 6, 7, 0))
FAMILY(ex_with_child, "元の配偶者との間に子がいる",
	P(MAN, 1950, 76, C, "見本 茂", "") P(WOMAN, 1953, 73, 0, "架空 節子", "元妻") P(WOMAN, 1978, 48, K, "架空 恵", "長女"),
	T(EX, 0, 1, 0) T(PARENT, 0, 2, 0) T(PARENT, 1, 2, 0))
FAMILY(siblings, "未婚のきょうだいで同居",
	P(WOMAN, 1942, 84, C | H, "見本 トシ", "") P(WOMAN, 1939, 87, H, "見本 キヨ", "姉") P(MAN, 1947, 79, H | K | M, "見本 清", "弟")
	P(MAN, 1937, 70, D, "見本 勇", "兄") P(WOMAN, 1950, 76, 0, "架空 光子", "妹") P(MAN, 1948, 78, 0, "架空 武", "妹の夫"),
	T(SIBLING, 0, 1, 0) T(SIBLING, 0, 2, 0) T(SIBLING, 0, 3, 0) T(SIBLING, 0, 4, 0) T(COUPLE, 4, 5, 0))
FAMILY(four_generations, "曾祖母を含む4世代",
	P(WOMAN, 1930, 96, C | H, "見本 ハナ", "") P(MAN, 1927, 70, D, "見本 義雄", "夫") P(MAN, 1953, 73, H, "見本 修", "長男")
	P(WOMAN, 1955, 71, H | M | K, "見本 敏子", "長男の妻") P(MAN, 1980, 46, H, "見本 大輔", "孫") P(WOMAN, 1982, 44, H, "見本 愛", "孫の妻")
	P(MAN, 2012, 14, H, "見本 陽斗", "ひ孫") P(WOMAN, 2015, 11, H, "見本 結衣", "ひ孫") P(WOMAN, 1956, 70, 0, "架空 京子", "長女"),
	T(COUPLE, 0, 1, 0) T(PARENT, 0, 2, 0) T(PARENT, 1, 2, 0) T(PARENT, 0, 8, 0) T(PARENT, 1, 8, 0) T(COUPLE, 2, 3, 0) T(PARENT, 2, 4, 0)
	T(PARENT, 3, 4, 0) T(COUPLE, 4, 5, 0) T(PARENT, 4, 6, 0) T(PARENT, 5, 6, 0) T(PARENT, 4, 7, 0) T(PARENT, 5, 7, 0))
FAMILY(nobody, "家族のいない方", P(WOMAN, 1946, 80, C, "見本 さよ", ""), )
FAMILY(sons_wife, "長男の妻が主な介護者",
	P(WOMAN, 1939, 87, C | H, "見本 ヨシ", "") P(MAN, 1965, 61, H | K, "見本 浩", "長男") P(WOMAN, 1967, 59, H | M, "見本 真由美", "長男の妻")
	P(WOMAN, 1968, 58, 0, "架空 久美", "長女") P(MAN, 1971, 55, 0, "見本 徹", "次男") P(WOMAN, 1994, 32, 0, "見本 彩", "孫")
	P(MAN, 1936, 81, D, "見本 実", "夫") P(WOMAN, 1940, 86, 0, "想定 梅子", "長男の妻の母") P(WOMAN, 1970, 56, 0, "想定 理恵", "長男の妻の妹"),
	T(COUPLE, 0, 6, 0) T(PARENT, 0, 1, 0) T(PARENT, 6, 1, 0) T(PARENT, 0, 3, 0) T(PARENT, 6, 3, 0) T(PARENT, 0, 4, 0) T(PARENT, 6, 4, 0)
	T(COUPLE, 1, 2, 0) T(PARENT, 1, 5, 0) T(PARENT, 2, 5, 0) T(PARENT, 7, 2, 0) T(PARENT, 7, 8, 0))
FAMILY(both_remarried, "どちらも再婚",
	P(MAN, 1945, 81, C | H, "見本 昭", "") P(WOMAN, 1947, 75, 0, "架空 悦子", "先妻") P(WOMAN, 1950, 76, H | K | M, "見本 幸子", "妻")
	P(MAN, 1944, 60, D, "想定 進", "妻の前夫") P(MAN, 1970, 56, 0, "見本 隆", "長男") P(WOMAN, 1985, 41, H, "見本 麻衣", "長女")
	P(WOMAN, 1974, 52, 0, "想定 美穂", "妻の長女") P(MAN, 1976, 50, 0, "想定 剛", "妻の長男"),
	T(EX, 0, 1, 1) T(COUPLE, 0, 2, 2) T(COUPLE, 2, 3, 1) T(PARENT, 0, 4, 0) T(PARENT, 1, 4, 0) T(PARENT, 0, 5, 0) T(PARENT, 2, 5, 0)
	T(PARENT, 2, 6, 0) T(PARENT, 3, 6, 0) T(PARENT, 2, 7, 0) T(PARENT, 3, 7, 0))
FAMILY(partner, "内縁の夫と暮らす",
	P(WOMAN, 1948, 78, C | H, "見本 照代", "") P(MAN, 1951, 75, H | K | M, "架空 登", "内縁の夫") P(MAN, 1945, 66, D, "見本 弘", "夫")
	P(UNKNOWN, 1972, -1, 0, "見本 某", "子") P(MAN, 1974, 52, 0, "見本 学", "次男"),
	T(COUPLE, 0, 2, 1) T(PARTNER, 0, 1, 2) T(PARENT, 0, 3, 0) T(PARENT, 2, 3, 0) T(PARENT, 0, 4, 0) T(PARENT, 2, 4, 0))
FAMILY(step, "養子と配偶者の子",
	P(MAN, 1943, 83, C, "見本 武夫", "") P(WOMAN, 1946, 80, H, "見本 澄子", "妻") P(WOMAN, 1968, 58, 0, "架空 千春", "妻の子")
	P(MAN, 1975, 51, K, "見本 拓也", "養子") P(WOMAN, 1977, 49, M, "見本 香織", "養子の妻") P(WOMAN, 2005, 21, 0, "見本 莉子", "孫"),
	T(COUPLE, 0, 1, 0) T(PARENT, 1, 2, 0) T(ADOPTED, 0, 3, 0) T(ADOPTED, 1, 3, 0) T(COUPLE, 3, 4, 0) T(PARENT, 3, 5, 0) T(PARENT, 4, 5, 0))
FAMILY(twenty, "20人の大きな家族",
	P(WOMAN, 1937, 89, C | H, "見本 ちよ", "") P(MAN, 1933, 85, D, "見本 善吉", "夫") P(MAN, 1958, 68, H, "見本 博", "長男")
	P(WOMAN, 1960, 66, H | M, "見本 久子", "長男の妻") P(WOMAN, 1961, 65, K, "架空 信子", "長女") P(MAN, 1957, 69, 0, "架空 勝", "長女の夫")
	P(MAN, 1964, 62, 0, "見本 稔", "次男") P(WOMAN, 1966, 60, 0, "想定 玲子", "次男の元妻") P(WOMAN, 1972, 54, 0, "見本 奈々", "次男の妻")
	P(WOMAN, 1968, 40, D, "見本 文", "次女") P(MAN, 1984, 42, H, "見本 亮", "孫") P(WOMAN, 1986, 40, 0, "見本 舞", "孫") P(MAN, 1988, 38, 0, "架空 翔", "孫")
	P(WOMAN, 1990, 36, 0, "想定 瞳", "孫") P(MAN, 2004, 22, 0, "見本 駿", "孫") P(WOMAN, 2007, 19, 0, "見本 凛", "孫") P(WOMAN, 1986, 40, H, "見本 桜", "孫の妻")
	P(MAN, 2014, 12, H, "見本 湊", "ひ孫") P(MAN, 1934, 92, 0, "見本 庄司", "兄") P(WOMAN, 1941, 85, 0, "架空 スミ", "妹"),
	T(COUPLE, 0, 1, 0) T(SIBLING, 0, 18, 0) T(SIBLING, 0, 19, 0) T(PARENT, 0, 2, 0) T(PARENT, 1, 2, 0) T(PARENT, 0, 4, 0) T(PARENT, 1, 4, 0)
	T(PARENT, 0, 6, 0) T(PARENT, 1, 6, 0) T(PARENT, 0, 9, 0) T(PARENT, 1, 9, 0) T(COUPLE, 2, 3, 0) T(COUPLE, 4, 5, 0) T(EX, 6, 7, 1)
	T(COUPLE, 6, 8, 2) T(PARENT, 2, 10, 0) T(PARENT, 3, 10, 0) T(PARENT, 2, 11, 0) T(PARENT, 3, 11, 0) T(PARENT, 4, 12, 0) T(PARENT, 5, 12, 0)
	T(PARENT, 6, 13, 0) T(PARENT, 7, 13, 0) T(PARENT, 6, 14, 0) T(PARENT, 8, 14, 0) T(PARENT, 6, 15, 0) T(PARENT, 8, 15, 0) T(COUPLE, 10, 16, 0)
	T(PARENT, 10, 17, 0) T(PARENT, 16, 17, 0))
