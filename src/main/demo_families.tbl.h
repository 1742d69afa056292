/* Families of the demo that show what the family picture can: KIN(shape, kind, 続柄 of a man's family, of a woman's, given name,
 * kana, sex 1 man 2 woman, years after the client, dead years ago (0 = alive), lives together, tie, 続柄 tied to).
 * tie "parent_of_me": the client alone is the parent. All invented. */
/* 0: parents, a brother, a daughter's own family */
KIN(0, "parent",      "父",         "父",         "清一",       "セイイチ",   1, -30, 35, false, "", "")
KIN(0, "parent",      "母",         "母",         "トメ",       "トメ",       2, -26, 22, false, "", "")
KIN(0, "sibling",     "兄",         "兄",         "忠男",       "タダオ",     1, -4, 6, false, "", "")
KIN(0, "child",       "長女",       "長女",       "恵子",       "ケイコ",     2, 26, 0, true, "", "")
KIN(0, "child_in_law","長女の夫",   "長女の夫",   "和彦",       "カズヒコ",   1, 24, 0, true, "", "")
KIN(0, "grandchild",  "長女の長男", "長女の長男", "拓海",       "タクミ",     1, 55, 0, true, "", "")
/* 1: two marriages with children of both */
KIN(1, "ex_spouse",   "先妻",       "先夫",       "光",         "ヒカル",     0, 2, 0, false, "", "")
KIN(1, "child",       "長女",       "長女",       "智子",       "トモコ",     2, 25, 0, false, "child_of", "先")
KIN(1, "child",       "次女",       "次女",       "明美",       "アケミ",     2, 33, 0, false, "parent_of_me", "")
/* 2: a divorced daughter who came home with her children */
KIN(2, "child",       "長女",       "長女",       "直美",       "ナオミ",     2, 27, 0, true, "", "")
KIN(2, "child_in_law","長女の元夫", "長女の元夫", "誠",         "マコト",     1, 25, 0, false, "", "")
KIN(2, "grandchild",  "長女の長女", "長女の長女", "葵",         "アオイ",     2, 54, 0, true, "", "")
KIN(2, "grandchild",  "長女の長男", "長女の長男", "蓮",         "レン",       1, 57, 0, true, "", "")
/* 3: brothers and sisters who never married */
KIN(3, "sibling",     "姉",         "姉",         "キヨ",       "キヨ",       2, -3, 0, true, "", "")
KIN(3, "sibling",     "弟",         "弟",         "清",         "キヨシ",     1, 5, 0, true, "", "")
KIN(3, "sibling",     "妹",         "妹",         "光子",       "ミツコ",     2, 8, 0, false, "", "")
KIN(3, "sibling_in_law","妹の夫",   "妹の夫",     "武",         "タケシ",     1, 6, 0, false, "", "")
/* 4: four generations in one house */
KIN(4, "child",       "長男",       "長男",       "修",         "オサム",     1, 24, 0, true, "", "")
KIN(4, "child_in_law","長男の妻",   "長男の妻",   "敏子",       "トシコ",     2, 26, 0, true, "", "")
KIN(4, "grandchild",  "長男の長男", "長男の長男", "大輔",       "ダイスケ",   1, 50, 0, true, "", "")
KIN(4, "relative",    "孫の妻",     "孫の妻",     "愛",         "アイ",       2, 52, 0, true, "couple", "長男の長男")
KIN(4, "relative",    "ひ孫",       "ひ孫",       "陽斗",       "ハルト",     1, 78, 0, true, "child_of", "長男の長男")
/* 5: an informal marriage */
KIN(5, "partner",     "内縁の妻",   "内縁の夫",   "薫",         "カオル",     0, 3, 0, true, "", "")
KIN(5, "child",       "長男",       "長男",       "学",         "マナブ",     1, 27, 0, false, "parent_of_me", "")
/* 6: an adopted son and his family */
KIN(6, "step_child",  "養子",       "養子",       "拓也",       "タクヤ",     1, 30, 0, false, "", "")
KIN(6, "relative",    "養子の妻",   "養子の妻",   "香織",       "カオリ",     2, 31, 0, false, "couple", "養子")
KIN(6, "grandchild",  "養子の長女", "養子の長女", "莉子",       "リコ",       2, 58, 0, false, "child_of", "養子")
/* 7: the son's wife cares */
KIN(7, "child",       "長男",       "長男",       "浩",         "ヒロシ",     1, 26, 0, true, "", "")
KIN(7, "child_in_law","長男の妻",   "長男の妻",   "真由美",     "マユミ",     2, 28, 0, true, "", "")
KIN(7, "child",       "次男",       "次男",       "徹",         "トオル",     1, 31, 0, false, "", "")
KIN(7, "relative",    "次男の妻",   "次男の妻",   "玲子",       "レイコ",     2, 33, 0, false, "separated", "次男")
KIN(7, "grandchild",  "長男の長女", "長男の長女", "彩",         "アヤ",       2, 55, 0, false, "", "")
/* 8: divorced, one child */
KIN(8, "ex_spouse",   "元妻",       "元夫",       "瑞希",       "ミズキ",     0, 2, 0, false, "", "")
KIN(8, "child",       "長女",       "長女",       "恵",         "メグミ",     2, 28, 0, false, "", "")
/* 9: many */
KIN(9, "sibling",     "兄",         "兄",         "庄司",       "ショウジ",   1, -4, 0, false, "", "")
KIN(9, "child",       "長男",       "長男",       "博",         "ヒロシ",     1, 24, 0, true, "", "")
KIN(9, "child_in_law","長男の妻",   "長男の妻",   "久子",       "ヒサコ",     2, 26, 0, true, "", "")
KIN(9, "child",       "長女",       "長女",       "信子",       "ノブコ",     2, 27, 0, false, "", "")
KIN(9, "child_in_law","長女の夫",   "長女の夫",   "勝",         "マサル",     1, 24, 0, false, "", "")
KIN(9, "child",       "次女",       "次女",       "文",         "フミ",       2, 32, 8, false, "", "")
KIN(9, "grandchild",  "長男の長男", "長男の長男", "亮",         "リョウ",     1, 50, 0, true, "", "")
KIN(9, "grandchild",  "長男の長女", "長男の長女", "舞",         "マイ",       2, 52, 0, false, "", "")
KIN(9, "grandchild",  "長女の長男", "長女の長男", "翔",         "ショウ",     1, 54, 0, false, "", "")
